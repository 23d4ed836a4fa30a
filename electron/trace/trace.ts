// A message's way, from its bytes: hops oldest first with delays, the boundary of our own servers, what that boundary
// says of SPF, DKIM and DMARC, and what does not fit. Pure: nothing is looked up.
import { type HeaderField, readHeaders } from '../../shared/mail-header.js';
import type { Hop, Trace } from '../../shared/trace.js';
import { anomaliesOf } from './anomaly.js';
import { authenticationOf } from './authentication.js';
import { boundaryOf } from './boundary.js';
import { binaryOf, textOf } from './bytes.js';
import { concludeParts } from './neighbour.js';
import { type ReceivedLine, readReceived } from './received.js';

export interface TraceOptions {
  /** Hosts, or domains with all below them, whose lines are believed. */
  readonly trustedHosts?: readonly string[];
  /** Milliseconds since 1970: what counts as the future. */
  readonly now?: number;
}
/** A mail with more hops was refused long before; a hostile one is not read to its end. */
const mostHops = 500;

/** Takes the header of `raw` (a whole message or its header) apart. Never throws. */
export function readTrace(raw: Uint8Array | string, options: TraceOptions = {}): Trace {
  const { fields } = readHeaders(binaryOf(raw));
  const received = fields.filter((field) => field.key === 'received').slice(0, mostHops);
  const lines = received.map((field) => readReceived(textOf(field.raw))).reverse();
  const boundary = boundaryOf(lines, options.trustedHosts ?? []);
  const hops = lines.map((line, index) => hopOf(line, index, lines, boundary));
  const stated = anomaliesOf({ hops, lines, boundary, now: options.now ?? Date.now(), deliveredTo: deliveredTo(fields) });
  const concluded = concludeParts(hops);
  return {
    hops: concluded.hops,
    totalSeconds: totalOf(lines),
    boundary,
    authentication: authenticationOf(fields, boundaryField(received, boundary)),
    anomalies: [...stated, ...concluded.anomalies],
  };
}

/** Fields run newest first, hops oldest first. */
function boundaryField(received: readonly HeaderField[], boundary: number | null): HeaderField | null {
  return boundary === null ? null : (received[received.length - 1 - boundary] ?? null);
}

function hopOf(line: ReceivedLine, index: number, lines: readonly ReceivedLine[], boundary: number | null): Hop {
  const { instant, helo: _helo, reverse: _reverse, ...hop } = line;
  const before = lines.slice(0, index).findLast((each) => each.instant !== null)?.instant ?? null;
  return {
    ...hop,
    delaySeconds: instant === null || before === null ? null : Math.round((instant - before) / 1000),
    trusted: boundary !== null && index >= boundary,
  };
}

/** From the first date to the last; null with fewer than two. */
function totalOf(lines: readonly ReceivedLine[]): number | null {
  const instants = lines.flatMap((line) => line.instant ?? []);
  const [first, last] = [instants[0], instants.at(-1)];
  return first === undefined || last === undefined || instants.length < 2 ? null : Math.round((last - first) / 1000);
}

function deliveredTo(fields: readonly HeaderField[]): string[] {
  return fields.filter((field) => field.key === 'delivered-to').map((field) => field.value.toLowerCase().replace(/^<|>$/g, ''));
}
