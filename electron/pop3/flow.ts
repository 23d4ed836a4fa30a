// How much of the bodies we hold for a slow caller before the socket stops.
import { limits } from './limits.js';

export class Flow {
  private held = 0;

  constructor(
    private readonly hold: (on: boolean) => void,
    /** Somebody awaits another answer that comes behind the held bodies: he may be the one who should drain them. */
    private readonly othersOwed: () => boolean,
  ) {}

  readonly account = (change: number): void => {
    this.held += change;
    this.review();
  };

  review(): void {
    const most = this.othersOwed() ? limits.pauseAtLast : limits.pauseAt;
    if (this.held > most) this.hold(true);
    else if (this.held < limits.resumeAt || this.othersOwed()) this.hold(false);
  }
}
