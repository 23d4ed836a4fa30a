// When an account is polled next: its interval, LOGIN-DELAY, back-off after failures with jitter, the pause. Pure.
import type { FailureCode } from '../../shared/error.js';
import type { Settings } from '../../shared/settings.js';

const longest = 3_600_000;

export interface Timing {
  /** Seconds. */
  readonly interval: number;
  readonly loginDelay: number | null;
  /** Runs that failed in a row. */
  readonly failures: number;
  readonly code: FailureCode | null;
  /** 0 to 1; Math.random() in production. */
  readonly chance: number;
}

/** Milliseconds to wait, or null: not before the user has acted (a changed certificate). */
export function waitAfterRun({ interval, loginDelay, failures, code, chance }: Timing): number | null {
  if (code === 'tls-pin-changed') return null;
  const regular = Math.max(interval, loginDelay ?? 0) * 1000;
  if (failures === 0) return regular;
  const backedOff = Math.min(regular * 2 ** Math.min(failures - 1, 10), Math.max(longest, regular));
  // A wrong password repeated every few minutes locks accounts: hourly after the second.
  const wait = code === 'auth' && failures > 1 ? Math.max(backedOff, longest) : backedOff;
  return Math.round(wait * (0.9 + 0.2 * chance));
}

/** Whether polls are paused at `now` (milliseconds), and until when (ISO 8601; null: until the user says). */
export function pausedAt(pause: Settings['poll']['pause'], now: number): { readonly paused: boolean; readonly until: string | null } {
  if (pause.kind === 'none') return { paused: false, until: null };
  if (pause.kind === 'indefinite') return { paused: true, until: null };
  return Date.parse(pause.time) > now ? { paused: true, until: pause.time } : { paused: false, until: null };
}
