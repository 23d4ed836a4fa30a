// Folders of local mailboxes: made, renamed, removed, subscribed. On disk first, then in the catalog.
import { MailError } from '../../shared/error.js';
import { folderTitle } from '../maildir/folder-name.js';
import { createFolder, removeFolder, renameFolder } from '../maildir/folders.js';
import { subscribe } from '../maildir/subscriptions.js';
import type { Catalog, KnownFolder } from './catalog.js';
import type { Scans } from './catalog-scan.js';
import type { Calls } from './context.js';
import type { Tree } from './mail-tree.js';
import { catalogFolder, type LocalMailbox } from './mailboxes.js';

export interface FolderDeps {
  readonly use: <T>(work: (catalog: Catalog) => T) => T;
  readonly tree: Tree;
  readonly scans: Pick<Scans, 'during'>;
}

export function openFolders({
  use,
  tree,
  scans,
}: FolderDeps): Calls<'folder.create' | 'folder.rename' | 'folder.remove' | 'folder.subscribe'> {
  const folderNamed = (key: string): { readonly folder: KnownFolder; readonly box: LocalMailbox } => {
    const folder = use((known) => known.folder(key));
    const box = folder === null ? null : tree.mailbox(folder.mailbox);
    if (folder === null || box === null) throw new MailError('not-found', 'this folder is no longer here', false);
    return { folder, box };
  };
  const directoryOf = ({ folder, box }: { readonly folder: KnownFolder; readonly box: LocalMailbox }) =>
    folder.path.slice(box.path.length + 1);
  const newTree = async () => {
    await tree.refresh();
    return tree.list();
  };

  return {
    'folder.create': async ({ mailbox, name }) => {
      const box = tree.mailbox(mailbox);
      if (box === null) throw new MailError('not-found', 'this mailbox is no longer here', false);
      const { directory } = await createFolder(box.path, name);
      await subscribe(box.path, directory, true);
      return newTree();
    },
    'folder.rename': async ({ folder: key, name }) => {
      const found = folderNamed(key);
      const below = use((known) => known.folders()).filter(
        ({ mailbox, path }) => mailbox === found.box.id && path.startsWith(found.folder.path),
      );
      const rename = async () => {
        const pairs = await renameFolder(found.box.path, directoryOf(found), name);
        const keyed = pairs.map(
          ([from, to]) => [catalogFolder(found.box, from, '').key, catalogFolder(found.box, to, folderTitle(to))] as const,
        );
        for (const [from, to] of keyed) use((known) => known.renameFolder(from, to));
      };
      await tree.hold(() =>
        scans.during(
          below.map((folder) => folder.key),
          rename,
        ),
      );
      return newTree();
    },
    'folder.remove': async ({ folder: key }) => {
      const found = folderNamed(key);
      await scans.during([key], () => removeFolder(found.box.path, directoryOf(found)));
      await subscribe(found.box.path, directoryOf(found), false);
      return newTree();
    },
    'folder.subscribe': async ({ folder: key, subscribed }) => {
      const found = folderNamed(key);
      if (found.folder.name !== '') await subscribe(found.box.path, directoryOf(found), subscribed);
      return tree.list();
    },
  };
}
