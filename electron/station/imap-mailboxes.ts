// All IMAP accounts that are mailboxes in the window (and no source): opened and closed with the settings, their folders for
// the tree, their messages for the reader, and what their servers find beside our own index.
import { join } from 'node:path';
import type { Account } from '../../shared/account.js';
import type { CallParsed } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import type { Mailbox } from '../../shared/message.js';
import type { ImapOptions } from '../imap/connect.js';
import type { Catalog, CatalogFolder, Located } from './catalog.js';
import { wordsAnywhere } from './catalog-query.js';
import type { MessageReader } from './catalog-reader.js';
import type { NewRow } from './catalog-writer.js';
import type { Context } from './context.js';
import { type ImapAccount, openImapAccount, type Times } from './imap-account.js';
import { openBodies } from './imap-bodies.js';
import { readStamp } from './imap-folder.js';
import { unscanned } from './imap-rows.js';

export interface ImapLogin {
  readonly options: (account: Account) => Promise<ImapOptions>;
  readonly times?: Times;
  /** Octets of opened messages kept for reading offline. */
  readonly kept?: number;
}
export interface ImapMailboxesDeps extends Pick<Context, 'home' | 'settings' | 'log'> {
  /** null: no account is opened (a command that needs none). */
  readonly login: ImapLogin | null;
  readonly use: <T>(work: (catalog: Catalog) => T) => T;
  readonly insert: (rows: readonly NewRow[]) => Promise<readonly string[]>;
  readonly reader: Pick<MessageReader, 'index'>;
  readonly changed: (folder: string | null) => void;
  readonly treeChanged: () => Promise<void>;
}
export interface ImapMailboxes {
  /** Accounts may have come, gone or changed. */
  refresh(): Promise<void>;
  folders(): readonly CatalogFolder[];
  list(): readonly Mailbox[];
  owns(key: string): boolean;
  accountOf(key: string): ImapAccount | null;
  mailbox(id: string): ImapAccount | null;
  /** The message as a file; asked from the server where it was never opened. Throws MailError. */
  file(message: Located): Promise<string>;
  /** Called with each question of a list: folders looked into are read, and words are looked for on the server, too. */
  asked(query: CallParsed<'message.list'>): readonly number[];
  /** A password is known now, or the network is back. */
  wake(): void;
  /** The catalog was made anew: everything is read again. */
  anew(): void;
  settled(): Promise<void>;
  close(): Promise<void>;
}

const times: Times = { retry: [2_000, 5_000, 15_000, 60_000, 300_000], look: 120_000 };
const kept = 1024 ** 3;
/** Searches whose hits are remembered. */
const searches = 8;

const shown = ({ protocol, source, enabled }: Account) => protocol === 'imap' && !source && enabled;

