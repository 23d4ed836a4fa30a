// catalog.db: envelopes and full-text index. All of it can be read again from the Maildirs, so whatever is missing, of
// another version or broken is deleted and made anew; nothing is migrated.
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';

export type CatalogDatabase = InstanceType<typeof Database>;

/** Raise it with every change of the tables, or of what is read out of a message. */
export const catalogVersion = 4;

const schema = `
CREATE TABLE catalog (epoch TEXT NOT NULL);
CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  mailbox TEXT NOT NULL,
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT,
  stamp TEXT NOT NULL DEFAULT ''
);
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  folder INTEGER NOT NULL,
  base TEXT NOT NULL,
  place TEXT NOT NULL,
  info TEXT NOT NULL,
  people TEXT NOT NULL,
  sender TEXT NOT NULL,
  subject TEXT NOT NULL,
  preview TEXT NOT NULL,
  at INTEGER NOT NULL,
  date INTEGER,
  received INTEGER NOT NULL,
  octets INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  attachments INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  class TEXT,
  identifier TEXT,
  thread INTEGER NOT NULL,
  topic INTEGER NOT NULL,
  bounce INTEGER NOT NULL,
  UNIQUE (folder, base)
);
CREATE INDEX message_folder ON message (folder, at, id, flags, attachments, thread, topic);
CREATE INDEX message_at ON message (at, id, flags, attachments, folder, thread, topic, octets, verdict, class, bounce);
CREATE INDEX message_sender ON message (folder, sender, id, flags, attachments, thread, topic);
CREATE INDEX message_subject ON message (folder, subject COLLATE NOCASE, id, flags, attachments, thread, topic);
CREATE INDEX message_thread ON message (thread);
CREATE INDEX message_topic ON message (topic);
CREATE INDEX message_identifier ON message (identifier);
CREATE TABLE report (message INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE link (identifier TEXT PRIMARY KEY, thread INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX link_thread ON link (thread);
CREATE VIRTUAL TABLE words USING fts5(
  sender, recipients, subject, body, names,
  content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2'
);
PRAGMA user_version = ${catalogVersion};
`;

/** Of each connection: the main thread's, and the writer's. */
export function configure(db: CatalogDatabase): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -65536');
  // The writer's transactions are short.
  db.pragma('busy_timeout = 5000');
}

/** Reads what every use needs; throws when the file is no catalog of this version, or is broken. */
function readEpoch(db: CatalogDatabase): string {
  const { user_version: found } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (found !== catalogVersion) throw new Error(`version ${found}`);
  db.prepare('SELECT id FROM message LIMIT 1').all();
  db.prepare('SELECT rowid FROM words LIMIT 1').all();
  return (db.prepare('SELECT epoch FROM catalog').get() as { epoch: string }).epoch;
}

export interface OpenedDatabase {
  readonly db: CatalogDatabase;
  /** Part of every message id: ids of a catalog that was rebuilt are not mistaken for new ones. */
  readonly epoch: string;
  /** Made just now: everything has to be read again. */
  readonly fresh: boolean;
}

export function deleteCatalog(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

function create(path: string): OpenedDatabase {
  deleteCatalog(path);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  const db = new Database(path);
  configure(db);
  db.exec(schema);
  const epoch = randomBytes(6).toString('hex');
  db.prepare('INSERT INTO catalog (epoch) VALUES (?)').run(epoch);
  return { db, epoch, fresh: true };
}

/** Opens the catalog, or makes an empty one in its place. Throws only when the folder cannot be written. */
export function openDatabase(path: string): OpenedDatabase {
  let db: CatalogDatabase | null = null;
  try {
    db = new Database(path, { fileMustExist: true });
    configure(db);
    const epoch = readEpoch(db);
    chmodSync(path, 0o600);
    return { db, epoch, fresh: false };
  } catch {
    db?.close();
    return create(path);
  }
}
