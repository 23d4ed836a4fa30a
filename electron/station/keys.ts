// Which delivery keys already stand in the Maildirs. Asked only after a run that did not end: the Maildir is its own journal.
// A link may be there without being durable: the folder of what is found is fsynced before anybody builds on it (DELE does).
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../maildir/deliver.js';
import { parseName } from '../maildir/names.js';

/** Key -> Maildirs (their roots) in which a message with that key stands, in any folder, new or cur. */
export type FoundKeys = ReadonlyMap<string, ReadonlySet<string>>;

/** Walks every given Maildir and its Maildir++ folders. A Maildir that is not there yet has no keys. What is returned is durable. */
export async function findKeys(maildirs: readonly string[]): Promise<FoundKeys> {
  const found = new Map<string, Set<string>>();
  for (const maildir of new Set(maildirs)) {
    const folders = (await names(maildir)).filter((name) => name.startsWith('.') && name !== '.' && name !== '..');
    for (const folder of [maildir, ...folders.map((name) => join(maildir, name))]) {
      for (const part of ['new', 'cur']) {
        const keys = (await names(join(folder, part))).flatMap((file) => parseName(file).key ?? []);
        if (keys.length > 0) await syncFolder(join(folder, part));
        for (const key of keys) found.set(key, (found.get(key) ?? new Set()).add(maildir));
      }
    }
  }
  return found;
}

async function names(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
