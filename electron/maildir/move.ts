// Move, copy and remove messages between Maildirs. Within a file system a move is one rename, so a crash leaves the
// message in exactly one place; across file systems the copy is durable before the source goes, so a crash may leave
// both, never none. The base name is kept: it carries the delivery key.
import { copyFile, link, lstat, open, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeMaildir, syncFolder } from './deliver.js';
import { onPresentName } from './flag.js';
import type { MaildirFile } from './list.js';
import { nameWithFlags, newName, parseName } from './names.js';

const isThere = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** `cur/` name in the destination: the same base, unless that is taken; then a new one with the same delivery key. */
async function targetFor(destination: string, present: MaildirFile, octets: number): Promise<string> {
  const same = join('cur', nameWithFlags(present.base, present.flags));
  if (!(await isThere(join(destination, same)))) return same;
  const { key } = parseName(present.base);
  return join('cur', nameWithFlags(`${newName(key ?? '')},S=${octets}`, present.flags));
}

/** Copies across file systems through tmp/, with the time of arrival. fsynced when it resolves; the name is not. */
async function carry(source: string, destination: string, target: string): Promise<void> {
  const tmp = join(destination, 'tmp', newName(''));
  try {
    await copyFile(source, tmp);
    const { atime, mtime } = await stat(source);
    await utimes(tmp, atime, mtime);
    const file = await open(tmp, 'r+');
    await file.chmod(0o600);
    await file.sync();
    await file.close();
    await link(tmp, join(destination, target));
  } finally {
    await rm(tmp, { force: true });
  }
}

async function moveOne(folder: string, file: string, destination: string): Promise<string> {
  return onPresentName(folder, file, async (present) => {
    const source = join(folder, present.file);
    const { size } = await stat(source);
    const target = await targetFor(destination, present, size);
    try {
      await rename(source, join(destination, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      await carry(source, destination, target);
      await syncFolder(join(destination, 'cur'));
      await unlink(source);
    }
    return target;
  });
}

/**
 * Moves one message into `destination` (made where missing). Resolves to its file there ('cur/NAME'), durable once
 * settleMoves() of both folders has resolved. Throws MailError `not-found`, `disk-full`, `not-writable`.
 */
export async function moveMessage(folder: string, file: string, destination: string): Promise<string> {
  await makeMaildir(destination);
  return folder === destination ? file : moveOne(folder, file, destination);
}

/** Makes moves durable: the destination first. */
export async function settleMoves(sources: Iterable<string>, destination: string): Promise<void> {
  await syncFolder(join(destination, 'cur'));
  for (const source of new Set(sources)) await Promise.all([syncFolder(join(source, 'new')), syncFolder(join(source, 'cur'))]);
}

/** A hard link where it can be (messages never change), else a copy. The copy has no delivery key: no maildrop stands behind it. */
export async function copyMessage(folder: string, file: string, destination: string): Promise<string> {
  await makeMaildir(destination);
  return onPresentName(folder, file, async (present) => {
    const source = join(folder, present.file);
    const { size } = await stat(source);
    const target = join('cur', nameWithFlags(`${newName('')},S=${size}`, present.flags));
    try {
      await link(source, join(destination, target));
    } catch (error) {
      if (!['EXDEV', 'EPERM', 'EMLINK'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await carry(source, destination, target);
    }
    await syncFolder(join(destination, 'cur'));
    return target;
  });
}

/** For good. A message that has gone already counts as removed. */
export async function removeMessage(folder: string, file: string): Promise<void> {
  try {
    await onPresentName(folder, file, async (present) => {
      await unlink(join(folder, present.file));
      await syncFolder(dirname(join(folder, present.file)));
    });
  } catch (error) {
    if ((error as { code?: string }).code !== 'not-found') throw error;
  }
}
