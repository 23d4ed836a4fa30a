// Where the program stands, whether it runs from its sources, from what is built of them, or installed.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, upwards from this file. Throws when there is none. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json is missing from this installation');
    folder = parent;
  }
  return folder;
}
