// A message that we wrote, kept in a folder of our own (Drafts, Sent): straight into cur/ with its flags, since nobody has to
// be told that it is new. Durable when it resolves; killed before that, the folder holds all of it or nothing.
import { link, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, makeMaildir, syncFolder } from './deliver.js';
import { listMessages } from './list.js';
import { nameWithFlags, newName, parseName } from './names.js';

export type Bytes = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Resolves to the file, 'cur/NAME'. `key` (32 hex digits) goes into its name; '' for none. Throws MailError `disk-full`,
 * `not-writable` or `maildir`; nothing is left then.
 */
export async function keepMessage(folder: string, key: string, flags: string, bytes: Bytes): Promise<string> {
  await makeMaildir(folder);
  const name = newName(key);
  const tmp = join(folder, 'tmp', name);
  try {
    const octets = await writeFileDurably(tmp, bytes);
    const kept = `cur/${nameWithFlags(`${name},S=${octets}`, flags)}`;
    await link(tmp, join(folder, kept));
    await syncFolder(join(folder, 'cur'));
    return kept;
  } catch (error) {
    throw diskError(error, folder);
  } finally {
    await rm(tmp, { force: true });
  }
}

/** A new file, 0600, fsynced; its name is not. Resolves to its octets. */
export async function writeFileDurably(path: string, bytes: Bytes): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    let octets = 0;
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      await file.writeFile(chunk);
      octets += chunk.length;
    }
    await file.sync();
    return octets;
  } finally {
    await file.close();
  }
}

/** The file of the folder whose name carries this key; null where there is none. */
export async function findByKey(folder: string, key: string): Promise<string | null> {
  const found = (await listMessages(folder)).find(({ base }) => parseName(base).key === key);
  return found?.file ?? null;
}
