// The scanner of a station: one question, "what is in this message?", and an honest answer. Finds or starts clamd,
// proves by the canary that it sees, and never calls clean what was not scanned.
import type NodeClam from 'clamscan';
import { MailError, toFailure } from '../../shared/error.js';
import type { ScannerWatch, WatchedHost } from '../../shared/scan.js';
import type { ScannerSettings } from '../../shared/settings.js';
import type { ScannerState } from '../../shared/station.js';
import type { Verdict } from '../../shared/verdict.js';
import type { ScannerLog } from './clamd.js';
import { type Places, usualPlaces } from './discover.js';
import { ask } from './exchange.js';
import { type Gate, openGate } from './gate.js';
import type { Host } from './host.js';
import { Meter } from './meter.js';
import { readReply, verdictOf } from './reply.js';
import { Seat } from './seat.js';
import { readState } from './state.js';
import { readStats } from './stats.js';
import { type Body, discard, mailPrefix, openClient, scanThrough } from './stream.js';

export interface ScanResult {
  readonly verdict: Verdict;
  /** From the first octet to the answer; waiting for a turn is not counted. */
  readonly milliseconds: number;
  /** `ClamAV 1.4.6/27813/date`; empty where nothing was asked. */
  readonly scannedWith: string;
}

export interface Scanner {
  state(): ScannerState;
  /** Ready to scan: clamd reached and the canary found (cached until canaryInterval, reload, or a failure). Throws MailError `scanner-unavailable` | `scanner-blind`. */
  ready(): Promise<void>;
  /** Scans one message of known size; never throws for a scan outcome: a Verdict. `body` is drained or destroyed. Bounded parallelism, hard deadline, size gate. */
  scan(body: Body, octets: number | null, signal?: AbortSignal): Promise<ScanResult>;
  /** Like scan, for a file that is no message: nothing is put before it. */
  scanFile(body: Body, octets: number | null, signal?: AbortSignal): Promise<ScanResult>;
  /** clamd's raw answer to a command about a path it can read itself (SCAN, ALLMATCHSCAN); null: this clamd is on another machine. */
  askPath(command: 'SCAN' | 'ALLMATCHSCAN', path: Buffer, signal?: AbortSignal): Promise<string | null>;
  /** Octets that one scan takes. */
  limit(): number;
  /** Like ready(), but the canary is sent now. */
  recheck(): Promise<void>;
  /** Loads the signatures anew and looks for the canary. Throws as ready() does. */
  reload(): Promise<void>;
  /** What each clamd says of itself now, and the last hour. Never rejects. */
  watch(): Promise<ScannerWatch>;
  onChange(listener: () => void): void;
  /** Our own clamd is ended and started; any other is looked for anew. Resolves when that is known to work or not. */
  restart(): Promise<void>;
  /** From now on by other settings. */
  configure(settings: ScannerSettings): Promise<void>;
  close(): Promise<void>;
}

export interface ScannerOptions {
  readonly runFolder: string;
  readonly log: ScannerLog;
  /** Folder that the station's own freshclam fills. */
  readonly signatures?: string | null;
  readonly places?: Places;
}

/** Returns at once; the state is `starting` until it is known. Mode or clamd off: every scan is `not-scanned`. */
export async function openScanner(settings: ScannerSettings, options: ScannerOptions): Promise<Scanner> {
  const scanner = new ClamScanner(settings, options, await openClient());
  scanner.ready().catch(() => {});
  return scanner;
}

class ClamScanner implements Scanner {
  private seat: Seat;
  private gate: Gate;
  private readonly listeners: (() => void)[] = [];
  private readonly meter = new Meter();

  constructor(
    private settings: ScannerSettings,
    private readonly options: ScannerOptions,
    private readonly client: NodeClam,
  ) {
    this.gate = openGate(settings.parallel);
    this.seat = this.take();
  }

  state(): ScannerState {
    return readState(this.settings, this.seat, this.gate);
  }

  async ready(): Promise<void> {
    await this.seat.ready();
  }

  async scan(body: Body, octets: number | null, signal?: AbortSignal): Promise<ScanResult> {
    return await this.examine(body, octets, mailPrefix, signal);
  }

  async scanFile(body: Body, octets: number | null, signal?: AbortSignal): Promise<ScanResult> {
    return await this.examine(body, octets, '', signal);
  }

  async askPath(command: 'SCAN' | 'ALLMATCHSCAN', path: Buffer, signal?: AbortSignal): Promise<string | null> {
    await this.ready();
    const host = this.seat.pool?.pick(new Set());
    if (host?.endpoint.kind !== 'unix') return null;
    const leave = await this.gate.enter(signal);
    const started = performance.now();
    try {
      const answer = await ask(host.endpoint, Buffer.concat([Buffer.from(`${command} `), path]), this.settings.timeout * 1000, { signal });
      this.meter.count(verdictOf(readReply(answer)), 0, performance.now() - started);
      return answer;
    } catch (error) {
      host.doubt();
      throw error;
    } finally {
      leave();
    }
  }

