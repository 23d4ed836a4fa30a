// Files that ship beside the code: found from the source tree as well as from the built bundle.
import { cpSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const landmark = 'clamd.conf.template';

const inArchive = /\.asar(?=[\\/]|$)/;

/** Absolute path of resources/: the nearest one above this file that holds what we look for; of a packed app, what lies beside its archive. */
export function resourcesFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, landmark))) return besideArchive(candidate);
    const parent = dirname(folder);
    if (parent === folder) throw new Error('resources/ is missing from this installation');
    folder = parent;
  }
}

/** Other programs (clamd) cannot read in an archive. */
function besideArchive(folder: string): string {
  const beside = folder.replace(inArchive, '.asar.unpacked');
  return beside !== folder && existsSync(join(beside, landmark)) ? beside : folder;
}

/** The test signatures (EICAR, ClamAV's test files) as a folder that clamd can read: copied out of a packed app. */
export function bundledSignatures(runFolder: string): string {
  const folder = join(resourcesFolder(), 'signatures');
  if (!inArchive.test(folder)) return folder;
  const copy = join(runFolder, 'signatures');
  cpSync(folder, copy, { recursive: true });
  return copy;
}
