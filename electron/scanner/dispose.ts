// What is done with an infected file: moved, copied or removed. Never over another file, and only while it is still
// the file that was scanned. Killed at any moment the file is in one place or in both, and a name in the folder always
// stands for a whole file; done again, what is there already is found and not made twice.
import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, readFile, rm, stat, unlink, utimes } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

export type Disposal =
  | { readonly kind: 'none' }
  | { readonly kind: 'move' | 'copy'; readonly folder: string }
  | { readonly kind: 'remove' }
  /** Another part takes it in: durable there when `into` resolves; then it leaves its place. */
  | { readonly kind: 'hold'; readonly into: (path: Buffer) => Promise<void> };

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
  await unchanged(path, scanned);
  if (disposal.kind === 'move' || disposal.kind === 'copy') await elsewhere(path, disposal.folder);
  if (disposal.kind === 'move') await moveInto(disposal.folder, path, scanned);
  if (disposal.kind === 'copy') await copyInto(disposal.folder, path, scanned);
  if (disposal.kind === 'copy') return;
  if (disposal.kind === 'hold') await disposal.into(path);
  await unchanged(path, scanned);
  await unlink(path);
  if (disposal.kind === 'hold') await sync(folderOf(path));
}

async function unchanged(path: Buffer, scanned: Scanned): Promise<void> {
  const now = await lstat(path);
  if (!sameFile(now, scanned) || now.mtimeMs !== scanned.mtimeMs || now.size !== scanned.size)
    throw new Error('it changed while it was scanned; left as it is');
}

/** In its own folder the file is what stands in its way: taken for an earlier attempt's, it would be removed after it. */
async function elsewhere(path: Buffer, folder: string): Promise<void> {
  const [here, there] = await Promise.all([stat(folderOf(path)).catch(() => null), stat(folder).catch(() => null)]);
  if (here !== null && there !== null && sameFile(here, there)) throw new Error('it stands in that folder already; left as it is');
}

const sameFile = (one: Pick<Scanned, 'ino' | 'dev'>, other: Pick<Scanned, 'ino' | 'dev'>) => one.ino === other.ino && one.dev === other.dev;

/** The same file under a second name; on another file system, or where that is not allowed, a copy. */
async function moveInto(folder: string, path: Buffer, scanned: Scanned): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await place(folder, path, path, (there) => Promise.resolve(sameFile(there, scanned)));
  } catch (error) {
    if (!noLink.has(codeOf(error))) throw error;
    await copyInto(folder, path, scanned);
  }
}
const noLink = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES']);

async function copyInto(folder: string, path: Buffer, scanned: Scanned): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Named after the file, so that what a kill leaves of it is written anew and taken away by the next attempt.
  const part = inside(folder, `.todoku-${scanned.dev}-${scanned.ino}.part`);
  await rm(part, { force: true });
  await copyFile(path, part, constants.COPYFILE_EXCL);
  await utimes(part, scanned.mtimeMs / 1000, scanned.mtimeMs / 1000);
  await place(folder, path, part, (there, target) => sameContent(there, target, scanned, part));
  await unlink(part);
}

type Facts = Awaited<ReturnType<typeof lstat>> & Scanned;
type IsOurs = (there: Facts, target: Buffer) => Promise<boolean>;

/** Durable under the file's own name, or with .001, .002 ... behind it where that is taken, as clamdscan does. */
async function place(folder: string, path: Buffer, from: Buffer, isOurs: IsOurs): Promise<void> {
  const name = basename(path.toString('latin1'));
  await sync(from);
  for (let count = 0; count < 1000; count += 1) {
    const target = inside(folder, count === 0 ? name : `${name}.${String(count).padStart(3, '0')}`);
    if (await linkOrFind(from, target, isOurs)) return await sync(Buffer.from(folder));
  }
  throw new Error(`there are a thousand files of this name in ${folder}`);
}

async function linkOrFind(from: Buffer, target: Buffer, isOurs: IsOurs): Promise<boolean> {
  try {
    await link(from, target);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const there = (await lstat(target)) as Facts;
    return there.isFile() && (await isOurs(there, target));
  }
}

/** Left by an attempt that was cut short: a copy keeps the time of its file, to the microsecond. */
async function sameContent(there: Facts, target: Buffer, scanned: Scanned, part: Buffer): Promise<boolean> {
  if (there.size !== scanned.size || Math.abs(there.mtimeMs - scanned.mtimeMs) > 0.002) return false;
  return (await readFile(target)).equals(await readFile(part));
}

const folderOf = (path: Buffer): Buffer => Buffer.from(dirname(path.toString('latin1')), 'latin1');
/** Names are octets: latin1 keeps each. */
const inside = (folder: string, name: string): Buffer => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

async function sync(path: Buffer): Promise<void> {
  const file = await open(path, 'r');
  await file.sync().finally(() => file.close());
}
