// Wanted messages in groups for one command each, bounded in number and octets. It never waits for a group to be full: what
// asks for messages may itself wait for those it has asked for.
import { setImmediate as soon } from 'node:timers/promises';

export interface Wanted {
  /** The UID. */
  readonly number: number;
  readonly octets: number;
}
export interface BatchBounds {
  readonly messages: number;
  readonly octets: number;
}

export async function* batches(wanted: AsyncIterable<Wanted>, bounds: BatchBounds): AsyncGenerator<readonly Wanted[]> {
  const iterator = wanted[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (let first = await next; !first.done; first = await next) {
      const batch = [first.value];
      let octets = first.value.octets;
      next = iterator.next();
      while (batch.length < bounds.messages && octets < bounds.octets) {
        const ready = await Promise.race([next, soon(null)]);
        if (ready === null || ready.done || octets + ready.value.octets > bounds.octets) break;
        batch.push(ready.value);
        octets += ready.value.octets;
        next = iterator.next();
      }
      yield batch;
    }
  } finally {
    await iterator.return?.();
  }
}

/** UIDs as IMAP writes them, `1:3,7`; in pieces, because a server's input buffer is small. Every number named is one of them. */
export function sequences(uids: readonly number[], most: number): readonly string[] {
  const sorted = [...new Set(uids)].sort((one, other) => one - other);
  const pieces: string[] = [];
  for (let at = 0; at < sorted.length; at += most) pieces.push(sequence(sorted.slice(at, at + most)));
  return pieces;
}

function sequence(sorted: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const uid of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && last.to + 1 === uid) last.to = uid;
    else ranges.push({ from: uid, to: uid });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}:${to}`)).join(',');
}
