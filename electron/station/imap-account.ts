// One IMAP account in the window: its connection and the one that waits for new mail, both made again after they end; the
// tree, kept for the time offline; and which folder is read next.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../shared/account.js';
import { MailError, toFailure } from '../../shared/error.js';
import type { Mailbox, RemoteState } from '../../shared/message.js';
import type { Browser } from '../imap/browse.js';
import type { ImapOptions } from '../imap/connect.js';
import type { MailFolder } from '../imap/tree.js';
import type { Catalog, CatalogFolder } from './catalog.js';
import type { NewRow } from './catalog-writer.js';
import type { WriteLog } from './context.js';
import { readFolder, readStamp } from './imap-folder.js';
import { roleOf, stableId } from './mailboxes.js';

export interface AccountDeps {
  readonly account: Account;
  /** Its own, below imap/. */
  readonly folder: string;
  readonly login: () => Promise<ImapOptions>;
  readonly use: <T>(work: (catalog: Catalog) => T) => T;
  readonly insert: (rows: readonly NewRow[]) => Promise<readonly string[]>;
  /** null: the tree, or how the account is doing. */
  readonly changed: (folder: string | null) => void;
  /** Folders came or went; resolves when the catalog knows. */
  readonly treeChanged: () => Promise<void>;
  readonly log: WriteLog;
  readonly times: Times;
}
/** Milliseconds. */
export interface Times {
  /** Waits before a connection is tried again: the first, the second, and so on; the last one for all others. */
  readonly retry: readonly number[];
  /** Between two looks at all folders. */
  readonly look: number;
}
export interface ImapAccount {
  readonly id: string;
  folders(): readonly CatalogFolder[];
  mailbox(): Mailbox;
  /** The server's name of a folder; null where it is not of this account, or holds no messages. */
  pathOf(key: string): string | null;
  /** Connects where there is no connection. Throws MailError. */
  browser(): Promise<Browser>;
  readonly online: boolean;
  /** The user looks into this folder: it is read before others, unless that was a moment ago. */
  look(key: string): void;
  /** Resolves when the folder is as the server says. Throws MailError. */
  read(key: string): Promise<void>;
  /** Reads the tree anew. Throws MailError. */
  readTree(): Promise<void>;
  /** Tries to connect now. */
  wake(): void;
  /** Resolves when every folder has been read, or the account is offline. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

interface Session {
  readonly browser: Browser;
  watch: { close(): void } | null;
}
/** Milliseconds: a list that is drawn again asks again. */
const moment = 5_000;
/** After a refused login: no account is locked out by us. */
const refusedWait = 3_600_000;

export function openImapAccount(deps: AccountDeps): ImapAccount {
  const { account, use } = deps;
  const mailbox = `imap-${account.id}`;
  const treeFile = join(deps.folder, 'tree.json');
  let tree: readonly MailFolder[] = readTreeFile(treeFile);
  let session: Session | null = null;
  let connecting: Promise<Session> | null = null;
  let state: RemoteState = { state: 'connecting', failure: null, quota: null, reading: null };
  let timer: NodeJS.Timeout | null = null;
  let tries = 0;
  let closed = false;
  const waiting = new Set<string>();
  const urgent = new Set<string>();
  const lastRead = new Map<string, number>();
  const marks = new Map<string, string>();
  let reading: Promise<void> | null = null;

  const keyOf = (path: string) => `imap-${stableId(account.id, path)}`;
  const folders = (): readonly CatalogFolder[] =>
    tree
      .filter(({ selectable }) => selectable)
      .map(({ path, name, role }) => ({
        key: keyOf(path),
        mailbox,
        address: account.user,
        path: join(deps.folder, stableId(path)),
        name,
        role: role ?? (tree.some((other) => other.role === roleOf(name)) ? null : roleOf(name)),
      }));
  const pathOf = (key: string) => tree.find(({ path, selectable }) => selectable && keyOf(path) === key)?.path ?? null;
  const told = (change: Partial<RemoteState>) => {
    state = { ...state, ...change };
    deps.changed(null);
  };
  const later = (wait: number) => {
    if (timer !== null) clearTimeout(timer);
    timer = closed ? null : setTimeout(() => void (session === null ? connect() : lookAround()).catch(() => undefined), wait).unref();
  };

  const ended = (failure: MailError) => {
    const last = session;
    session = null;
    last?.watch?.close();
    void last?.browser.close();
    if (closed) return;
    const refused = failure.code === 'auth' || !failure.temporary;
    const kind = failure.code === 'secret-missing' ? 'needs-secret' : refused ? 'failed' : 'offline';
    told({ state: kind, failure: toFailure(failure), reading: null });
    // Refused once may be the server's bad day.
    const wait = deps.times.retry[Math.min(tries, deps.times.retry.length - 1)] ?? refusedWait;
    later(refused && tries > 0 ? Math.max(wait, refusedWait) : wait);
    tries += 1;
  };
  const begin = async (): Promise<Session> => {
    if (session === null) told({ state: 'connecting' });
    const { openBrowser } = await import('../imap/browse.js');
    const { openWatch } = await import('../imap/idle.js');
    let own: Session | null = null;
    const onClosed = (why: MailError | null) => {
      if (own !== null && session === own) ended(why ?? new MailError('connection-lost', 'the server closed the connection', true));
    };
    const options = { ...(await deps.login()), onClosed };
    const browser = await openBrowser(options);
    try {
      own = { browser, watch: null };
      await takeTree(browser);
      own.watch = await openWatch({ ...options, folder: 'INBOX', onChange: () => request(keyOf('INBOX'), true) });
      if (closed) throw new MailError('cancelled', 'the station is closing', true);
    } catch (error) {
      own?.watch?.close();
      own = null;
      void browser.close();
      throw error;
    }
    session = own;
    tries = 0;
    told({ state: 'online', failure: null });
    askFor(tree);
    later(deps.times.look);
    return own;
  };
  const connect = (): Promise<Session> => {
    if (closed) return Promise.reject(new MailError('cancelled', 'the station is closing', true));
    if (session?.browser.usable) return Promise.resolve(session);
    connecting ??= begin()
      .catch((error: unknown) => {
        const failure = error instanceof MailError ? error : new MailError('internal', String(error), true, { cause: error });
        deps.log('warn', `${account.name}: ${failure.message}`, account.id);
        ended(failure);
        throw failure;
      })
      .finally(() => {
        connecting = null;
      });
    return connecting;
  };

  const takeTree = async (browser: Browser) => {
    const found = await browser.tree();
    const quota = await browser.quota();
    const shape = (list: readonly MailFolder[]) =>
      JSON.stringify(list.map(({ path, role, subscribed, selectable }) => [path, role, subscribed, selectable]));
    const differs = shape(found) !== shape(tree);
    tree = found;
    state = { ...state, quota };
    if (differs) writeTreeFile(treeFile, tree);
    await deps.treeChanged();
    deps.changed(null);
  };
  /** Folders that are not as they were when they were last read. */
  const askFor = (list: readonly MailFolder[]) => {
    for (const { path, selectable, mark } of list) {
      const key = keyOf(path);
      if (selectable && (mark === '' || marks.get(key) !== mark)) request(key, false);
    }
  };
  const lookAround = async () => {
    const open = session;
    if (open === null) return;
    later(deps.times.look);
    await takeTree(open.browser);
    askFor(tree);
  };

  const request = (key: string, first: boolean) => {
    if (closed || session === null) return;
    (first ? urgent : waiting).add(key);
    reading ??= readAll().finally(() => {
      reading = null;
      if (state.reading !== null) told({ reading: null });
    });
  };
  const next = (): string | undefined => {
    const [key] = urgent.size > 0 ? urgent : waiting;
    if (key !== undefined) {
      urgent.delete(key);
      waiting.delete(key);
    }
    return key;
  };
  const readAll = async () => {
    for (let key = next(); key !== undefined && session !== null && !closed; key = next())
      await read(key).catch((error: unknown) => {
        if (session !== null) deps.log('warn', `${account.name}: ${error instanceof Error ? error.message : String(error)}`, account.id);
      });
  };
  const read = async (key: string): Promise<void> => {
    const { browser } = await connect();
    const path = pathOf(key);
    const folder = use((catalog) => catalog.folder(key));
    if (path === null || folder === null) return;
    const mark = tree.find((one) => one.path === path)?.mark ?? '';
    const pause = async () => {
      const [other] = [...urgent].filter((one) => one !== key);
      if (other !== undefined) {
        urgent.delete(other);
        waiting.delete(other);
        await read(other);
      }
    };
    const progress = (done: number, of: number) => told({ reading: { done, of } });
    await readFolder({ browser, use, insert: deps.insert, changed: () => deps.changed(key), progress, pause }, folder, path);
    lastRead.set(key, Date.now());
    marks.set(key, mark);
  };

  const mailboxNow = (): Mailbox => {
    const counts = use((catalog) => catalog.counts());
    const byKey = new Map(tree.map((folder) => [keyOf(folder.path), folder]));
    const list = folders().map(({ key, name, role }) => {
      const known = use((catalog) => catalog.folder(key));
      const complete = known !== null && readStamp(use((catalog) => catalog.stamp(known.row)))?.complete === true;
      const said = byKey.get(key);
      const { total = 0, unread = 0 } = complete ? (counts.get(known.row) ?? {}) : (said ?? {});
      return { id: key, name, role, total, unread, subscribed: said?.subscribed ?? true };
    });
    const address = account.identities[0]?.address ?? account.user;
    return {
      id: mailbox,
      kind: 'imap',
      domain: account.host,
      user: account.name,
      address,
      account: account.id,
      remote: state,
      folders: list,
    };
  };
  void connect().catch(() => undefined);
  return {
    id: account.id,
    folders,
    mailbox: mailboxNow,
    pathOf,
    browser: async () => (await connect()).browser,
    get online() {
      return session !== null;
    },
    look(key) {
      if (Date.now() - (lastRead.get(key) ?? 0) > moment) request(key, true);
    },
    read,
    async readTree() {
      await takeTree((await connect()).browser);
      askFor(tree);
    },
    wake() {
      tries = 0;
      void connect().catch(() => undefined);
    },
    async settled() {
      await connecting?.catch(() => undefined);
      while (reading !== null) await reading;
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      const last = session;
      session = null;
      last?.watch?.close();
      await last?.browser.close();
      await connecting?.catch(() => undefined);
      await reading?.catch(() => undefined);
    },
  };
}

function readTreeFile(path: string): readonly MailFolder[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as readonly MailFolder[];
  } catch {
    return [];
  }
}

/** What the server says counts; this is for the time when it says nothing. */
function writeTreeFile(path: string, tree: readonly MailFolder[]): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.tmp`, JSON.stringify(tree), { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}
