// Which hops were written by servers of ours. A line can be believed only if its writer can, so we walk down from the
// newest hop and stop at the first that was taken from a stranger: all below that one is the stranger's word.
import { isPrivate } from './ip.js';
import { isBelow, organisationOf } from './org.js';
import { type OwnHosts, ownHosts } from './own.js';
import type { ReceivedLine } from './received.js';

/** Programs that fetch for us: they write a line of their own, and name the maildrop's server as the one they got it from. */
const fetchers = new Set(['todoku', 'fetchmail', 'getmail', 'mpop', 'fdm']);

/**
 * Index of the oldest hop (of hops oldest first) that was written by a server of ours, or null if none was.
 * Ours are the `trustedHosts` (hosts, domains with what is below them, networks), the station's or another fetcher's line, and
 * the mailbox provider in front of it; without any of these, the organisation that wrote the newest line, since
 * whoever wrote that line handed the message to us.
 */
export function boundaryOf(hops: readonly ReceivedLine[], trustedHosts: readonly string[]): number | null {
  let boundary: number | null = null;
  const own = ownHosts(trustedHosts);
  const named = own.names.length > 0;
  let ours: readonly string[] = own.names;
  for (let index = hops.length - 1; index >= 0; index -= 1) {
    const hop = hops[index];
    if (!hop) break;
    const newer = hops[index + 1];
    const fetched = fetchers.has(hop.maker);
    const firstOfAll = !named && (newer === undefined || fetchers.has(newer.maker));
    if (!fetched && !firstOfAll && !(isOurs(hop.by, ours) && (newer === undefined || gotFromOurs(newer, ours, own)))) break;
    if (!named || fetched) ours = [...ours, ...providers(hop, fetched)];
    boundary = index;
    if (!fetched && !gotFromOurs(hop, ours, own)) break;
  }
  return boundary;
}

function providers(hop: ReceivedLine, fetched: boolean): string[] {
  const names = fetched ? [hop.from, hop.by] : [hop.by];
  return names.flatMap((name) => (name === null ? [] : [organisationOf(name) ?? name]));
}

function isOurs(host: string | null, ours: readonly string[]): boolean {
  if (host === null) return true;
  return ours.some((each) => isBelow(host, each)) || (organisationOf(host) === null && !host.includes('.'));
}

/** Was the client of this hop one of ours too? Its address decides where there is one, then DNS' name, its own word last. */
function gotFromOurs(hop: ReceivedLine, ours: readonly string[], own: OwnHosts): boolean {
  if (hop.fromIp !== null && (isPrivate(hop.fromIp) || own.holds(hop.fromIp))) return true;
  if (hop.reverse !== null) return isOurs(hop.reverse, ours);
  if (hop.fromIp !== null) return false;
  return hop.from === null || hop.from.includes('@') || isOurs(hop.from, ours);
}
