// Reading mail behind the window: mailboxes, lists, search, one message and its parts. The Maildirs are the truth; the
// catalog follows them. What the station delivers is entered at once (`arrived`), what others do is noticed.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MailError } from '../../shared/error.js';
import type { MessageView, RemoteState } from '../../shared/message.js';
import { findByBase } from '../maildir/list.js';
import { sweepTmp } from '../maildir/sweep.js';
import { headOf } from '../message/envelope.js';
import { rawView, readBeginning } from '../message/view-raw.js';
import { openNetwork, type RemotePorts } from '../remote/fetch.js';
import { type Catalog, type KnownFolder, type Located, openCatalog } from './catalog.js';
import { openReader } from './catalog-reader.js';
import type { CatalogReports } from './catalog-reports.js';
import { openScans } from './catalog-scan.js';
import { deleteCatalog } from './catalog-schema.js';
import type { NewRow } from './catalog-writer.js';
import type { Calls, Context, Part } from './context.js';
import { openImapActions } from './imap-actions.js';
import { type ImapLogin, openImapMailboxes } from './imap-mailboxes.js';
import { unscanned } from './imap-rows.js';
import { isInside, openInside, outermost, type PresentMessage } from './inside.js';
import { openActions } from './mail-actions.js';
import { announcer } from './mail-announcer.js';
import { openFolders } from './mail-folders.js';
import { withRemote } from './mail-remote.js';
import { openTree } from './mail-tree.js';
import { openRemoteImages, type RemoteImages } from './remote-images.js';

export type MailCalls = Calls<
  | 'mailbox.list'
  | 'folder.create'
  | 'folder.rename'
  | 'folder.remove'
  | 'folder.subscribe'
  | 'message.list'
  | 'message.thread'
  | 'message.open'
  | 'message.flag'
  | 'message.move'
  | 'message.copy'
  | 'message.remove'
  | 'message.images'
  | 'message.card'
>;

export interface MailDeps extends Context {
  /** Built worker script (`out/main/worker.js`); null: messages are read in this thread. */
  readonly worker: string | URL | null;
  /** Base of the URLs of a message's parts. */
  readonly partsUrl: (id: string) => string;
  /** Where remote images are asked; default: the open network. */
  readonly network?: RemotePorts;
  /** How IMAP accounts are reached; without it none is opened. */
  readonly imap?: ImapLogin;
}

export interface Mail {
  readonly calls: MailCalls;
  /** A message's part, 'html' or 'source'. Throws MailError `not-found` or `unparsable`. */
  openPart(id: string, part: string): Promise<Part>;
  readonly images: RemoteImages;
  /** The bytes as they are. Throws MailError `not-found`. */
  readRaw(id: string): Promise<Buffer>;
  /** Absolute path of the message now. */
  fileOf(id: string): Promise<string>;
  /** Messages here with this Message-ID (with its brackets). */
  findIdentifier(messageId: string): readonly string[];
  readonly reports: Pick<CatalogReports, 'since' | 'originals'>;
  /** The station has delivered `path` (an absolute file in a Maildir's new/ or cur/). Resolves to its id. */
  arrived(path: string): Promise<string | null>;
  /** A file has come or gone in this Maildir (an absolute path): it is looked at again. */
  changed(maildir: string): void;
  /** Mailboxes may have come or gone (settings changed). */
  refresh(): Promise<void>;
  /** IMAP accounts: connect now; how one is doing, null where it is none of them. */
  wake(): void;
  remoteState(account: string): RemoteState | null;
  unread(): number;
  indexing(): { readonly done: number; readonly of: number } | null;
  /** The catalog was missing or broken at the start, and is being read again. */
  readonly rebuilding: boolean;
  /** Resolves when everything asked for so far has been read; for tests and one-shot commands. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Octets shown of a message that killed its reader. */
const beginningShown = 65_536;

/** SQLite's words for a file that is no database any more. */
function isBroken(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return /^SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN)/.test(String(code)) || /malformed|not a database|disk image/i.test(message);
}

