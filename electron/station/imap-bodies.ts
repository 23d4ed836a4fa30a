// Messages of IMAP accounts that were opened, kept so that they can be read offline: imap/ACCOUNT/FOLDER/VALIDITY.UID, 0600.
// It is a cache: its size is bounded, what was opened longest ago goes first, and a file has its name only when it is whole.
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../shared/error.js';

export interface Bodies {
  /** Path of the file; `fetch` writes it where it is not there yet. Throws what `fetch` throws. */
  read(folder: string, name: string, fetch: (write: (part: Uint8Array) => Promise<unknown>) => Promise<void>): Promise<string>;
  /** What is not of these accounts any more is deleted. */
  keepOnly(accounts: readonly string[]): Promise<void>;
}

interface Kept {
  readonly path: string;
  readonly octets: number;
  readonly used: number;
}
const unfinished = '.part';
/** Downloads between two looks at the size. */
const looks = 20;

export function openBodies(root: string, limit: number): Bodies {
  const coming = new Map<string, Promise<string>>();
  let made = 0;

  const download = async (folder: string, path: string, fetch: Parameters<Bodies['read']>[2]): Promise<string> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = `${path}.${process.pid}${unfinished}`;
    try {
      const file = await open(temporary, 'w', 0o600);
      try {
        await fetch((part) => file.writeFile(part));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw full(error, path);
    }
    made += 1;
    if (made % looks === 1) await prune(root, limit, path);
    return path;
  };
  return {
    async read(folder, name, fetch) {
      const path = join(folder, name);
      if ((await stat(path).catch(() => null)) !== null) {
        const now = new Date();
        await utimes(path, now, now).catch(() => undefined);
        return path;
      }
      const known = coming.get(path) ?? download(folder, path, fetch).finally(() => coming.delete(path));
      coming.set(path, known);
      return known;
    },
    async keepOnly(accounts) {
      const there = await readdir(root).catch(() => []);
      for (const name of there) if (!accounts.includes(name)) await rm(join(root, name), { recursive: true, force: true });
    },
  };
}

function full(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' ? new MailError('disk-full', `no room for ${path}`, true, { path, cause: error }) : error;
}

async function prune(root: string, limit: number, except: string): Promise<void> {
  const files: Kept[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])) {
    const path = join(entry.parentPath, entry.name);
    const found = entry.isFile() ? await stat(path).catch(() => null) : null;
    if (found === null || entry.name.endsWith('.json') || path === except) continue;
    // Left by a station that was killed.
    if (entry.name.endsWith(unfinished) && !entry.name.endsWith(`.${process.pid}${unfinished}`)) await rm(path, { force: true });
    else files.push({ path, octets: found.size, used: found.mtimeMs });
  }
  let octets = files.reduce((sum, file) => sum + file.octets, 0);
  for (const file of files.sort((one, other) => one.used - other.used)) {
    if (octets <= limit) return;
    await rm(file.path, { force: true });
    octets -= file.octets;
  }
}
