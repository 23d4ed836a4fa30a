// How long we wait: seconds without an octet, for one status line, and for the whole session. Paused while we are the slow side.
import { limits } from './limits.js';

export interface Awaiting {
  /** Something is owed to us by the server now. */
  waiting(): boolean;
  withinLine(): boolean;
  expired(what: 'octet' | 'line' | 'session', seconds: number): void;
}

export class Deadline {
  private last = performance.now();
  private lineSince = this.last;
  private readonly start = this.last;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly idleSeconds: number,
    private readonly sessionSeconds: number,
    private readonly awaiting: Awaiting,
  ) {
    const every = Math.min(1000, Math.max(20, idleSeconds * 100), sessionSeconds * 1000);
    this.timer = setInterval(() => this.check(), every);
  }

  /** An octet came, or we have just begun to wait. */
  touch(): void {
    this.last = performance.now();
  }

  /** A status line came whole. */
  lineEnded(): void {
    this.lineSince = performance.now();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private check(): void {
    const now = performance.now();
    if (now - this.start > this.sessionSeconds * 1000) this.awaiting.expired('session', this.sessionSeconds);
    else if (this.awaiting.waiting()) this.compare(now);
    else this.last = this.lineSince = now;
  }

  private compare(now: number): void {
    const line = this.idleSeconds * limits.lineFactor;
    if (!this.awaiting.withinLine()) this.lineSince = now;
    if (now - this.last > this.idleSeconds * 1000) this.awaiting.expired('octet', this.idleSeconds);
    else if (now - this.lineSince > line * 1000) this.awaiting.expired('line', line);
  }
}
