// The routing settings as look-up tables, folded, made once for each Routing (it is read-only).
import type { Routing, VirtualMailbox } from '../../shared/settings.js';
import { type Address, splitExtension, written } from './address.js';

export interface Tables {
  readonly domains: ReadonlySet<string>;
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly mailboxes: ReadonlyMap<string, VirtualMailbox>;
  readonly localDomain: string;
}

const known = new WeakMap<Routing, Tables>();

export function tablesOf(routing: Routing): Tables {
  const found = known.get(routing);
  if (found !== undefined) return found;
  const localDomain = routing.localDomain.toLowerCase();
  const tables: Tables = {
    domains: new Set(routing.domains.map((domain) => domain.toLowerCase())),
    aliases: new Map(routing.aliases.map(({ from, to }) => [folded(from), to])),
    mailboxes: new Map(
      routing.mailboxes.map((box) => [box.address.includes('@') ? folded(box.address) : `${folded(box.address)}@${localDomain}`, box]),
    ),
    localDomain,
  };
  known.set(routing, tables);
  return tables;
}

function folded(key: string): string {
  return key.trim().toLowerCase();
}

export interface Key {
  readonly key: string;
  readonly kind: 'whole' | 'extension' | 'catch-all';
  /** What the key does not cover: it is added to each result again. */
  readonly unmatched: string;
}

/** virtual(5): user+ext@domain, user@domain, user+ext, user (local domains only), @domain. */
export function aliasKeys(address: Address, delimiter: string, local: boolean): readonly Key[] {
  const { base, extension } = splitExtension(address.local, delimiter);
  const keys: Key[] = [{ key: written(address), kind: 'whole', unmatched: '' }];
  if (extension !== '') keys.push({ key: `${base}@${address.domain}`, kind: 'extension', unmatched: extension });
  if (local) keys.push({ key: address.local, kind: 'whole', unmatched: '' });
  if (local && extension !== '') keys.push({ key: base, kind: 'extension', unmatched: extension });
  keys.push({ key: `@${address.domain}`, kind: 'catch-all', unmatched: extension });
  return keys;
}

/** virtual(8): user+ext@domain, user@domain, @domain. */
export function mailboxKeys(address: Address, delimiter: string): readonly Key[] {
  return aliasKeys(address, delimiter, false);
}
