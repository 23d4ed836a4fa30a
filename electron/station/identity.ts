// Is this retrieved message one we had before? By UIDL where there is one; by content where there is none, where a UIDL is used
// again, where a server that had no UIDL has one now (or the reverse), and where an IMAP server has numbered its folder anew.
import { deliveryKey } from '../maildir/names.js';
import type { Planned } from './fetch-plan.js';
import type { LedgerEntry } from './ledger.js';

export type Identity =
  | { readonly kind: 'new'; readonly key: string }
  /** Nothing is to be delivered. `enter`: the key the ledger should know it by from now on; `replaces`: the entry it was known by. */
  | { readonly kind: 'known'; readonly key: string; readonly enter: boolean; readonly replaces: string | null };

export interface Identities {
  settle(planned: Planned, sha256: string, octets: number): Identity;
}

/** For one listing: equal contents in it are counted, so that two equal messages stay two. */
export function openIdentities(account: string, known: ReadonlyMap<string, LedgerEntry>): Identities {
  // Made when the first message comes, before this run records any: a poll that brings nothing pays nothing.
  let made: Map<string, LedgerEntry[]> | null = null;
  const contentsNow = () => {
    made ??= contents(known);
    return made;
  };
  const met = new Map<string, number>();
  /** Earlier messages with this content whose name is lost, and that are not spoken for yet. */
  const nameless = (sha256: string, uidl: string | null) =>
    (contentsNow().get(sha256) ?? []).filter((entry) => entry.uidl === '' || renumbered(entry.uidl, uidl));
  const byBytes = (sha256: string, octets: number): Identity => {
    const repeat = met.get(sha256) ?? 0;
    met.set(sha256, repeat + 1);
    const earlier = contentsNow().get(sha256)?.[repeat];
    const key = deliveryKey(account, `sha256:${sha256}`, octets, repeat);
    return earlier === undefined ? { kind: 'new', key } : { kind: 'known', key: earlier.key, enter: false, replaces: null };
  };
  return {
    settle({ key, recheck, uidl }, sha256, octets) {
      if (key === null) return byBytes(sha256, octets);
      if (recheck !== null)
        return recheck.sha256 === sha256
          ? { kind: 'known', key, enter: false, replaces: null }
          : { kind: 'new', key: reusedKey(account, key, sha256, octets) };
      const [before] = nameless(sha256, uidl);
      if (before === undefined) return { kind: 'new', key };
      contentsNow().set(
        sha256,
        (contentsNow().get(sha256) ?? []).filter((entry) => entry !== before),
      );
      return { kind: 'known', key, enter: true, replaces: before.key };
    },
  };
}

/** Both are IMAP's UIDVALIDITY:UID, of different UIDVALIDITY: what had the earlier one has another name now (RFC 9051 section 2.3.1.1). */
function renumbered(earlier: string, now: string | null): boolean {
  const [, before] = imapName.exec(earlier) ?? [];
  const [, after] = imapName.exec(now ?? '') ?? [];
  return before !== undefined && after !== undefined && before !== after;
}
const imapName = /^(\d{1,10}):\d{1,10}$/;

function contents(known: ReadonlyMap<string, LedgerEntry>): Map<string, LedgerEntry[]> {
  const byContent = new Map<string, LedgerEntry[]>();
  for (const entry of known.values()) {
    // Only what stands here: what was refused and kept on the server is not "known", or delete mode would delete it.
    if (entry.sha256 === null || (entry.state !== 'delivered' && entry.state !== 'delete-sent')) continue;
    const same = byContent.get(entry.sha256);
    if (same === undefined) byContent.set(entry.sha256, [entry]);
    else same.push(entry);
  }
  return byContent;
}

/** The file of a UIDL used again needs a key of its own: the old one may still stand in the Maildir. */
function reusedKey(account: string, key: string, sha256: string, octets: number): string {
  return deliveryKey(account, `${key} sha256:${sha256}`, octets);
}
