// Deliver one message into a Maildir. begin -> write -> seal -> link -> synced, or abort.
// After seal() the tmp/ file is complete and fsynced; after link() the message is in new/ under a name that
// carries its delivery key; only after syncFolder(new/) is it safe to delete it elsewhere. After abort(), or a
// crash before link(), only a tmp/ file remains: sweepTmp() removes it after 36 hours (maildir(5)).
import { type FileHandle, link, mkdir, open, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../shared/error.js';
import { newName } from './names.js';

/**
 * Creates new/, cur/ and tmp/ (0700) where they are missing, and makes their names durable. tmp/ comes last: where it stands,
 * after a crash or beside another delivery that makes the same Maildir, the others do.
 */
export async function makeMaildir(maildir: string): Promise<void> {
  let made: string | undefined;
  for (const part of ['new', 'cur', 'tmp']) made = (await mkdir(join(maildir, part), { recursive: true, mode: 0o700 })) ?? made;
  if (made === undefined) return;
  // Every folder between the first one made and the Maildir is a new name in its parent.
  for (let folder = maildir; folder.length >= made.length; folder = join(folder, '..')) await fsyncPath(folder);
  await fsyncPath(join(made, '..'));
}

export interface Delivery {
  readonly maildir: string;
  /** Appends; several buffers go out in one call. */
  write(chunks: readonly Uint8Array[]): Promise<void>;
  /** fsyncs and closes the file. Nothing can be written after it. */
  seal(): Promise<void>;
  /** Links into new/ and drops the tmp name; resolves to the file's path. The name is not durable before syncFolder(). */
  link(): Promise<string>;
  /** Removes the tmp file; the message was never visible. */
  abort(): Promise<void>;
}

/** Opens a tmp/ file (O_EXCL, 0600). Throws MailError `disk-full`, `not-writable` or `maildir`, with the path. */
export async function beginDelivery(maildir: string, key: string): Promise<Delivery> {
  const name = newName(key);
  const tmp = join(maildir, 'tmp', name);
  const file = await guarded(maildir, () => openTmp(maildir, tmp));
  let octets = 0;
  return {
    maildir,
    write: (chunks) =>
      guarded(maildir, async () => {
        for (const chunk of chunks) octets += chunk.length;
        await writeAll(file, chunks);
      }),
    seal: () =>
      guarded(maildir, async () => {
        await file.sync();
        await file.close();
      }),
    link: () =>
      guarded(maildir, async () => {
        const path = join(maildir, 'new', `${name},S=${octets}`);
        await linkInto(maildir, tmp, path);
        await unlink(tmp);
        return path;
      }),
    abort: async () => {
      await file.close().catch(() => undefined);
      await rm(tmp, { force: true });
    },
  };
}

/** A Maildir that lost its new/ (or never had one) gets it. */
async function linkInto(maildir: string, tmp: string, path: string): Promise<void> {
  try {
    await link(tmp, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await makeMaildir(maildir);
    await link(tmp, path);
  }
}

async function openTmp(maildir: string, tmp: string): Promise<FileHandle> {
  try {
    return await open(tmp, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await makeMaildir(maildir);
    return open(tmp, 'wx', 0o600);
  }
}

/** writev may write less than it was given (a full disk, a signal): the rest follows, or it throws. */
async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (total === 0) return;
  const { bytesWritten } = await file.writev(chunks);
  if (bytesWritten < total) await file.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
}

async function guarded<T>(maildir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskError(error, maildir);
  }
}

/** A file-system error as a MailError that names the path. */
export function diskError(error: unknown, path: string): MailError {
  if (error instanceof MailError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const options = { cause: error, path, said: message };
  if (code === 'ENOSPC' || code === 'EDQUOT') return new MailError('disk-full', `no space left to write in ${path}`, true, options);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new MailError('not-writable', `cannot write in ${path}`, true, options);
  return new MailError('maildir', `cannot deliver into ${path}: ${message}`, true, options);
}

async function fsyncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const running = new Map<string, Promise<void>>();
const queued = new Map<string, Promise<void>>();

/**
 * fsyncs a folder. Calls that come while one is under way share the next one, so a batch of links costs one fsync;
 * each call still starts after the caller's link().
 */
export function syncFolder(folder: string): Promise<void> {
  const waiting = queued.get(folder);
  if (waiting !== undefined) return waiting;
  const current = running.get(folder);
  if (current === undefined) return startSync(folder);
  const next = current
    .catch(() => undefined)
    .then(() => {
      queued.delete(folder);
      return startSync(folder);
    });
  queued.set(folder, next);
  return next;
}

function startSync(folder: string): Promise<void> {
  const work = fsyncPath(folder).catch((error: unknown) => {
    throw diskError(error, folder);
  });
  running.set(folder, work);
  const done = () => running.get(folder) === work && running.delete(folder);
  work.then(done, done);
  return work;
}
