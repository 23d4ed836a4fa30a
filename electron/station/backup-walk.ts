// The files of a Maildir tree that a backup holds: messages, held ones' reasons, subscriptions. Others (Dovecot's indexes, tmp/) are
// made anew by whoever needs them.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type EntryPlace, placeOf, type SavedRoot } from './backup-names.js';

export interface SavedFile {
  readonly entry: string;
  readonly path: string;
  readonly place: EntryPlace;
}

export async function* filesOf(root: SavedRoot, below: readonly string[] = []): AsyncGenerator<SavedFile> {
  const folder = join(root.path, ...below);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const found of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const names = [...below, found.name];
    if (found.isDirectory() && found.name !== 'tmp') yield* filesOf(root, names);
    if (!found.isFile()) continue;
    const entry = [root.prefix, ...names].join('/');
    const place = placeOf(entry, [root]);
    if (place !== null) yield { entry, path: join(folder, found.name), place };
  }
}
