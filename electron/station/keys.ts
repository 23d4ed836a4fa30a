// Which delivery keys already stand in the Maildirs. Asked only after a run that did not end: the Maildir is its own journal.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseName } from '../maildir/names.js';

/** Key -> Maildirs (their roots) in which a message with that key stands, in any folder, new or cur. */
export type FoundKeys = ReadonlyMap<string, ReadonlySet<string>>;

/** Walks every given Maildir and its Maildir++ folders. A Maildir that is not there yet has no keys. */
export async function findKeys(maildirs: readonly string[]): Promise<FoundKeys> {
  const found = new Map<string, Set<string>>();
  for (const maildir of new Set(maildirs)) {
    const folders = (await names(maildir)).filter((name) => name.startsWith('.') && name !== '.' && name !== '..');
    for (const folder of [maildir, ...folders.map((name) => join(maildir, name))]) {
      for (const part of ['new', 'cur']) {
        for (const file of await names(join(folder, part))) {
          const { key } = parseName(file);
          if (key !== null) found.set(key, (found.get(key) ?? new Set()).add(maildir));
        }
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
