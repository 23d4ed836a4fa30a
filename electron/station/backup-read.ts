// A backup read: first wholly, each entry against the list at its end, before anything is written anywhere.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { extract } from 'tar-stream';
import { MailError } from '../../shared/error.js';
import { type BackupList, backupList, listEntry, secretsEntry, settingsEntry } from './backup-names.js';

export interface BackupEntry {
  readonly name: string;
  readonly modified: Date | null;
  /** To be read to its end before the next entry comes. */
  readonly body: AsyncIterable<Uint8Array>;
}
export interface VerifiedBackup {
  readonly list: BackupList;
  readonly settings: unknown;
  readonly secrets: unknown;
}

const smallLimit = 512 * 1024 * 1024;

const damaged = (path: string, why: string, cause?: unknown) =>
  new MailError('usage', `${path} is no whole backup of Todoku: ${why}`, false, { path, said: why, cause });

export async function* entriesOf(path: string): AsyncGenerator<BackupEntry> {
  const tar = extract();
  const source = createReadStream(path);
  source.on('error', (error) => tar.destroy(error));
  source.pipe(tar);
  try {
    for await (const entry of tar) {
      const { name, type, mtime } = entry.header;
      if (type !== 'file') throw damaged(path, `${name} is a ${type}`);
      yield { name, modified: mtime ?? null, body: told(path, entry as AsyncIterable<Uint8Array>) };
    }
  } catch (error) {
    throw error instanceof MailError ? error : damaged(path, (error as Error).message, error);
  } finally {
    source.destroy();
  }
}

/** A tar that ends too early says so in the middle of an entry. */
async function* told(path: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw damaged(path, (error as Error).message, error);
  }
}

/** Reads all of it. Throws MailError `usage` when anything is missing, changed or of a newer version. */
export async function verifyBackup(path: string): Promise<VerifiedBackup> {
  const seen = new Map<string, readonly [number, string]>();
  const small = new Map<string, string>();
  for await (const { name, body } of entriesOf(path)) {
    if (seen.has(name)) throw damaged(path, `${name} is there twice`);
    const keep = [settingsEntry, secretsEntry, listEntry].includes(name);
    const hash = createHash('sha256');
    const kept: Uint8Array[] = [];
    let octets = 0;
    for await (const chunk of body) {
      octets += chunk.length;
      hash.update(chunk);
      if (keep && octets <= smallLimit) kept.push(chunk);
    }
    seen.set(name, [octets, hash.digest('hex')]);
    if (keep) small.set(name, Buffer.concat(kept).toString());
  }
  const list = readList(path, small.get(listEntry));
  seen.delete(listEntry);
  for (const [name, [octets, sha256]] of Object.entries(list.entries)) {
    const found = seen.get(name);
    if (found === undefined) throw damaged(path, `${name} is missing`);
    if (found[0] !== octets || found[1] !== sha256) throw damaged(path, `${name} has changed`);
    seen.delete(name);
  }
  const [extra] = seen.keys();
  if (extra !== undefined) throw damaged(path, `${extra} is not in its list`);
  return { list, settings: json(path, settingsEntry, small), secrets: json(path, secretsEntry, small) };
}

function readList(path: string, text: string | undefined): BackupList {
  if (text === undefined) throw damaged(path, 'its list is missing, it was cut short');
  const parsed = backupList.safeParse(json(path, listEntry, new Map([[listEntry, text]])));
  if (!parsed.success) throw damaged(path, 'its list cannot be read, it may be of a newer Todoku');
  return parsed.data;
}

function json(path: string, name: string, texts: ReadonlyMap<string, string>): unknown {
  const text = texts.get(name);
  if (text === undefined) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(path, `${name} cannot be read`, error);
  }
}
