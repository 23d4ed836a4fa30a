// The routing as rows: a domain, a mailbox or an alias each, with the domain it belongs to. And changing one of them.
import type { DeliveryTarget } from '../../../shared/account.js';
import type { Routing } from '../../../shared/settings.js';

export type EntryKind = 'domain' | 'mailbox' | 'alias';
export interface Entry {
  readonly kind: EntryKind;
  readonly index: number;
  /** As written in the settings. */
  readonly address: string;
  /** The domain it is sorted under; bare names under the local domain. */
  readonly domain: string;
  readonly to: readonly string[];
  /** Octets; null where it has none of its own. */
  readonly limit: number | null;
}
const ranks: Readonly<Record<EntryKind, number>> = { domain: 0, mailbox: 1, alias: 2 };

export function entryId({ kind, index }: Pick<Entry, 'kind' | 'index'>): string {
  return `${kind} ${index}`;
}
export function isCatchAll({ address }: Pick<Entry, 'address'>): boolean {
  return address.startsWith('@');
}

/** By domain; within it the domain itself, mailboxes, aliases, and catch-alls last. */
export function entriesOf(routing: Routing): readonly Entry[] {
  const domainOf = (address: string) =>
    (address === '' ? '' : address.includes('@') ? address.slice(address.lastIndexOf('@') + 1) : routing.localDomain).toLowerCase();
  const entries: readonly Entry[] = [
    ...routing.domains.map(
      (name, index): Entry => ({ kind: 'domain', index, address: name, domain: name.toLowerCase(), to: [], limit: null }),
    ),
    ...routing.mailboxes.map(
      ({ address, path, limit, target }, index): Entry => ({
        ...{ kind: 'mailbox', index, address, domain: domainOf(address), limit },
        to: [target === undefined || target.kind === 'maildir' ? path : nameOf(target)],
      }),
    ),
    ...routing.aliases.map(
      ({ from, to }, index): Entry => ({ kind: 'alias', index, address: from, domain: domainOf(from), to, limit: null }),
    ),
  ];
  const rank = (entry: Entry) => ranks[entry.kind] + (isCatchAll(entry) ? 10 : 0);
  return [...entries].sort((a, b) => a.domain.localeCompare(b.domain) || rank(a) - rank(b) || a.address.localeCompare(b.address));
}

function nameOf(target: Exclude<DeliveryTarget, { readonly kind: 'maildir' }>): string {
  if (target.kind === 'imap') return `imap ${target.account} ${target.folder}`;
  return `${target.kind} ${target.kind === 'lmtp' && target.socket !== null ? target.socket : `${target.host}:${target.port}`}`;
}

export function searchEntries(entries: readonly Entry[], words: string): readonly Entry[] {
  const wanted = words.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ address, to }) => {
    const text = [address, ...to].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** A new, empty one at the end of its list. */
export function addEntry(routing: Routing, kind: EntryKind): Routing {
  switch (kind) {
    case 'domain':
      return { ...routing, domains: [...routing.domains, ''] };
    case 'mailbox':
      return { ...routing, mailboxes: [...routing.mailboxes, { address: '', path: '', limit: null }] };
    case 'alias':
      return { ...routing, aliases: [...routing.aliases, { from: '', to: [] }] };
  }
}

export function countOf(routing: Routing, kind: EntryKind): number {
  return { domain: routing.domains, mailbox: routing.mailboxes, alias: routing.aliases }[kind].length;
}

export function removeEntry(routing: Routing, { kind, index }: Pick<Entry, 'kind' | 'index'>): Routing {
  const without = <T>(list: readonly T[]) => list.filter((_, at) => at !== index);
  switch (kind) {
    case 'domain':
      return { ...routing, domains: without(routing.domains) };
    case 'mailbox':
      return { ...routing, mailboxes: without(routing.mailboxes) };
    case 'alias':
      return { ...routing, aliases: without(routing.aliases) };
  }
}

export function replaceAt<T>(list: readonly T[], index: number, value: T): T[] {
  return list.map((each, at) => (at === index ? value : each));
}

/** Without the rows that are still being written: what can be tried meanwhile. */
export function finishedOnly(routing: Routing): Routing {
  return {
    ...routing,
    domains: routing.domains.filter((name) => name !== ''),
    mailboxes: routing.mailboxes.filter(({ address, path }) => address !== '' && path !== ''),
    aliases: routing.aliases.filter(({ from, to }) => from !== '' && to.length > 0),
    localDomain: routing.localDomain || 'localhost',
  };
}

/** The folder an address suggests, as the station makes it for addresses without a route. */
export function suggestedPath(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0 || at === address.length - 1) return '';
  const [local, domain] = [address.slice(0, at) || 'catch-all', address.slice(at + 1)];
  return `${domain.toLowerCase()}/${local.toLowerCase().replace(/[^\p{L}\p{N}._+=-]/gu, '_')}/`;
}
