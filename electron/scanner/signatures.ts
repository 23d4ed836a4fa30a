// The signatures of a station: where they lie, how old they are, when they are updated next, and the update itself.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MailError, toFailure } from '../../shared/error.js';
import type { Settings } from '../../shared/settings.js';
import { type SignatureReason, signatureStep } from '../../shared/signature-text.js';
import type { SignaturesState } from '../../shared/station.js';
import type { ScannerLog } from './clamd.js';
import { readCoolDown } from './cool-down.js';
import { type Database, readDatabases } from './cvd.js';
import { findProgram, type Places, usualPlaces } from './discover.js';
import { confFileIn, type RunningFreshclam, runFreshclam } from './freshclam.js';
import { explainRun, somethingChanged } from './freshclam-says.js';
import { chooseFolder } from './signatures-folder.js';

export interface Signatures {
  /** As last read; `refresh()` reads again. */
  state(): SignaturesState;
  refresh(): Promise<SignaturesState>;
  /** Runs freshclam unless it runs, or a cool-down forbids it. Never rejects: the failure is in the state. */
  update(): Promise<SignaturesState>;
  close(): Promise<void>;
}

export interface SignaturesOptions {
  /** Read anew at each use. */
  readonly settings: () => Pick<Settings, 'scanner' | 'signatures'>;
  /** The station's own folder of signatures, for who may not write the system's. */
  readonly own: string;
  readonly runFolder: string;
  readonly logFolder: string;
  readonly log: ScannerLog;
  readonly onChange: () => void;
  /** New signatures are there: clamd must load them. */
  readonly onUpdate: () => Promise<void>;
  readonly places?: Places;
  /** Seconds without an octet from the server. */
  readonly patience?: number;
  readonly attempts?: number;
  readonly now?: () => number;
}

const of = (name: SignatureReason) => ({ step: signatureStep, name });
const logLines = 200;
const day = 86_400_000;
const lookEvery = 60_000;

export async function openSignatures(options: SignaturesOptions): Promise<Signatures> {
  const signatures = new StationSignatures(options);
  await signatures.refresh();
  return signatures;
}

class StationSignatures implements Signatures {
  private databases: readonly Database[] = [];
  private running: RunningFreshclam | null = null;
  private updating: Promise<SignaturesState> | null = null;
  private progress: number | null = null;
  private failure: MailError | null = null;
  private succeeded: number | null = null;
  private next: number | null;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: SignaturesOptions) {
    this.next = this.nextRun();
    // A look at the clock each minute, and not one long wait: machines sleep, and clocks are set.
    this.timer = setInterval(() => this.look(), lookEvery);
    this.timer.unref();
  }

  state(): SignaturesState {
    const coolDown = readCoolDown(this.folder, this.now);
    return {
      state: this.word(coolDown),
      databases: this.databases,
      lastRun: this.lastRun(),
      nextRun: this.next === null ? null : new Date(this.next).toISOString(),
      coolDownUntil: coolDown?.toISOString() ?? null,
      progress: this.progress,
      log: tail(this.logFile),
      failure: this.failure?.toJSON() ?? null,
    };
  }

  async refresh(): Promise<SignaturesState> {
    this.databases = await readDatabases(this.folder);
    return this.state();
  }

  async update(): Promise<SignaturesState> {
    this.updating ??= this.run().finally(() => {
      this.updating = null;
    });
    return await this.updating;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.running?.stop();
    await this.updating;
  }

  private get now(): number {
    return this.options.now?.() ?? Date.now();
  }

  private get folder(): string {
    return this.choice().folder;
  }

  private get logFile(): string {
    return join(this.options.logFolder, 'freshclam.log');
  }

  private choice() {
    return chooseFolder(this.options.settings().scanner.database, this.options.own, this.options.places ?? usualPlaces);
  }

  private async run(): Promise<SignaturesState> {
    try {
      this.failure = null;
      await this.runOnce();
    } catch (error) {
      this.failure =
        error instanceof MailError
          ? error
          : new MailError('internal', toFailure(error).message, true, { ...of('other'), said: toFailure(error).message, cause: error });
      this.options.log('warn', this.failure.message);
    } finally {
      this.running = null;
      this.progress = null;
      await this.refresh();
      this.options.onChange();
    }
    return this.state();
  }

  private async runOnce(): Promise<void> {
    const { log, onChange, onUpdate, runFolder, patience = 60, attempts = 3 } = this.options;
    const { writableFolder: folder } = this.choice();
    this.refuseWhileCooling(folder);
    const program = findProgram('freshclam', this.options.places);
    if (program === null)
      throw new MailError('not-found', 'freshclam is not installed (Debian: clamav-freshclam)', false, of('not-installed'));
    const { mirror } = this.options.settings().signatures;
    const options = { program, folder, mirror, patience, attempts, logFile: this.logFile, confFile: confFileIn(runFolder) };
    this.progress = 0;
    this.running = runFreshclam(
      options,
      (line) => log('debug', `freshclam: ${line}`),
      (share) => this.advance(share),
    );
    onChange();
    const run = await this.running.done;
    this.failure = explainRun(run);
    if (this.failure === null) this.succeeded = this.now;
    else log('warn', this.failure.message);
    if (somethingChanged(run.said)) await onUpdate();
  }

  private refuseWhileCooling(folder: string): void {
    const until = readCoolDown(folder, this.now);
    if (until === null) return;
    const limit = until.toISOString();
    throw new MailError('server-busy', `the update service does not want to be asked before ${limit} (403 or 429)`, true, {
      ...of('cooling'),
      limit,
    });
  }

  private advance(share: number): void {
    const before = this.progress ?? 0;
    this.progress = share;
    if (Math.floor(before * 20) !== Math.floor(share * 20)) this.options.onChange();
  }

  private word(coolDown: Date | null): SignaturesState['state'] {
    if (this.progress !== null) return 'updating';
    if (coolDown !== null) return 'cooling';
    const built = this.databases.flatMap(({ built }) => (built === null ? [] : [Date.parse(built)]));
    const from = built.length > 0 ? Math.max(...built) : this.databases.length > 0 ? this.succeeded : null;
    // Younger than the clock: one of the two is wrong, and the age says nothing.
    if (from === null || from - this.now > day) return 'unknown';
    const age = this.now - from;
    return age > 7 * day ? 'stale' : age > 3 * day ? 'old' : 'fresh';
  }

  private lastRun(): string | null {
    try {
      const { size, mtime } = statSync(this.logFile);
      return size === 0 ? null : mtime.toISOString();
    } catch {
      return null;
    }
  }

  private nextRun(): number | null {
    const { hour } = this.options.settings().signatures;
    if (hour === null || !this.choice().ours) return null;
    const next = new Date(this.now);
    next.setHours(hour, 0, 0, 0);
    if (next.getTime() <= this.now) next.setDate(next.getDate() + 1);
    return next.getTime();
  }

  private look(): void {
    const due = this.next !== null && this.now >= this.next;
    this.next = this.nextRun();
    if (due) void this.update();
  }
}

function tail(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-logLines);
  } catch {
    return [];
  }
}
