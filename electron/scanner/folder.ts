// A scan of folders and files: counted first, then scanned, a few at a time, with progress, pause and an end when
// it is called off. What could not be scanned is an error in the summary, never a silence.
import { resolve } from 'node:path';
import type { PassedOver, ScanLine, ScanLines, ScanList, ScanProgress } from '../../shared/scan.js';
import type { ScanSummary } from '../../shared/station.js';
import type { Verdict } from '../../shared/verdict.js';
import { type Disposal, dispose, type Scanned } from './dispose.js';
import { type FileScanner, scanOneFile } from './folder-file.js';
import { type DisposalOf, FoundFiles } from './folder-lists.js';
import { excluder } from './glob.js';
import { type Found, reasonOf, walk } from './walk.js';

export interface FolderScanOptions {
  readonly id: string;
  readonly kind?: ScanProgress['kind'];
  /** What the paths are called on screen. */
  readonly where?: readonly string[];
  readonly scanner: FileScanner;
  readonly exclude: readonly string[];
  readonly allMatch: boolean;
  /** Links below the paths; a path that is named may always be one. */
  readonly followLinks: boolean;
  /** Folders on other file systems than the path they are below; default: yes. */
  readonly otherDevices?: boolean;
  readonly mail: 'always' | 'auto';
  /** Infected files; what is merely suspicious stays where it is. */
  readonly disposal: Disposal;
  /** Files at once. */
  readonly parallel: number;
  readonly onFile?: (path: string, verdict: Verdict) => void;
  /** An error as it is noted in the summary. */
  readonly onError?: (path: string, reason: string) => void;
  readonly onProgress?: (progress: ScanProgress) => void;
}

export interface FolderScan {
  progress(): ScanProgress;
  pause(): void;
  resume(): void;
  cancel(): void;
  list(list: ScanList, offset: number, limit: number): ScanLines;
  /** Moves, copies or removes what was found, by its lines. */
  settle(ids: readonly number[], disposalOf: DisposalOf): Promise<readonly ScanLine[]>;
  /** Never rejects. What was scanned until a cancel is in it. */
  readonly done: Promise<ScanSummary>;
}

type File = Extract<Found, { readonly kind: 'file' }>;

export function startFolderScan(paths: readonly string[], options: FolderScanOptions): FolderScan {
  const run = new Run(paths, options);
  return {
    progress: () => run.progress(),
    pause: () => run.pause(),
    resume: () => run.resume(),
    cancel: () => run.cancel(),
    list: (list, offset, limit) => run.lists.read(list, offset, limit),
    settle: (ids, disposalOf) => run.lists.settle(ids, disposalOf),
    done: run.work(),
  };
}

class Run {
  private state: ScanProgress['state'] = 'counting';
  private ofFiles = 0;
  private ofOctets = 0;
  private files = 0;
  private octets = 0;
  private readonly started = performance.now();
  readonly lists = new FoundFiles();
  private passed: { -readonly [Key in keyof PassedOver]: number } = { links: 0, devices: 0, excluded: 0, elsewhere: 0 };
  private pausedAt: number | null = null;
  private pausedFor = 0;
  private readonly off = new AbortController();
  private gone = false;
  private ended: number | null = null;
  private wake = () => {};
  private resumed: Promise<void> = Promise.resolve();

  constructor(
    private readonly paths: readonly string[],
    private readonly options: FolderScanOptions,
  ) {}

  progress(): ScanProgress {
    const { id, kind = 'files', where = this.paths } = this.options;
    const { state, files, ofFiles, octets, ofOctets, passed } = this;
    const { infected, suspicious, errors, clean } = this.lists;
    return {
      ...{ id, kind, where, state, files, ofFiles, octets, ofOctets, clean },
      ...{ infected: infected.length, suspicious: suspicious.length, errors: errors.length, passed: { ...passed } },
      seconds: Math.round(this.elapsed) / 1000,
      left: this.left(),
    };
  }

  /** Milliseconds at work. */
  private get elapsed(): number {
    const now = this.ended ?? this.pausedAt ?? performance.now();
    return now - this.started - this.pausedFor;
  }

  /** Seconds at the pace so far: by octets, and a file costs as much as 16 kB whatever its size. */
  private left(): number | null {
    if (this.state !== 'scanning' && this.state !== 'paused') return null;
    const weight = (files: number, octets: number) => octets + files * 16_384;
    const done = weight(this.files, this.octets);
    const all = weight(this.ofFiles, this.ofOctets);
    return done === 0 ? null : Math.max(0, Math.round((this.elapsed / 1000) * (all / done - 1)));
  }

  pause(): void {
    if (this.state !== 'scanning') return;
    this.pausedAt = performance.now();
    this.resumed = new Promise((resolve) => {
      this.wake = resolve;
    });
    this.become('paused');
  }

