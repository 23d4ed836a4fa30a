// What one run will do with a listing: which messages are new, which are due for deletion, which stay. Pure.
import { createHash } from 'node:crypto';
import type { Account } from '../../shared/account.js';
import { deliveryKey } from '../maildir/names.js';
import type { FailureEntry, LedgerEntry } from './ledger.js';

/** One message as a server lists it. `number` is the server's own for this session. */
export interface Listed {
  readonly number: number;
  readonly octets: number;
  /** null: the server has no UIDL. */
  readonly uidl: string | null;
}
export interface Planned extends Listed {
  /** null: known only after retrieval, from the content. */
  readonly key: string | null;
  /** It was deleted here before and is there again: delivered only if its content is another. */
  readonly recheck: LedgerEntry | null;
}
export interface Plan {
  readonly fresh: readonly Planned[];
  /** Delivered before and due to go. */
  readonly due: readonly { readonly number: number; readonly key: string }[];
  readonly oversized: readonly { readonly listed: Listed; readonly key: string }[];
  readonly seen: number;
  readonly left: number;
  /** The server gave one UIDL to several messages. */
  readonly duplicateUidls: readonly string[];
}

const day = 86_400_000;

/**
 * Key of each listed message; equal UIDLs of one listing are told apart by their order. A message that is known by its UIDL and
 * octets has its key from the ledger: hashing 100,000 of them at every poll costs a second.
 */
export function keyListing(
  account: string,
  listing: readonly Listed[],
  known: ReadonlyMap<string, LedgerEntry> = new Map(),
  times: ReadonlyMap<string, number> = countUidls(listing),
): readonly (string | null)[] {
  const entries = onlyByUidl(known);
  const met = new Map<string, number>();
  return listing.map(({ uidl, octets }) => {
    if (uidl === null) return null;
    if (times.get(uidl) === 1) {
      const entry = entries.get(uidl);
      return entry?.octets === octets ? entry.key : deliveryKey(account, uidl, octets);
    }
    const same = `${uidl} ${octets}`;
    const repeat = met.get(same) ?? 0;
    met.set(same, repeat + 1);
    return deliveryKey(account, uidl, octets, repeat);
  });
}

function countUidls(listing: readonly Listed[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { uidl } of listing) if (uidl !== null) times.set(uidl, (times.get(uidl) ?? 0) + 1);
  return times;
}

/** Entries whose UIDL no other entry has. */
function onlyByUidl(known: ReadonlyMap<string, LedgerEntry>): ReadonlyMap<string, LedgerEntry | null> {
  const entries = new Map<string, LedgerEntry | null>();
  for (const entry of known.values()) if (entry.uidl !== '') entries.set(entry.uidl, entries.has(entry.uidl) ? null : entry);
  return entries;
}

function isDue(account: Account, entry: LedgerEntry, settle: string | null, now: number): boolean {
  if (settle === 'delete') return true;
  if (entry.state !== 'delivered' && entry.state !== 'delete-sent') return false;
  const { retention } = account.fetch;
  if (retention.kind === 'keep') return false;
  return retention.kind === 'delete' || now - entry.firstSeen >= retention.days * day;
}

export function planRun(
  account: Account,
  listing: readonly Listed[],
  known: ReadonlyMap<string, LedgerEntry>,
  failures: readonly FailureEntry[],
  now: number,
): Plan {
  const times = countUidls(listing);
  const keys = keyListing(account.id, listing, known, times);
  const troubles = new Map(failures.map((failure) => [failure.key, failure]));
  const { sizeLimit, maxMessages, maxOctets } = account.fetch;
  const plan = {
    fresh: [] as Planned[],
    due: [] as { number: number; key: string }[],
    oversized: [] as { listed: Listed; key: string }[],
    seen: 0,
    left: 0,
  };
  let octets = 0;
  listing.forEach((listed, index) => {
    const key = keys[index] ?? null;
    const entry = key === null ? undefined : known.get(key);
    const trouble = key === null ? undefined : troubles.get(key);
    if (key !== null && (trouble?.settle === 'delete' || (entry !== undefined && isDue(account, entry, null, now)))) {
      plan.due.push({ number: listed.number, key });
      plan.seen += 1;
    } else if (trouble?.parked === true || (entry !== undefined && entry.state !== 'deleted' && entry.state !== 'oversized'))
      plan.seen += 1;
    else if (sizeLimit > 0 && listed.octets > sizeLimit)
      plan.oversized.push({ listed, key: key ?? deliveryKey(account.id, '', listed.octets, listed.number) });
    else if (
      (maxMessages > 0 && plan.fresh.length >= maxMessages) ||
      (maxOctets > 0 && plan.fresh.length > 0 && octets + listed.octets > maxOctets)
    )
      plan.left += 1;
    else {
      plan.fresh.push({ ...listed, key, recheck: entry?.state === 'deleted' ? entry : null });
      octets += listed.octets;
    }
  });
  return {
    ...plan,
    duplicateUidls: times.size === listing.length ? [] : [...times].filter(([, count]) => count > 1).map(([uidl]) => uidl),
  };
}

/** Of a listing, number by number; null where a message has no UIDL, so that nothing can be concluded from it. */
export function listingDigest(listing: readonly Listed[]): string | null {
  const lines: string[] = [];
  for (const { number, octets, uidl } of listing) {
    if (uidl === null) return null;
    lines.push(`${number} ${octets} ${uidl}`);
  }
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** The plan for a listing that is the last one again, when everything in it was known and is kept. */
export function nothingNew(listing: readonly Listed[]): Plan {
  return { fresh: [], due: [], oversized: [], seen: listing.length, left: 0, duplicateUidls: [] };
}

/** Whether a plan leaves nothing to do, now or later. */
export function isSettled(account: Account, plan: Plan, failures: readonly FailureEntry[]): boolean {
  const { fresh, due, oversized, left, duplicateUidls } = plan;
  return (
    account.fetch.retention.kind === 'keep' &&
    failures.length + fresh.length + due.length + oversized.length + left + duplicateUidls.length === 0
  );
}
