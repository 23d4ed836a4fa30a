// Where a hop stands on the time bar, in percent of the whole way.
import type { Hop } from '../../../shared/trace.js';

export interface Bar {
  readonly left: number;
  readonly width: number;
  /** Waiting for a poll, travelling, or of a server that nobody vouches for. */
  readonly kind: 'wait' | 'travel' | 'unknown';
}

/** Negative and unknown delays count as nothing: a clock that is wrong must not push the others about. */
export function timeBars(hops: readonly Hop[]): readonly Bar[] {
  const delays = hops.map((hop) => Math.max(0, hop.delaySeconds ?? 0));
  const total = Math.max(
    1,
    delays.reduce((sum, delay) => sum + delay, 0),
  );
  let before = 0;
  return hops.map((hop, index) => {
    const delay = delays[index] ?? 0;
    const bar = { left: (before / total) * 100, width: (delay / total) * 100, kind: kindOf(hop) };
    before += delay;
    return bar;
  });
}

function kindOf(hop: Hop): Bar['kind'] {
  if (hop.drop !== null) return 'wait';
  return hop.trusted ? 'travel' : 'unknown';
}
