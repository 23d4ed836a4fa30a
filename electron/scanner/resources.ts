// Files that ship beside the code: found from the source tree as well as from the built bundle.
import { cpSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const landmark = 'clamd.conf.template';

/** Absolute path of resources/: the nearest one above this file that holds what we look for. */
export function resourcesFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, landmark))) return candidate;
    const parent = dirname(folder);
    if (parent === folder) throw new Error('resources/ is missing from this installation');
    folder = parent;
  }
}

/** The test signatures (EICAR, ClamAV's test files) as a folder that clamd can read: copied out of a packed app. */
export function bundledSignatures(runFolder: string): string {
  const folder = join(resourcesFolder(), 'signatures');
  if (!folder.includes('.asar')) return folder;
  const copy = join(runFolder, 'signatures');
  cpSync(folder, copy, { recursive: true });
  return copy;
}
