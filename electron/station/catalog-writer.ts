// Enters messages into the catalog from a thread of its own: full-text merges and checkpoints take their time there, and
// the main thread is not held. It is not the thread that reads messages, so it is never killed inside a transaction.
import Database from 'libsql';
import type { IndexedMessage } from '../message/text.js';
import { type CompareJob, compareFolder, type Difference } from './catalog-compare.js';
import { messageInserter, type Place } from './catalog-rows.js';
import { type CatalogDatabase, configure } from './catalog-schema.js';
import { threadFinder } from './catalog-threads.js';

export type NewRow = readonly [Place, IndexedMessage];
export interface InsertJob {
  readonly path: string;
  /** Of the catalog that the rows are for; after a rebuild the file is opened again. */
  readonly epoch: string;
  readonly rows: readonly NewRow[];
}
export type InsertRows = (rows: readonly NewRow[]) => readonly number[];

/** Milliseconds without an insert after which the writer lets go of the file. */
const idle = 5_000;

/** One transaction. A message that is there already (a delivery and a scan met) stays as it is. Returns row ids in order. */
export function rowInserter(db: CatalogDatabase): InsertRows {
  const insert = messageInserter(db, threadFinder(db));
  const byBase = db.prepare('SELECT id FROM message WHERE folder = ? AND base = ?');
  const one = ([place, message]: NewRow) => {
    const known = byBase.get(place.folder, place.base) as { id: number } | undefined;
    return known?.id ?? insert(place, message);
  };
  return (rows) => transaction(db, () => rows.map(one));
}

export function transaction<T>(db: CatalogDatabase, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

interface Open {
  readonly epoch: string;
  readonly db: CatalogDatabase;
  readonly insert: InsertRows;
}
let open: Open | null = null;
let timer: NodeJS.Timeout | null = null;

function letGo(): void {
  open?.db.close();
  open = null;
}

function opened({ path, epoch }: Pick<InsertJob, 'path' | 'epoch'>): Open {
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(letGo, idle).unref();
  if (open?.epoch === epoch) return open;
  letGo();
  const db = new Database(path, { fileMustExist: true });
  configure(db);
  open = { epoch, db, insert: rowInserter(db) };
  return open;
}

/** The thread's jobs. */
export function runInsert(job: InsertJob): readonly number[] {
  return opened(job).insert(job.rows);
}
export function runCompare(job: CompareJob): Promise<Difference> {
  return compareFolder(opened(job).db, job.folder);
}
