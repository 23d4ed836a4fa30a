// Maildir++ folders of one mailbox: `.Name.Sub` beside new/ cur/ tmp/, each a Maildir with an empty `maildirfolder` file.
// Dovecot may read and write the same tree; files that begin with `dovecot` are its own and stay untouched.
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../shared/error.js';
import { diskError, makeMaildir, syncFolder } from './deliver.js';
import { folderDirectory, folderTitle, isAscii, isFolderEntry } from './folder-name.js';
import { newName } from './names.js';
import { renameSubscriptions } from './subscriptions.js';

export interface MaildirFolder {
  /** Name of the directory below the mailbox, '' for the inbox. */
  readonly directory: string;
  /** Decoded, levels joined by '/', '' for the inbox. */
  readonly name: string;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** All folders, the inbox first. A mailbox that is not there yet has only its inbox. */
export async function listFolders(root: string): Promise<readonly MaildirFolder[]> {
  const entries = await readdir(root).catch(() => [] as string[]);
  const candidates = entries.filter(isFolderEntry).sort();
  const real = await Promise.all(candidates.map((entry) => isFolder(join(root, entry, 'cur'))));
  const folders = candidates.filter((_, at) => real[at]).map((directory) => ({ directory, name: folderTitle(directory) }));
  return [{ directory: '', name: '' }, ...folders];
}

/** Dovecot's `UTF-8` choice is not on disk: a mailbox that has raw UTF-8 names gets more of them, others modified UTF-7. */
async function directoryFor(root: string, name: string): Promise<string> {
  const entries = await readdir(root).catch(() => [] as string[]);
  return folderDirectory(
    name,
    entries.some((entry) => isFolderEntry(entry) && !isAscii(entry)),
  );
}

/** Throws MailError `usage` (name) or `conflict` (it exists). On disk: a complete Maildir, its name durable. */
export async function createFolder(root: string, name: string): Promise<MaildirFolder> {
  const directory = await directoryFor(root, name);
  const path = join(root, directory);
  // Without cur/ it is what a crash left of one that was being made: it is completed.
  if (directory === '' || /^inbox$/i.test(name) || (await isFolder(join(path, 'cur')))) throw exists(name);
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    await makeMaildir(path);
    await writeFile(join(path, 'maildirfolder'), '', { mode: 0o600 });
    await syncFolder(path);
    await syncFolder(root);
  } catch (error) {
    throw diskError(error, path);
  }
  return { directory, name: folderTitle(directory) };
}

function exists(name: string): MailError {
  return new MailError('conflict', `there is a folder ${name || 'INBOX'} already`, false, { name });
}

function refuseInbox(directory: string): void {
  if (!isFolderEntry(directory)) throw new MailError('usage', 'the inbox can be neither renamed nor removed', false);
}

/** The folder and those below it; subscriptions follow. Returns old and new directory of each. */
export async function renameFolder(root: string, directory: string, name: string): Promise<readonly (readonly [string, string])[]> {
  refuseInbox(directory);
  const target = await directoryFor(root, name);
  if (target.startsWith(`${directory}.`)) throw new MailError('usage', 'a folder cannot move into itself', false, { name });
  if (target === '' || /^inbox$/i.test(name) || (await isFolder(join(root, target)))) throw exists(name);
  const folders = await listFolders(root);
  const moving = folders.filter((folder) => folder.directory === directory || folder.directory.startsWith(`${directory}.`));
  const pairs = moving.map((folder) => [folder.directory, target + folder.directory.slice(directory.length)] as const);
  try {
    for (const [from, to] of pairs) await rename(join(root, from), join(root, to));
    await renameSubscriptions(root, pairs);
    await syncFolder(root);
  } catch (error) {
    throw diskError(error, join(root, target));
  }
  return pairs;
}

/** The folder and its messages, for good; folders below it stay. It disappears at once, the bytes follow. */
export async function removeFolder(root: string, directory: string): Promise<void> {
  refuseInbox(directory);
  const doomed = join(root, `..todoku-removed-${newName('')}`);
  try {
    await rename(join(root, directory), doomed);
    await syncFolder(root);
    await rm(doomed, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new MailError('not-found', 'this folder is gone', false);
    throw diskError(error, join(root, directory));
  }
}
