// Where the scanner sits under one set of settings: off, missing, clamds that others run, or our own. Located when
// first needed, located anew when it was missing or has been down for long, checked before it is trusted.
import type NodeClam from 'clamscan';
import { MailError } from '../../shared/error.js';
import type { ScannerSettings } from '../../shared/settings.js';
import { OwnClamd, type ScannerLog } from './clamd.js';
import type { Places } from './discover.js';
import { describeEndpoint, type Endpoint } from './endpoint.js';
import { ask } from './exchange.js';
import { Host } from './host.js';
import { databaseFor, type Located, locate } from './locate.js';
import { Pool } from './pool.js';

export interface SeatOptions {
  readonly runFolder: string;
  readonly log: ScannerLog;
  readonly signatures: string | null;
  readonly places: Places;
  readonly client: NodeClam;
  readonly onChange: () => void;
}

/** Milliseconds: a question that is no scan; how long a failure is repeated to scans without asking again; how
 *  long someone else's clamd may be down before we look for another; how often a lost one is looked for. */
const longestPatience = 30_000;
const memoryOfFailure = 1000;
const graceForOthers = 60_000;
const recheckEvery = 15_000;

export class Seat {
  located: Located | null = null;
  pool: Pool | null = null;
  own: OwnClamd | null = null;
  failure: MailError | null = null;
  private failedAt = 0;
  private downSince: number | null = null;
  private readying: Promise<void> | null = null;
  private closed = false;
  private readonly recheck: NodeJS.Timeout;

  constructor(
    private readonly settings: ScannerSettings,
    private readonly options: SeatOptions,
  ) {
    this.recheck = setInterval(() => {
      if (this.failure !== null) this.ready().catch(() => {});
    }, recheckEvery);
    this.recheck.unref();
  }

  get off(): boolean {
    return this.settings.mode === 'off' || this.settings.clamd === 'off' || this.located?.kind === 'off';
  }

  get limit(): number {
    return this.located !== null && 'limit' in this.located ? this.located.limit : this.settings.streamLimit;
  }

  get where(): string {
    if (this.pool === null) return '';
    return this.pool.hosts.map((host) => host.where).join(', ');
  }

  pick(tried: ReadonlySet<Host>): Host | null {
    return this.pool?.pick(tried) ?? null;
  }

  /** Throws MailError `scanner-unavailable` or `scanner-blind`. Callers at the same time share one answer. */
  async ready(): Promise<void> {
    if (this.off) return;
    this.readying ??= this.settle().finally(() => {
      this.readying = null;
    });
    await this.readying;
  }

  /** ready(), but a failure of a moment ago is not looked into again. */
  async recentlyReady(): Promise<void> {
    if (this.failure !== null && this.readying === null && Date.now() - this.failedAt < memoryOfFailure) throw this.failure;
    await this.ready();
  }

  async recheckNow(): Promise<void> {
    for (const host of this.pool?.hosts ?? []) host.doubt();
    await this.ready();
  }

  async reload(): Promise<void> {
    // Signatures were fetched into another folder than the one in use: that takes another configuration.
    if (this.located?.kind === 'own' && databaseFor(this.settings, this.options) !== this.located.database) await this.leave();
    const hosts = this.pool?.hosts ?? [];
    await Promise.allSettled(hosts.map((host) => ask(host.endpoint, 'RELOAD', this.patience)));
    for (const host of hosts) host.doubt();
    await this.ready();
  }

  async restart(): Promise<void> {
    this.failure = null;
    await this.leave();
    this.options.onChange();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.recheck);
    await this.leave();
  }

  private get patience(): number {
    return Math.min(this.settings.timeout * 1000, longestPatience);
  }

  private async leave(): Promise<void> {
    const own = this.own;
    this.located = null;
    this.pool = null;
    this.own = null;
    await own?.close();
  }

  private async settle(): Promise<void> {
    try {
      if (this.closed) throw new MailError('scanner-unavailable', 'the scanner was closed', true);
      if (this.searchAgain()) await this.leave();
      this.located ??= await this.sitDown();
      if (this.located.kind === 'missing') throw this.located.failure;
      await this.own?.up(this.settings.timeout * 1000);
      await this.pool?.ready();
      this.outcome(null);
    } catch (error) {
      this.outcome(error instanceof MailError ? error : new MailError('scanner-unavailable', String(error), true, { cause: error }));
      if (this.failure?.code === 'scanner-blind') await this.freshen();
      throw this.failure ?? error;
    }
  }

  private searchAgain(): boolean {
    if (this.located?.kind === 'missing') return true;
    const lost = this.downSince !== null && Date.now() - this.downSince > graceForOthers;
    return lost && this.settings.clamd === 'auto' && this.located?.kind === 'found';
  }

  private outcome(failure: MailError | null): void {
    const changed = this.failure?.message !== failure?.message || this.failure?.code !== failure?.code;
    this.failure = failure;
    this.failedAt = Date.now();
    this.downSince = failure === null ? null : (this.downSince ?? Date.now());
    if (!changed) return;
    if (failure !== null) this.options.log('warn', failure.message);
    this.options.onChange();
  }

  // A blind clamd of ours gets a new temporary folder by being started again; the next ready() tells.
  private async freshen(): Promise<void> {
    if (this.own === null || this.closed) return;
    this.options.log('warn', 'our own clamd is started again');
    await this.own.restart();
  }

  private async sitDown(): Promise<Located> {
    const { log } = this.options;
    const located = await locate(this.settings, this.options);
    if (this.closed) throw new MailError('scanner-unavailable', 'the scanner was closed', true);
    if (located.kind === 'found') this.sitWith(located.endpoints);
    if (located.kind === 'own') await this.sitAlone(located.program, located.database);
    if (located.kind === 'found' && located.warning !== null) log('warn', located.warning);
    return located;
  }

  private sitWith(endpoints: readonly Endpoint[]): void {
    const { client, onChange, log } = this.options;
    const options = { patience: this.patience, freshness: this.settings.canaryInterval * 1000, onChange };
    this.pool = new Pool(endpoints.map((endpoint) => new Host(endpoint, client, options)));
    log('info', `scanning by clamd at ${endpoints.map(describeEndpoint).join(', ')}`);
  }

  private async sitAlone(program: string, database: string): Promise<void> {
    const { runFolder, log } = this.options;
    const own = new OwnClamd({ program, database, runFolder, log, settings: this.settings, onChange: () => this.ownChanged() });
    this.own = own;
    this.sitWith([own.endpoint]);
    await own.start();
  }

  private ownChanged(): void {
    for (const host of this.pool?.hosts ?? []) host.doubt();
    this.options.onChange();
  }
}
