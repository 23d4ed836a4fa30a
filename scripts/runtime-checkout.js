// A runtime folder for one checkout: links to the shared runtime, with this checkout as its resources/app.
// Electron finds `resources` beside its executable, so the executable is a hard link (or a copy), never a symbolic one.
import { constants, existsSync, readlinkSync } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { uniqueName } from './runtime-registry.js';

/** Path of an executable that starts the app in `checkout` on the runtime in `runtime`. */
export async function checkoutRuntime(runtime, checkout) {
  const parent = join(checkout, 'node_modules', '.cache', 'todoku');
  const folder = join(parent, 'electron');
  if (!isFor(folder, runtime, checkout)) {
    const work = join(parent, uniqueName('electron'));
    await build(work, runtime, checkout);
    const old = join(parent, uniqueName('old'));
    await rename(folder, old).catch(() => undefined);
    await rename(work, folder).catch((error) => {
      if (!isFor(folder, runtime, checkout)) throw error;
    });
    await rm(work, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
  return join(folder, 'electron');
}

function isFor(folder, runtime, checkout) {
  try {
    return (
      readlinkSync(join(folder, 'resources', 'app')) === checkout &&
      readlinkSync(join(folder, 'icudtl.dat')) === join(runtime, 'icudtl.dat')
    );
  } catch {
    return false;
  }
}

async function build(folder, runtime, checkout) {
  await mkdir(join(folder, 'resources'), { recursive: true });
  for (const name of await readdir(runtime)) {
    if (name === 'resources') continue;
    const from = join(runtime, name);
    if (name === 'electron' || name === 'chrome_crashpad_handler') await hardLink(from, join(folder, name));
    else await symlink(from, join(folder, name));
  }
  for (const name of await readdir(join(runtime, 'resources')).catch(() => []))
    if (name !== 'app') await symlink(join(runtime, 'resources', name), join(folder, 'resources', name));
  await symlink(checkout, join(folder, 'resources', 'app'));
  if (!existsSync(join(folder, 'version'))) await writeFile(join(folder, 'version'), '');
}

async function hardLink(from, to) {
  await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE));
}
