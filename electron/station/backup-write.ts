// A backup written: into a file beside the final name, fsynced, read back and compared, and only then given its name. Mail may
// arrive and be moved meanwhile: the mailboxes are looked through again until nothing new is found.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, link, open, readFile, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import { MailError } from '../../shared/error.js';
import type { Settings } from '../../shared/settings.js';
import { version } from '../../shared/version.js';
import { diskError, syncFolder } from '../maildir/deliver.js';
import { parseName } from '../maildir/names.js';
import { type BackupList, backupVersion, inside, listEntry, type SavedRoot, secretsEntry, settingsEntry } from './backup-names.js';
import { verifyBackup } from './backup-read.js';
import { filesOf, type SavedFile } from './backup-walk.js';
import type { Home } from './context.js';
import { findMailboxes } from './mailboxes.js';

export interface BackupPlan {
  readonly home: Home;
  readonly settings: Settings;
  /** With secrets.json as it is. Values that the desktop's keyring sealed open on this desktop only. */
  readonly secrets: boolean;
  readonly mail: boolean;
}
export interface BackupMade {
  readonly path: string;
  readonly messages: number;
  readonly octets: number;
}

/** Looks through the mailboxes before giving up on a station that is busier than we are. */
const rounds = 20;

/** Durable and verified when it resolves. An existing file is never overwritten. Throws MailError. */
export async function writeBackup(plan: BackupPlan, path: string): Promise<BackupMade> {
  const part = `${path}.part`;
  await rm(part, { force: true });
  try {
    const made = await writeTar(plan, part);
    await verifyBackup(part);
    await link(part, path);
    await rm(part);
    await syncFolder(dirname(resolve(path)));
    return { ...made, path };
  } catch (error) {
    await rm(part, { force: true });
    throw diskError(error, path);
  }
}

async function writeTar({ home, settings, secrets, mail }: BackupPlan, path: string): Promise<Omit<BackupMade, 'path'>> {
  const tar = pack();
  const file = await open(path, 'wx', 0o600);
  const sink = createWriteStream('', { fd: file.fd, autoClose: false });
  const written = finished(tar.pipe(sink));
  written.catch(() => undefined);
  const entries: BackupList['entries'] = {};
  const small = async (name: string, text: string) => {
    entries[name] = [Buffer.byteLength(text), createHash('sha256').update(text).digest('hex')];
    await put(tar, name, text);
  };
  try {
    await small(settingsEntry, `${JSON.stringify(settings, null, 2)}\n`);
    if (secrets) await small(secretsEntry, await readFile(home.secrets, 'utf8').catch(() => '{}\n'));
    const roots = mail ? await rootsOf(home, settings) : [];
    const saved = await saveAll(tar, roots, entries);
    const outside = roots.filter(({ prefix }) => prefix.startsWith('outside/')).map((root) => root.path);
    const list: BackupList = { backup: backupVersion, made: new Date().toISOString(), version, outside, entries };
    await put(tar, listEntry, JSON.stringify(list));
    tar.finalize();
    await written;
    await file.sync();
    return saved;
  } finally {
    tar.destroy();
    await file.close();
  }
}

/** The mail folder, what is held, and the mailboxes that lie elsewhere. */
export async function rootsOf(home: Home, settings: Settings): Promise<readonly SavedRoot[]> {
  const elsewhere = (await findMailboxes(home.mail, settings)).filter(({ path }) => !inside(home.mail, path));
  return [
    { prefix: 'mail', path: home.mail },
    { prefix: 'held', path: home.quarantine },
    ...elsewhere.map(({ path }, index) => ({ prefix: `outside/${index}`, path })),
  ];
}

async function saveAll(tar: Pack, roots: readonly SavedRoot[], entries: BackupList['entries']) {
  const known = new Set<string>();
  let [messages, octets, found] = [0, 0, 1];
  for (let round = 0; found > 0; round += 1) {
    if (round === rounds) throw new MailError('conflict', 'the mailboxes change faster than they can be saved', true);
    found = 0;
    for (const root of roots)
      for await (const file of filesOf(root)) {
        const identity = identityOf(file);
        if (known.has(identity)) continue;
        found += 1;
        const size = await save(tar, file, entries);
        // Renamed under our hands (read, moved): the next round finds it under its new name.
        if (size === null) continue;
        known.add(identity);
        octets += size;
        messages += file.place.part === 'file' ? 0 : 1;
      }
  }
  return { messages, octets };
}

/** What stays the same while a message is read, flagged or moved within its mailbox. */
function identityOf({ place, entry }: SavedFile): string {
  return place.part === 'file' ? entry : `${place.mailbox}\0${parseName(place.name).base}`;
}

/** Null: it is not there any more. */
async function save(tar: Pack, { entry, path }: SavedFile, entries: BackupList['entries']): Promise<number | null> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { size, mtime } = await file.stat();
    const hash = createHash('sha256');
    await new Promise<void>((done, failed) => {
      const into = tar.entry({ name: entry, size, mtime, mode: 0o600 }, (error) => (error ? failed(error) : done()));
      feed(file, size, (chunk) => {
        hash.update(chunk);
        return into.write(chunk) ? null : new Promise<void>((drained) => into.once('drain', drained));
      }).then(() => into.end(undefined), failed);
    });
    entries[entry] = [size, hash.digest('hex')];
    return size;
  } finally {
    await file.close();
  }
}

/** Exactly `size` octets: messages do not change, so one that is shorter now is an error. */
async function feed(file: FileHandle, size: number, take: (chunk: Buffer) => Promise<void> | null): Promise<void> {
  let at = 0;
  while (at < size) {
    const buffer = Buffer.allocUnsafe(Math.min(256 * 1024, size - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) throw new MailError('conflict', 'a message became shorter while it was saved', true);
    at += bytesRead;
    await take(buffer.subarray(0, bytesRead));
  }
}

function put(tar: Pack, name: string, text: string): Promise<void> {
  return new Promise((done, failed) => {
    tar.entry({ name, mode: 0o600 }, text, (error) => (error ? failed(error) : done()));
  });
}