export function openImapMailboxes(deps: ImapMailboxesDeps): ImapMailboxes {
  const root = join(deps.home.root, 'imap');
  const open = new Map<string, { readonly account: ImapAccount; readonly as: string }>();
  const bodies = openBodies(root, deps.login?.kept ?? kept);
  const found = new Map<string, Set<number>>();
  const all = () => [...open.values()].map(({ account }) => account);
  const accountOf = (key: string) => all().find((account) => account.pathOf(key) !== null) ?? null;

  const openOne = (account: Account, login: ImapLogin) =>
    openImapAccount({
      account,
      folder: join(root, account.id),
      login: () => login.options(account),
      use: deps.use,
      insert: deps.insert,
      changed: deps.changed,
      treeChanged: deps.treeChanged,
      log: deps.log,
      times: login.times ?? times,
    });
  const refresh = async () => {
    const { login } = deps;
    if (login === null) return;
    const { accounts } = deps.settings.read();
    const wanted = new Map(accounts.filter(shown).map((account) => [account.id, account]));
    for (const [id, { account, as }] of open) {
      if (as === JSON.stringify(wanted.get(id))) continue;
      open.delete(id);
      await account.close();
    }
    for (const [id, account] of wanted) if (!open.has(id)) open.set(id, { account: openOne(account, login), as: JSON.stringify(account) });
    await bodies.keepOnly(accounts.map(({ id }) => id));
  };

  const fetchBody = async (message: Located, write: (part: Uint8Array) => Promise<unknown>) => {
    const account = accountOf(message.folder.key);
    const path = account?.pathOf(message.folder.key) ?? null;
    const validity = readStamp(deps.use((catalog) => catalog.stamp(message.folder.row)))?.validity;
    if (account === null || path === null || validity === undefined) throw gone();
    const browser = await account.browser();
    if (await browser.body({ path, validity }, Number(message.base), message.envelope.octets, write)) return;
    account.look(message.folder.key);
    throw gone();
  };
  const file = async (message: Located): Promise<string> => {
    const validity = readStamp(deps.use((catalog) => catalog.stamp(message.folder.row)))?.validity ?? '';
    let fresh = false;
    const path = await bodies.read(message.folder.path, `${validity}.${message.base}`, async (write) => {
      await fetchBody(message, write);
      fresh = true;
    });
    if (fresh) {
      const [indexed] = await deps.reader.index([path]);
      if (indexed) deps.use((catalog) => catalog.reread(message.id, { ...indexed, head: { ...indexed.head, verdict: unscanned } }));
      deps.changed(message.folder.key);
    }
    return path;
  };

  /** Folders one after the other; what is found counts as soon as it is known. */
  const searchServers = async (words: readonly string[], keys: readonly string[], hits: Set<number>) => {
    for (const key of keys) {
      const account = accountOf(key);
      const path = account?.pathOf(key) ?? null;
      const folder = deps.use((catalog) => catalog.folder(key));
      if (account === null || path === null || folder === null || !account.online) continue;
      const validity = readStamp(deps.use((catalog) => catalog.stamp(folder.row)))?.validity ?? '';
      const uids = await (await account.browser()).search({ path, validity }, words);
      const rows = deps.use((catalog) => catalog.bases(folder.row));
      const ids = uids.flatMap((uid) => rows.get(String(uid))?.id ?? []).filter((id) => !hits.has(id));
      for (const id of ids) hits.add(id);
      if (ids.length > 0) deps.changed(key);
    }
  };
  const asked: ImapMailboxes['asked'] = (query) => {
    if (query.folder !== null && query.offset === 0) accountOf(query.folder)?.look(query.folder);
    const words = wordsAnywhere(query.search);
    if (words.length === 0 || query.smart !== null) return [];
    const keys = query.folder === null ? all().flatMap((account) => account.folders().map(({ key }) => key)) : [query.folder];
    const ours = keys.filter((key) => accountOf(key)?.online === true);
    const name = JSON.stringify([words, ours]);
    const known = found.get(name);
    if (known !== undefined) return [...known];
    if (ours.length === 0) return [];
    const hits = new Set<number>();
    found.set(name, hits);
    const [oldest] = found.keys();
    if (found.size > searches && oldest !== undefined) found.delete(oldest);
    searchServers(words, ours, hits).catch((error: unknown) => {
      found.delete(name);
      deps.log('warn', `the server did not search: ${error instanceof Error ? error.message : String(error)}`);
    });
    return [];
  };

  return {
    refresh,
    folders: () => all().flatMap((account) => account.folders()),
    list: () => all().map((account) => account.mailbox()),
    owns: (key) => key.startsWith('imap-'),
    accountOf,
    mailbox: (id) => all().find((account) => `imap-${account.id}` === id) ?? null,
    file,
    asked,
    wake: () => {
      for (const account of all()) account.wake();
    },
    anew: () => {
      found.clear();
      for (const account of all()) for (const { key } of account.folders()) account.look(key);
    },
    async settled() {
      for (const account of all()) await account.settled();
    },
    async close() {
      await Promise.all(all().map((account) => account.close()));
      open.clear();
    },
  };
}

function gone(): MailError {
  return new MailError('not-found', 'this message is no longer on the server', false);
}
