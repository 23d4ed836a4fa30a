// Keeps memory flat while octets stream through. A chunk from a socket lies outside V8's heap, and V8 lets about
// 32 MiB of dead ones pile up before it looks (2 x kMaxSemiSpaceSize, a constant of its build); a minor collection
// every few MiB of body costs a fraction of a millisecond and keeps it at that.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const every = 4 * 1024 * 1024;
type Collect = (options: { readonly type: 'minor' }) => void;

let collect: Collect | null = null;
let passed = 0;

/** So many octets have come through, in whichever session. */
export function nudge(octets: number): void {
  passed += octets;
  if (passed < every) return;
  passed = 0;
  collect ??= findCollector();
  collect({ type: 'minor' });
}

/** A runtime that does not give it to us works all the same, with more memory. */
function findCollector(): Collect {
  try {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('gc');
    setFlagsFromString('--no-expose-gc');
    if (typeof found === 'function') return found as Collect;
  } catch {
    // No vm, or no such flag.
  }
  return () => undefined;
}
