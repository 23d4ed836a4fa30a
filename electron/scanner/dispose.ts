// What is done with an infected file: moved, copied or removed. Never over another file, and only while it is still
// the file that was scanned.
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, open, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export type Disposal =
  | { readonly kind: 'none' }
  | { readonly kind: 'move' | 'copy'; readonly folder: string }
  | { readonly kind: 'remove' };

/** Identity of the file as it was scanned. */
export interface Scanned {
  readonly ino: number;
  readonly dev: number;
  readonly mtimeMs: number;
  readonly size: number;
}

/** Throws where it cannot: then the file is where it was (after a copy that could not be followed by removal, in both places). */
export async function dispose(path: Buffer, scanned: Scanned, disposal: Disposal): Promise<void> {
  if (disposal.kind === 'none') return;
  const now = await lstat(path);
  const same = now.ino === scanned.ino && now.dev === scanned.dev && now.mtimeMs === scanned.mtimeMs && now.size === scanned.size;
  if (!same) throw new Error('it changed while it was scanned; left as it is');
  if (disposal.kind !== 'remove') await place(path, disposal.folder);
  if (disposal.kind !== 'copy') await unlink(path);
}

/** Under its own name, or with .001, .002 ... behind it where that is taken, as clamdscan does. */
async function place(path: Buffer, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = basename(path.toString('latin1'));
  for (let count = 0; count < 1000; count += 1) {
    const target = Buffer.from(
      join(Buffer.from(folder).toString('latin1'), count === 0 ? name : `${name}.${String(count).padStart(3, '0')}`),
      'latin1',
    );
    if (await copyNew(path, target)) return await settle(target);
  }
  throw new Error(`there are a thousand files of this name in ${folder}`);
}

async function copyNew(from: Buffer, to: Buffer): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function settle(path: Buffer): Promise<void> {
  for (const target of [path, Buffer.from(dirname(path.toString('latin1')), 'latin1')]) {
    const file = await open(target, 'r');
    await file.sync().finally(() => file.close());
  }
}
