// What any import gives: accounts, routing, passwords apart, and a line for each thing taken and not taken; and how
// it is merged into settings. Pure: nothing here reads or writes a file.
import { createHash } from 'node:crypto';
import type { Account } from '../../shared/account.js';
import type { Routing, Settings, VirtualAlias, VirtualMailbox } from '../../shared/settings.js';
import type { ImportPreview } from '../../shared/station.js';

export interface NotTaken {
  /** 1-based; null where nothing in the file stands for it. */
  readonly line: number | null;
  /** As in the file, with passwords left out. */
  readonly text: string;
  readonly why: string;
}
export interface Imported {
  readonly accounts: readonly Account[];
  /** Only what the file says; lists are added to what is there. */
  readonly routing: Partial<Routing>;
  /** Account id -> password. Never part of a preview. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly taken: readonly string[];
  readonly notTaken: readonly NotTaken[];
}

/** What a face may show: no passwords. */
export function previewOf(imported: Imported): ImportPreview {
  const { accounts, routing, taken, notTaken } = imported;
  return {
    accounts,
    routing: {
      domains: routing.domains ?? [],
      mailboxes: routing.mailboxes?.length ?? 0,
      aliases: routing.aliases?.length ?? 0,
    },
    taken,
    notTaken,
  };
}

/** An id made of user and host, unique among `others`: letters, digits and dashes, 63 at most. */
export function accountId(user: string, host: string, others: ReadonlySet<string>): string {
  const whole = `${user}-${host}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const slug = whole.replace(/^-+|-+$/g, '') || 'account';
  const hash = createHash('sha256')
    .update(JSON.stringify([user, host]))
    .digest('hex')
    .slice(0, 8);
  const base = slug.length > 55 ? `${slug.slice(0, 46).replace(/-+$/, '')}-${hash}` : slug;
  let id = base;
  for (let count = 2; others.has(id); count += 1) id = `${base}-${count}`;
  return id;
}

/** The same maildrop: what a second import of the same file finds again. */
function sameMaildrop(one: Account, other: Account): boolean {
  const key = ({ protocol, host, port, user, folder }: Account) => JSON.stringify([protocol, host.toLowerCase(), port, user, folder]);
  return key(one) === key(other);
}

/** What an import does not know of an account stays as it was. */
function updated(existing: Account, found: Account): Account {
  const { id, name, sending, identities, pin, pinnedPem, source } = existing;
  const secret = found.secret.kind === 'session' ? existing.secret : found.secret;
  return { ...found, id, name, sending: found.sending ?? sending, identities, pin, pinnedPem, source, secret };
}

export interface Merged {
  readonly settings: Settings;
  /** Account id -> password, under the ids the accounts have now. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly added: readonly string[];
  readonly updated: readonly string[];
}

/** Accounts already there (same server, user and folder) are updated, so a second import changes nothing. */
export function merge(settings: Settings, imported: Imported): Merged {
  const accounts = [...settings.accounts];
  const secrets: Record<string, string> = {};
  const report = { added: [] as string[], updated: [] as string[] };
  for (const found of imported.accounts) {
    const at = accounts.findIndex((account) => sameMaildrop(account, found));
    const existing = accounts[at];
    const account = existing
      ? updated(existing, found)
      : { ...found, id: accountId(found.user, found.host, new Set(accounts.map(({ id }) => id))) };
    if (existing) accounts[at] = account;
    else accounts.push(account);
    report[existing ? 'updated' : 'added'].push(account.id);
    const secret = imported.secrets[found.id];
    if (secret !== undefined) secrets[account.id] = secret;
  }
  return { settings: { ...settings, accounts, routing: mergedRouting(settings.routing, imported.routing) }, secrets, ...report };
}

function union(one: readonly string[], other: readonly string[] = []): string[] {
  return [...new Set([...one, ...other])];
}

function mergedRouting(current: Routing, found: Partial<Routing>): Routing {
  const { domains, mailboxes, aliases, ...rest } = found;
  return {
    ...current,
    ...rest,
    domains: union(current.domains, domains),
    mailboxes: byKey(current.mailboxes, mailboxes ?? [], (box: VirtualMailbox) => box.address),
    aliases: byKey(current.aliases, aliases ?? [], (alias: VirtualAlias) => alias.from),
  };
}

/** The import's entry wins over one of the same key. */
function byKey<Entry>(current: readonly Entry[], found: readonly Entry[], key: (entry: Entry) => string): Entry[] {
  const all = new Map([...current, ...found].map((entry) => [key(entry).toLowerCase(), entry]));
  return [...all.values()];
}
