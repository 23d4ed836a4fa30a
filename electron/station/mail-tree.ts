// The tree of local mailboxes and folders: read from the disk, watched, and given to the catalog.
import { join } from 'node:path';
import type { Folder, Mailbox } from '../../shared/message.js';
import { readSubscriptions } from '../maildir/subscriptions.js';
import { watchFolder, watchTree } from '../maildir/watch.js';
import type { Catalog, CatalogFolder } from './catalog.js';
import type { Context } from './context.js';
import { findMailboxes, foldersOf, type LocalMailbox } from './mailboxes.js';

export interface TreeDeps extends Pick<Context, 'home' | 'settings'> {
  readonly use: <T>(work: (catalog: Catalog) => T) => T;
  /** Folders that are on no disk of ours. */
  readonly remote: () => readonly CatalogFolder[];
  /** Names changed in a folder's new/ or cur/. */
  readonly touched: (folder: string) => void;
  /** Folders came or went. */
  readonly changed: () => void;
}
export interface Tree {
  /** Reads the disk again; new folders are announced to `touched`. */
  refresh(): Promise<void>;
  /** Folders are not read while `work` changes them: a folder half renamed is not one that went and one that came. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  mailboxes(): readonly LocalMailbox[];
  mailbox(id: string): LocalMailbox | null;
  list(): Promise<readonly Mailbox[]>;
  close(): void;
}

const order = ['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash'];
const rank = (folder: Folder) => (folder.role === null ? order.length : order.indexOf(folder.role));

export function openTree(deps: TreeDeps): Tree {
  const watches = new Map<string, () => void>();
  const roots = new Map<string, () => void>();
  let boxes: readonly LocalMailbox[] = [];
  let shape = '';
  let subscribed = '';
  let refreshing: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let held: Promise<unknown> = Promise.resolve();

  const watchAll = (folders: readonly CatalogFolder[]) => {
    const wanted = new Map(folders.map(({ key, path }) => [`${key} ${path}`, { key, path }]));
    for (const [name, stop] of watches) {
      if (wanted.has(name)) continue;
      stop();
      watches.delete(name);
    }
    for (const [name, { key, path }] of wanted) {
      if (!watches.has(name))
        watches.set(
          name,
          watchFolder(path, () => deps.touched(key)),
        );
    }
  };
  const watchRoots = () => {
    const { mail } = deps.home;
    const paths = new Set([mail, ...boxes.flatMap((box) => [box.path, join(box.path, '..')])]);
    for (const [path, stop] of roots) {
      if (paths.has(path)) continue;
      stop();
      roots.delete(path);
    }
    for (const path of paths)
      if (!roots.has(path))
        roots.set(
          path,
          watchTree(path, () => void refresh()),
        );
  };
  const read = async () => {
    boxes = await findMailboxes(deps.home.mail, deps.settings.read());
    const local = (await Promise.all(boxes.map(foldersOf))).flat();
    const folders = [...local, ...deps.remote()];
    const subscriptions = JSON.stringify(await Promise.all(boxes.map(async ({ path }) => [...(await readSubscriptions(path))])));
    if (closed) return;
    const shown = subscriptions !== subscribed;
    subscribed = subscriptions;
    const now = JSON.stringify(folders);
    if (now === shape) {
      if (shown) deps.changed();
      return;
    }
    const before = new Set(deps.use((catalog) => catalog.folders()).map(({ key }) => key));
    deps.use((catalog) => catalog.setFolders(folders));
    shape = now;
    watchAll(local);
    watchRoots();
    for (const { key } of local) if (!before.has(key)) deps.touched(key);
    deps.changed();
  };
  /** Calls that come while one is under way share the next one. */
  const refresh = (): Promise<void> => {
    if (refreshing !== null) {
      again = true;
      return refreshing;
    }
    refreshing = (async () => {
      do {
        again = false;
        await held;
        await read();
      } while (again);
    })().finally(() => {
      refreshing = null;
    });
    return refreshing;
  };
  const foldersIn = async (box: LocalMailbox): Promise<readonly Folder[]> => {
    const subscribed = await readSubscriptions(box.path);
    const counts = deps.use((catalog) => catalog.counts());
    const own = deps.use((catalog) => catalog.folders()).filter(({ mailbox }) => mailbox === box.id);
    const folders = own.map(({ key, row, name, role, path }) => {
      const { total = 0, unread = 0 } = counts.get(row) ?? {};
      return { id: key, name, role, total, unread, subscribed: name === '' || subscribed.has(path.slice(box.path.length + 1)) };
    });
    return folders.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  };
  const hold = async <T>(work: () => Promise<T>): Promise<T> => {
    await held;
    await refreshing;
    const working = work();
    held = working.catch(() => undefined);
    return working;
  };
  return {
    refresh,
    hold,
    mailboxes: () => boxes,
    mailbox: (id) => boxes.find((box) => box.id === id) ?? null,
    list: () =>
      Promise.all(
        boxes.map(async (box) => ({
          id: box.id,
          kind: 'local' as const,
          domain: box.domain,
          user: box.user,
          address: box.address,
          account: box.account,
          folders: await foldersIn(box),
        })),
      ),
    close() {
      closed = true;
      for (const stop of [...watches.values(), ...roots.values()]) stop();
      watches.clear();
      roots.clear();
    },
  };
}