  resume(): void {
    if (this.state !== 'paused') return;
    this.goOn();
    this.become('scanning');
  }

  cancel(): void {
    if (this.state === 'done' || this.state === 'cancelled') return;
    this.off.abort();
    this.goOn();
    this.become('cancelled');
  }

  private goOn(): void {
    this.pausedFor += this.pausedAt === null ? 0 : performance.now() - this.pausedAt;
    this.pausedAt = null;
    this.wake();
  }

  async work(): Promise<ScanSummary> {
    try {
      await this.options.scanner.ready();
      await this.count();
      if (!this.off.signal.aborted) this.become('scanning');
      await this.scanAll();
      // SCAN by path says OK when clamd has gone blind: only a canary after the last file vouches for them all.
      if (!this.off.signal.aborted) await this.options.scanner.recheck();
    } catch (error) {
      this.fail(this.paths[0] ?? '', `the scan was given up: ${reasonOf(error)}`);
    }
    this.ended = performance.now();
    this.become(this.off.signal.aborted ? 'cancelled' : 'done');
    return this.sum();
  }

  private found(): AsyncGenerator<Found> {
    const { exclude, followLinks, disposal, otherDevices = true } = this.options;
    this.passed = { links: 0, devices: 0, excluded: 0, elsewhere: 0 };
    const named = excluder(exclude);
    // What is moved away must not be met again.
    const away = 'folder' in disposal ? resolve(disposal.folder) : null;
    return walk(this.paths, { excludes: (path) => path === away || named(path), followLinks, otherDevices, passed: this.passed });
  }

  private async count(): Promise<void> {
    for await (const found of this.found()) {
      if (this.off.signal.aborted) return;
      if (found.kind === 'error') continue;
      this.ofFiles += 1;
      this.ofOctets += found.octets;
    }
  }

  private async scanAll(): Promise<void> {
    const source = this.found();
    const worker = async () => {
      for (let next = await source.next(); !next.done; next = await source.next()) {
        await this.resumed;
        if (this.off.signal.aborted || this.gone) return void (await source.return(undefined));
        if (next.value.kind === 'error') this.fail(next.value.shown, next.value.reason);
        else await this.scanFile(next.value);
      }
    };
    await Promise.all(Array.from({ length: this.options.parallel }, worker));
  }

  private async scanFile(file: File): Promise<void> {
    try {
      const { verdict, scanned } = await this.examine(file);
      if (this.off.signal.aborted && verdict.kind === 'unavailable') return;
      this.note(file, verdict, scanned);
      if (verdict.kind === 'infected') await dispose(file.path, scanned, this.options.disposal);
    } catch (error) {
      if (error instanceof ScannerGone) {
        this.gone = true;
        throw error.cause;
      }
      // What a cancel interrupts has not failed.
      if (this.off.signal.aborted) return;
      this.fail(file.shown, reasonOf(error));
    }
    this.options.onProgress?.(this.progress());
  }

  /** A scanner that is gone for good ends the whole scan; one that comes back gets the file again. */
  private async examine(file: File) {
    const ask = () => scanOneFile(file.path, { ...this.options, signal: this.off.signal });
    const first = await ask();
    if (first.verdict.kind !== 'unavailable' || this.off.signal.aborted) return first;
    await this.options.scanner.ready().catch((cause: unknown) => {
      throw new ScannerGone('scanner gone', { cause });
    });
    return await ask();
  }

  private note(file: File, verdict: Verdict, scanned: Scanned): void {
    this.files += 1;
    this.octets += file.octets;
    const path = file.shown;
    if (verdict.kind === 'infected') {
      this.lists.infected.push({ path, signatures: verdict.signatures });
      this.lists.add('infected', path, verdict.signatures.join(', '), { path: file.path, scanned, verdict });
    } else if (verdict.kind === 'suspicious') {
      this.lists.suspicious.push({ path, class: verdict.class, signatures: verdict.signatures });
      this.lists.add('suspicious', path, verdict.signatures.join(', '), { path: file.path, scanned, verdict });
    } else if (verdict.kind === 'clean') this.lists.add('clean', path, '');
    else this.fail(path, verdict.reason);
    this.options.onFile?.(path, verdict);
  }

  private fail(path: string, reason: string): void {
    this.lists.errors.push({ path, reason });
    this.lists.add('errors', path, reason);
    this.options.onError?.(path, reason);
  }

  private sum(): ScanSummary {
    const { files, octets, elapsed } = this;
    const { infected, suspicious, errors } = this.lists;
    return { files, octets, seconds: Math.round(elapsed) / 1000, infected, suspicious, errors };
  }

  private become(state: ScanProgress['state']): void {
    this.state = state;
    this.options.onProgress?.(this.progress());
  }
}

class ScannerGone extends Error {}
