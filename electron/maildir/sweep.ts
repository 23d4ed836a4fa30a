// maildir(5): what lies in tmp/ for 36 hours was left by a writer that died.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const tmpAge = 36 * 3600_000;

/** Removes old tmp/ files, and folders whose removal was cut short. Returns how many; never throws. */
export async function sweepTmp(maildir: string, now = Date.now()): Promise<number> {
  const names = await readdir(join(maildir, 'tmp')).catch(() => [] as string[]);
  let swept = 0;
  for (const name of names) {
    const path = join(maildir, 'tmp', name);
    const found = await stat(path).catch(() => null);
    if (found?.isFile() !== true || now - Math.max(found.mtimeMs, found.ctimeMs) < tmpAge) continue;
    await rm(path, { force: true }).catch(() => undefined);
    swept += 1;
  }
  await sweepRemoved(maildir);
  return swept;
}

async function sweepRemoved(maildir: string): Promise<void> {
  const entries = await readdir(maildir).catch(() => [] as string[]);
  for (const entry of entries.filter((name) => name.startsWith('..todoku-removed-'))) {
    await rm(join(maildir, entry), { recursive: true, force: true }).catch(() => undefined);
  }
}
