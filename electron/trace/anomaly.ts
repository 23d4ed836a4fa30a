// What in a chain of hops does not fit, in facts. The sentences for a window, in two languages, are in shared/trace-text.ts.
import type { Anomaly, Hop } from '../../shared/trace.js';
import { isLoopback, isPrivate } from './ip.js';
import { isBelow, organisationOf } from './org.js';
import type { ReceivedLine } from './received.js';

/** Clocks of good servers differ by seconds: less is rounding, more is a wrong clock, a day is no clock at all. */
const skewFrom = 60;
const forgedFrom = 24 * 3600;
const longFrom = 3600;
/** Postfix refuses at 50 Received lines, sendmail at 25: a healthy chain has less than this. */
const manyHops = 25;

export interface Chain {
  /** Oldest first. */
  readonly hops: readonly Hop[];
  readonly lines: readonly ReceivedLine[];
  readonly boundary: number | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Addresses of the Delivered-To lines. */
  readonly deliveredTo: readonly string[];
}

export function anomaliesOf(chain: Chain): Anomaly[] {
  const each = chain.hops.flatMap((hop, index) => ofHop(chain, hop, index));
  return [...each, ...loops(chain), ...tooMany(chain)];
}

function ofHop(chain: Chain, hop: Hop, index: number): Anomaly[] {
  const line = chain.lines[index];
  if (!line) return [];
  if (hop.maker === 'unknown' && hop.from === null && hop.by === null && hop.date === null)
    return [{ kind: 'unparsed', hop: index, detail: hop.raw.slice(0, 200) }];
  return [...dates(chain, hop, index), ...address(hop, index), ...names(chain, line, index)];
}

function dates(chain: Chain, hop: Hop, index: number): Anomaly[] {
  const instant = chain.lines[index]?.instant ?? null;
  if (instant === null) return [{ kind: 'no-date', hop: index, detail: hop.by ?? '' }];
  if (instant > chain.now + forgedFrom * 1000) return [{ kind: 'future', hop: index, detail: hop.date ?? '' }];
  const delay = hop.delaySeconds ?? 0;
  if (delay <= -forgedFrom) return [{ kind: below(chain, index) ? 'forged' : 'clock-skew', hop: index, detail: `${delay} s` }];
  if (delay <= -skewFrom) return [{ kind: 'clock-skew', hop: index, detail: `${delay} s` }];
  if (delay < 0) return [{ kind: 'negative-delay', hop: index, detail: `${delay} s` }];
  return delay >= longFrom ? [{ kind: 'long-delay', hop: index, detail: `${delay} s` }] : [];
}

/** A hop that a stranger may have made up: its own line, or the one before the stranger's. */
function below(chain: Chain, index: number): boolean {
  return chain.boundary === null || index <= chain.boundary;
}

function address(hop: Hop, index: number): Anomaly[] {
  if (hop.fromIp === null || isLoopback(hop.fromIp) || !isPrivate(hop.fromIp)) return [];
  return [{ kind: 'private-address', hop: index, detail: hop.fromIp }];
}

/** The client greeted with the server's own name, or with a name that DNS gives to someone else. */
function names(chain: Chain, line: ReceivedLine, index: number): Anomaly[] {
  const outside = line.fromIp !== null && !isPrivate(line.fromIp);
  if (!outside || line.helo === null) return [];
  if (line.by !== null && isBelow(line.helo, line.by) && line.reverse !== null && organisationOf(line.reverse) !== organisationOf(line.by))
    return [{ kind: 'forged', hop: index, detail: `${line.helo} [${line.fromIp}]` }];
  if (chain.boundary !== null && index < chain.boundary) return [];
  const [said, found] = [organisationOf(line.helo), organisationOf(line.reverse)];
  if (said === null || found === null || said === found) return [];
  return [{ kind: 'helo-mismatch', hop: index, detail: `${line.helo} / ${line.reverse} [${line.fromIp}]` }];
}

/** The same way taken twice with the way back between, or one address delivered to twice. */
function loops(chain: Chain): Anomaly[] {
  const twice = chain.deliveredTo.find((each, index) => chain.deliveredTo.indexOf(each) < index);
  if (twice !== undefined) return [{ kind: 'loop', hop: null, detail: twice }];
  const seen = new Set<string>();
  for (const [index, { from, by }] of chain.hops.entries()) {
    const [a, b] = [from?.toLowerCase() ?? '', by?.toLowerCase() ?? ''];
    if (a === '' || b === '' || a === b || a === 'localhost') continue;
    if (seen.has(`${a}\n${b}`) && seen.has(`${b}\n${a}`)) return [{ kind: 'loop', hop: index, detail: `${a} - ${b}` }];
    seen.add(`${a}\n${b}`);
  }
  return [];
}

function tooMany(chain: Chain): Anomaly[] {
  return chain.hops.length < manyHops ? [] : [{ kind: 'too-many-hops', hop: null, detail: String(chain.hops.length) }];
}