export async function openMail(deps: MailDeps): Promise<Mail> {
  const { home, log, emit } = deps;
  let catalog = openCatalog(home.catalog);
  let closed = false;
  const rebuilding = catalog.fresh;
  let reportsThen = catalog.reports.stamp();
  const announcements = announcer((folder) => {
    emit('mailbox.changed', { folder });
    const now = closed ? reportsThen : use((known) => known.reports.stamp());
    if (now !== reportsThen) emit('bounce.changed', {});
    reportsThen = now;
  });

  /** Runs against the catalog; when that turns out to be broken, it is made anew and read again from the Maildirs. */
  const use = <T>(work: (present: Catalog) => T): T => {
    try {
      return work(catalog);
    } catch (error) {
      if (closed || !isBroken(error)) throw error;
      rebuild(error);
      return work(catalog);
    }
  };
  const rebuild = (error: unknown) => {
    log('warn', `the catalog is broken and is made anew: ${(error as Error).message}`);
    const folders = catalog.folders();
    try {
      catalog.close();
    } catch {
      // A broken file may not even close; it is deleted next.
    }
    deleteCatalog(home.catalog);
    catalog = openCatalog(home.catalog);
    catalog.setFolders(folders);
    for (const { key } of folders) scans.request(key);
    imap.anew();
    announcements.announce(null);
  };
  const reader = openReader(deps.worker);
  const inside = openInside({ folder: join(home.run, 'inside'), reader, outer: (id) => present(id) });
  /** A thread that finds the catalog broken: it is made anew, and what asked for it is asked again by the scan that follows. */
  const inThread = async <T>(work: () => Promise<T>): Promise<T> => {
    const { epoch } = catalog;
    try {
      return await work();
    } catch (error) {
      if (!closed && isBroken(error) && catalog.epoch === epoch) rebuild(error);
      throw error;
    }
  };
  const insert = async (rows: readonly NewRow[]): Promise<readonly string[]> => {
    if (rows.length === 0) return [];
    const { path, epoch } = catalog;
    const numbers = await inThread(() => reader.insert({ path, epoch, rows }));
    return use((present) => (present.epoch === epoch ? present.inserted(numbers) : []));
  };
  const compare = (folder: KnownFolder) =>
    inThread(() => reader.compare({ path: catalog.path, epoch: catalog.epoch, folder: { row: folder.row, path: folder.path } }));
  const scans = openScans({
    use,
    reader,
    compare,
    insert,
    log,
    changed: announcements.announce,
    progress: () => emit('status.changed', {}),
  });
  const actions = openActions({ use, scans, reader, insert, changed: announcements.announce });
  const imap = openImapMailboxes({
    ...deps,
    login: deps.imap ?? null,
    use,
    insert,
    reader,
    changed: announcements.announce,
    treeChanged: () => tree.refresh(),
  });
  const tree = openTree({
    ...deps,
    use,
    remote: imap.folders,
    touched: scans.request,
    changed: () => announcements.announce(null),
  });
  const imapActions = openImapActions({
    use,
    accountOf: imap.accountOf,
    local: actions,
    bytes: async (id) => (await present(id)).path,
    changed: announcements.announce,
  });

  const located = (id: string): Located => {
    const [found] = use((present) => present.locate([id]));
    if (found === undefined) throw new MailError('not-found', 'this message is no longer here', false);
    return found;
  };
  /** The file under its present name: another program may have changed its flags a moment ago. */
  const present = async (id: string): Promise<PresentMessage> => {
    if (isInside(id)) return inside.open(id);
    const message = located(id);
    const { folder, file, base } = message;
    const size = (path: string) =>
      stat(path).then(
        (found) => found.size,
        () => null,
      );
    const path = imap.owns(folder.key) ? await imap.file(message) : join(folder.path, file);
    const octets = await size(path);
    if (octets !== null) return { envelope: message.envelope, path, octets };
    scans.request(folder.key);
    const moved = await findByBase(folder.path, base);
    const there = moved === null ? null : join(folder.path, moved.file);
    const now = there === null ? null : await size(there);
    if (there === null || now === null) throw new MailError('not-found', 'this message is no longer in its folder', false);
    return { envelope: message.envelope, path: there, octets: now };
  };
  /** Of the message that was scanned. */
  const verdictAround = async (id: string) => {
    const { envelope, path } = await present(outermost(id));
    return imap.owns(envelope.folder) ? unscanned : headOf((await readBeginning(path, beginningShown)).fields).verdict;
  };
  const openMessage = async (id: string, charset: string | null): Promise<MessageView> => {
    const { envelope, path } = await present(id);
    const shared = {
      envelope,
      partsUrl: deps.partsUrl(id),
      ...(isInside(id) || imap.owns(envelope.folder) ? { verdict: await verdictAround(id) } : {}),
    };
    try {
      return { ...(await reader.view({ path, charset })), ...shared };
    } catch (error) {
      if (!(error instanceof MailError) || error.code !== 'unparsable') throw error;
      return { ...rawView(await readBeginning(path, beginningShown), null, error.facts.said ?? error.message), ...shared };
    }
  };
  const images = openRemoteImages({
    settings: deps.settings,
    network: deps.network ?? openNetwork,
    envelope: async (id) => (await present(id)).envelope,
    urls: async (id) => reader.remotes({ path: (await present(id)).path, charset: null }),
  });

  const localCalls: MailCalls = {
    'mailbox.list': () => tree.list(),
    ...openFolders({ use, tree, scans }),
    'message.list': async (query) => {
      reader.warm();
      return use((known) => known.page(query));
    },
    'message.thread': async ({ thread }) => use((known) => known.thread(thread)),
    'message.open': ({ id, charset }) => openMessage(id, charset),
    'message.flag': ({ ids, flag, on }) => actions.flag(ids, flag, on),
    'message.move': ({ ids, folder }) => actions.move(ids, folder),
    'message.copy': ({ ids, folder }) => actions.copy(ids, folder),
    'message.remove': ({ ids }) => actions.remove(ids),
    'message.images': images.allow,
    'message.card': async ({ id, part }) => reader.card({ path: (await present(id)).path, part }),
  };

  const calls = withRemote(localCalls, { imap, actions: imapActions, use, newTree: tree.refresh });

  const arrived = async (path: string): Promise<string | null> => {
    const maildir = dirname(dirname(path));
    const find = () => use((known) => known.folders()).find((folder) => folder.path === maildir);
    if (find() === undefined) await tree.refresh();
    const folder = find();
    if (folder === undefined) return null;
    const [id] = await actions.enter(folder, [`${basename(dirname(path))}/${basename(path)}`]);
    announcements.announce(folder.key);
    return id ?? null;
  };
  const openPart = async (id: string, part: string): Promise<Part> => {
    const { envelope, path, octets } = await present(id);
    if (part === 'source') {
      const name = `${envelope.subject.slice(0, 80) || 'message'}.eml`;
      return { type: 'message/rfc822', name, octets, body: createReadStream(path) };
    }
    const [kind = '', charset = null] = part.split(';');
    const found = await reader.part({ path, part: kind, base: deps.partsUrl(id), charset });
    if (found === null) throw new MailError('not-found', 'this message has no such part', false);
    return { type: found.type, name: found.name, octets: found.bytes.length, body: once(found.bytes) };
  };

  await imap.refresh();
  await tree.refresh();
  // A folder whose stamp is what it was is left alone, so this is cheap.
  for (const { key } of use((known) => known.folders())) scans.request(key);
  for (const { path } of use((known) => known.folders())) void sweepTmp(path);
  return {
    calls,
    openPart,
    images,
    readRaw: async (id) => readFile((await present(id)).path),
    fileOf: async (id) => (await present(id)).path,
    findIdentifier: (messageId) => use((known) => known.findIdentifier(messageId)),
    reports: {
      since: (since) => use((known) => known.reports.since(since)),
      originals: (messageIds) => use((known) => known.reports.originals(messageIds)),
    },
    arrived,
    changed(maildir) {
      const folder = use((known) => known.folders()).find(({ path }) => path === maildir);
      if (folder !== undefined) scans.request(folder.key);
    },
    async refresh() {
      await imap.refresh();
      await tree.refresh();
    },
    wake: imap.wake,
    remoteState: (account) => imap.mailbox(`imap-${account}`)?.mailbox().remote ?? null,
    unread() {
      const counts = use((known) => known.counts());
      const folders = use((known) => known.folders()).filter(({ role }) => role !== 'trash' && role !== 'junk');
      return folders.reduce((sum, { row }) => sum + (counts.get(row)?.unread ?? 0), 0);
    },
    indexing: scans.indexing,
    rebuilding,
    async settled() {
      await scans.settled();
      await imap.settled();
    },
    async close() {
      closed = true;
      await imap.close();
      tree.close();
      await scans.close();
      await reader.close();
      await inside.close();
      announcements.stop();
      catalog.close();
    },
  };
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