  limit(): number {
    return this.seat.limit;
  }

  async recheck(): Promise<void> {
    await this.seat.recheckNow();
  }

  async reload(): Promise<void> {
    await this.seat.reload();
  }

  async watch(): Promise<ScannerWatch> {
    const hosts = await Promise.all((this.seat.pool?.hosts ?? []).map(watchHost));
    return {
      hosts,
      memory: this.seat.own?.memory ?? null,
      queued: this.gate.waiting,
      scanning: this.gate.running,
      ...this.meter.read(),
    };
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  async restart(): Promise<void> {
    await this.seat.restart();
    await this.ready().catch(() => {});
  }

  async configure(settings: ScannerSettings): Promise<void> {
    const before = this.seat;
    this.settings = settings;
    this.gate = openGate(settings.parallel);
    await before.close();
    this.seat = this.take();
    this.changed();
    this.ready().catch(() => {});
  }

  async close(): Promise<void> {
    await this.seat.close();
  }

  private take(): Seat {
    const { runFolder, log, signatures = null, places = usualPlaces } = this.options;
    return new Seat(this.settings, { runFolder, log, signatures, places, client: this.client, onChange: () => this.changed() });
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  private async examine(body: Body, octets: number | null, prefix: string, signal: AbortSignal | undefined): Promise<ScanResult> {
    let leave = () => {};
    try {
      leave = await this.gate.enter(signal);
      const refused = await this.refusal(octets);
      if (refused === null) return this.counted(await this.examineNow(body, prefix, signal), octets);
      discard(body);
      return this.counted(unasked(refused), 0);
    } catch (error) {
      discard(body);
      return unasked({ kind: 'unavailable', reason: signal?.aborted ? 'cancelled' : toFailure(error).message });
    } finally {
      leave();
    }
  }

  private counted(result: ScanResult, octets: number | null): ScanResult {
    this.meter.count(result.verdict, octets ?? 0, result.milliseconds);
    return result;
  }

  /** Why this is not even sent; null: go on. Throws as ready() does. */
  private async refusal(octets: number | null): Promise<Verdict | null> {
    await this.seat.recentlyReady();
    if (this.seat.off) return { kind: 'not-scanned', reason: 'scanning is off' };
    const limit = this.seat.limit;
    if (octets === null || octets <= limit) return null;
    return { kind: 'unscannable', reason: `larger than the scanner takes (${octets} octets, limit ${limit})` };
  }

  // A host that cannot be reached is passed over for the next: nothing of the body was read by then.
  private async examineNow(body: Body, prefix: string, signal: AbortSignal | undefined): Promise<ScanResult> {
    const tried = new Set<Host>();
    let failure: MailError | null = null;
    for (let host = this.seat.pick(tried); host !== null; host = this.seat.pick(tried)) {
      tried.add(host);
      try {
        return await this.examineBy(host, body, prefix, signal);
      } catch (error) {
        if (!(error instanceof MailError)) throw error;
        failure = error;
        host.failed(error);
      }
    }
    throw failure ?? new MailError('scanner-unavailable', 'no clamd is ready', true);
  }

  private async examineBy(host: Host, body: Body, prefix: string, signal: AbortSignal | undefined): Promise<ScanResult> {
    const started = performance.now();
    const scannedWith = host.health.kind === 'ready' ? host.health.version : '';
    host.scanning += 1;
    try {
      const verdict = await this.verdictBy(host, body, prefix, signal);
      if (verdict.kind === 'unavailable' && !signal?.aborted) host.doubt();
      return { verdict, milliseconds: performance.now() - started, scannedWith };
    } finally {
      host.scanning -= 1;
    }
  }

  private async verdictBy(host: Host, body: Body, prefix: string, signal: AbortSignal | undefined): Promise<Verdict> {
    const end = Date.now() + this.settings.timeout * 1000;
    const inSession = host.sessions.trusted && Buffer.isBuffer(body) && body.length > 0;
    const verdict = inSession ? await host.sessions.ask(body, { deadline: end - Date.now(), prefix, signal }) : null;
    const deadline = Math.max(1, end - Date.now());
    return verdict ?? (await scanThrough(this.client, host.endpoint, body, { deadline, limit: this.seat.limit, prefix, signal }));
  }
}

function unasked(verdict: Verdict): ScanResult {
  return { verdict, milliseconds: 0, scannedWith: '' };
}

const statsPatience = 3000;

async function watchHost(host: Host): Promise<WatchedHost> {
  const { health } = host;
  const answer = await ask(host.endpoint, 'STATS', statsPatience).catch(() => null);
  return {
    where: host.where,
    state: health.kind,
    version: health.kind === 'ready' ? health.version : null,
    why: 'failure' in health ? health.failure.message : null,
    scanning: host.scanning,
    stats: answer === null ? null : readStats(answer),
  };
}
