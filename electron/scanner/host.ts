// The health of one clamd: reached, its version, the canary found. Checked at the start, after a failure or a
// reload, and when the last canary is too old.
import type NodeClam from 'clamscan';
import { MailError } from '../../shared/error.js';
import { canaryMessage, sendCanary } from './canary.js';
import { describeEndpoint, type Endpoint } from './endpoint.js';
import { askVersion } from './exchange.js';
import { Sessions } from './session.js';
import { mailPrefix } from './stream.js';

export type Health =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ready'; readonly version: string; readonly canary: number }
  | { readonly kind: 'down' | 'blind'; readonly failure: MailError; readonly since: number };

export interface HostOptions {
  /** Milliseconds a check may take for each of its two questions. */
  readonly patience: number;
  /** Milliseconds a canary is good for. */
  readonly freshness: number;
  readonly onChange: () => void;
}

export class Host {
  health: Health = { kind: 'unknown' };
  scanning = 0;
  readonly sessions: Sessions;
  private checking: Promise<void> | null = null;

  constructor(
    readonly endpoint: Endpoint,
    private readonly client: NodeClam,
    private readonly options: HostOptions,
  ) {
    this.sessions = new Sessions(endpoint);
  }

  get where(): string {
    return describeEndpoint(this.endpoint);
  }

  get fresh(): boolean {
    return this.health.kind === 'ready' && Date.now() - this.health.canary < this.options.freshness;
  }

  /** Throws MailError `scanner-unavailable` or `scanner-blind`. Callers at the same time share one check. */
  async check(): Promise<void> {
    this.checking ??= this.examine().finally(() => {
      this.checking = null;
    });
    await this.checking;
    if (this.health.kind === 'down' || this.health.kind === 'blind') throw this.health.failure;
  }

  /** What was known is known no more: after a failed scan, or a reload. */
  doubt(): void {
    if (this.health.kind === 'ready') this.become({ kind: 'unknown' });
  }

  failed(failure: MailError): void {
    this.become({ kind: 'down', failure, since: Date.now() });
  }

  private async examine(): Promise<void> {
    try {
      const version = await askVersion(this.endpoint, this.options.patience);
      const verdict = await sendCanary(this.client, this.endpoint, this.options.patience);
      this.sessions.trusted = verdict.kind === 'infected' && (await this.foundInSession());
      if (verdict.kind === 'infected') this.become({ kind: 'ready', version, canary: Date.now() });
      else this.become({ kind: 'blind', failure: this.blindness(verdict), since: Date.now() });
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      this.failed(error);
    }
  }

  // Each way that messages take is proved by itself; one clamd that knows no sessions is asked without.
  private async foundInSession(): Promise<boolean> {
    const options = { deadline: this.options.patience, prefix: mailPrefix };
    return (await this.sessions.ask(canaryMessage, options))?.kind === 'infected';
  }

  private blindness(verdict: { readonly kind: string; readonly reason?: string }): MailError {
    const said = verdict.reason ?? `it called the test virus ${verdict.kind}`;
    return new MailError('scanner-blind', `clamd at ${this.where} does not find the test virus: ${said}`, true, { said });
  }

  private become(health: Health): void {
    const before = this.health.kind;
    this.health = health;
    if (before !== health.kind) this.options.onChange();
  }
}
