// Flags are letters in the file's name: to set one is to rename. Another program may rename the same file at the same
// time; then it is found again by its base name and the change is made on what it has become.
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../shared/error.js';
import { diskError } from './deliver.js';
import { findByBase, type MaildirFile } from './list.js';
import { nameWithFlags, parseName } from './names.js';

export interface FlagChange {
  readonly add: string;
  readonly remove: string;
}

/** How often a name may slip away before we give up; each time another program changed it. */
const attempts = 20;

export function changedFlags(flags: string, change: FlagChange): string {
  return [...flags, ...change.add].filter((flag) => !change.remove.includes(flag)).join('');
}

/** Runs `work` on the file; when it is gone (ENOENT), on the same message under its present name. */
export async function onPresentName<T>(folder: string, file: string, work: (present: MaildirFile) => Promise<T>): Promise<T> {
  const { base, flags } = parseName(file.slice(4));
  let present: MaildirFile | null = { file, base, flags };
  for (let attempt = 0; present !== null && attempt < attempts; attempt += 1) {
    try {
      return await work(present);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw diskError(error, join(folder, present.file));
    }
    present = await findByBase(folder, base);
  }
  throw new MailError('not-found', 'this message is no longer in its folder', false, { path: join(folder, file) });
}

/** Returns the file's new name. Throws MailError `not-found`, `not-writable`. Unknown flags are kept. */
export function setFlags(folder: string, file: string, change: FlagChange): Promise<string> {
  return onPresentName(folder, file, async (present) => {
    const target = `cur/${nameWithFlags(present.base, changedFlags(present.flags, change))}`;
    if (target !== present.file) await rename(join(folder, present.file), join(folder, target));
    return target;
  });
}
