// ledger.db: what was delivered, deletes that are pending, failures, reports, statistics (SQLite, WAL, synchronous=FULL).
// Losing it loses no mail: every delivered file carries its key, and an empty ledger adopts what it finds.
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'libsql';
import { type Failure, MailError } from '../../shared/error.js';
import type { FetchReport } from '../../shared/fetch.js';
import { migrateLedger } from './ledger-schema.js';
import { ensurePrivateFile } from './private-file.js';

export type MessageState = 'delivered' | 'delete-sent' | 'deleted' | 'refused' | 'oversized' | 'parked';

export interface LedgerEntry {
  readonly account: string;
  readonly key: string;
  readonly uidl: string;
  readonly octets: number;
  readonly state: MessageState;
  /** Of the message as it lay on the server, with LF line ends; null where it was never retrieved. */
  readonly sha256: string | null;
  /** Milliseconds since 1970. */
  readonly firstSeen: number;
}
export interface FailureEntry {
  readonly account: string;
  readonly key: string;
  readonly uidl: string;
  readonly octets: number;
  readonly attempts: number;
  readonly failure: Failure;
  /** Path of the raw bytes, or null. */
  readonly bytes: string | null;
  readonly parked: boolean;
  readonly since: number;
  /** What the user asked for: `delete` on the server at the next run. */
  readonly settle: string | null;
}

export interface Ledger {
  /** It was made anew: nothing is known, so every account looks for its keys in the Maildirs. */
  readonly fresh: boolean;
  /** Live: it changes with what is recorded, marked and forgotten. */
  entries(account: string): ReadonlyMap<string, LedgerEntry>;
  /** Durable when it resolves. Calls made while the event loop is busy share one transaction, in order. */
  record(entry: LedgerEntry): Promise<void>;
  /** Several changes of state in one transaction; durable on return. */
  mark(account: string, keys: readonly string[], state: MessageState): void;
  forgetMessages(account: string, keys: readonly string[]): void;
  /** All of a removed account; made again, it adopts what stands in the Maildirs and fetches the rest. Refusals stay: they are history. */
  forgetAccount(account: string): void;
  failures(account: string | null): readonly FailureEntry[];
  fail(entry: FailureEntry): void;
  forgetFailure(account: string, key: string): void;
  /** `digest`: of the last listing in which nothing was left to do. */
  beginRun(account: string): { readonly unclean: boolean; readonly digest: string | null };
  endRun(account: string, digest?: string | null): void;
  saveReport(report: FetchReport, failures: number): void;
  reports(): ReadonlyMap<string, { readonly report: FetchReport; readonly failures: number }>;
  /** The database, for parts of the station that keep tables of their own kind here (refusals, statistics). */
  readonly database: Database.Database;
  close(): void;
}

/**
 * Throws MailError `ledger-newer`, and what the disk or a lock says: then the file is as it was. A damaged file is set aside as
 * NAME.broken-TIME and an empty one begun. `alone`: no station has it open, so that a log with something in it was left behind.
 */
export function openLedger(path: string, alone = false): Ledger {
  const existed = existsSync(path);
  const left = alone && (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  let fresh = !existed;
  let database: Database.Database;
  try {
    database = openDatabase(path);
    if (left) distrust(database);
  } catch (error) {
    if (!existed || !isDamage(error)) throw error;
    renameSync(path, `${path}.broken-${Date.now()}`);
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    database = openDatabase(path);
    fresh = true;
  }
  return { fresh, database, close: () => closeWhole(database), ...messages(database), ...failureRows(database), ...runs(database) };
}

/** All of the log goes into the file: an empty log is the sign of a clean end, because the package leaves the log where it is. */
function closeWhole(database: Database.Database): void {
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

/**
 * The last station did not close it: its log may have lost its end, on a disk that says durable and is not, with a whole run in it.
 * Every account looks for its keys in the Maildirs once.
 */
function distrust(database: Database.Database): void {
  database.exec('UPDATE run SET open = 1, digest = NULL');
}

/** Its octets are wrong. A full disk, a busy file or a missing permission is none, and must not cost what is known. */
function isDamage(error: unknown): boolean {
  if (error instanceof MailError) return error.code === 'ledger-corrupt';
  return /^SQLITE_(CORRUPT|NOTADB)/.test(String((error as { readonly code?: unknown }).code));
}

function openDatabase(path: string): Database.Database {
  ensurePrivateFile(path);
  const database = new Database(path);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000');
    migrateLedger(database, path);
    const check = database.prepare('PRAGMA quick_check(1)').get() as { quick_check?: string };
    if (check.quick_check !== 'ok')
      throw new MailError('ledger-corrupt', `${path} is damaged: ${check.quick_check}`, false, { path, said: check.quick_check });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

type MessageRow = readonly [key: string, uidl: string, octets: number, state: MessageState, sha256: string | null, firstSeen: number];

/** Rows are read once an account and kept: a poll of 100,000 known messages then reads nothing. Changed only after the commit. */
function messages(database: Database.Database): Pick<Ledger, 'entries' | 'record' | 'mark' | 'forgetMessages' | 'forgetAccount'> {
  // One text for all rows: a hundred thousand crossings into SQLite cost four times as much.
  const all = database.prepare(
    'SELECT json_group_array(json_array(key, uidl, octets, state, sha256, first_seen)) AS rows FROM message WHERE account = ?',
  );
  const put = database.prepare(
    'INSERT INTO message (account, key, uidl, octets, state, sha256, first_seen) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state, sha256 = excluded.sha256, uidl = excluded.uidl, octets = excluded.octets, first_seen = excluded.first_seen',
  );
  const state = database.prepare('UPDATE message SET state = ? WHERE account = ? AND key = ?');
  const remove = database.prepare('DELETE FROM message WHERE account = ? AND key = ?');
  const clear = database.prepare('DELETE FROM failure WHERE account = ? AND key = ?');
  const kept = new Map<string, Map<string, LedgerEntry>>();
  const write = database.transaction((entries: readonly LedgerEntry[]) => {
    for (const entry of entries) {
      put.run(entry.account, entry.key, entry.uidl, entry.octets, entry.state, entry.sha256, entry.firstSeen);
      clear.run(entry.account, entry.key);
    }
  });
  const writeAll = (entries: readonly LedgerEntry[]) => {
    write(entries);
    for (const entry of entries) kept.get(entry.account)?.set(entry.key, entry);
  };
  return {
    record: grouped(writeAll),
    entries(account) {
      const known = kept.get(account) ?? new Map<string, LedgerEntry>();
      if (kept.has(account)) return known;
      for (const [key, uidl, octets, at, sha256, firstSeen] of JSON.parse((all.get(account) as { rows: string }).rows) as MessageRow[])
        known.set(key, { account, key, uidl, octets, state: at, sha256, firstSeen });
      kept.set(account, known);
      return known;
    },
    mark(account, keys, to) {
      database.transaction(() => {
        for (const key of keys) state.run(to, account, key);
      })();
      const known = kept.get(account);
      for (const key of keys) {
        const entry = known?.get(key);
        if (entry !== undefined) known?.set(key, { ...entry, state: to });
      }
    },
    forgetMessages(account, keys) {
      database.transaction(() => {
        for (const key of keys) remove.run(account, key);
      })();
      for (const key of keys) kept.get(account)?.delete(key);
    },
    forgetAccount(account) {
      const tables = ['message', 'failure', 'run', 'report'].map((table) => database.prepare(`DELETE FROM ${table} WHERE account = ?`));
      database.transaction(() => {
        for (const table of tables) table.run(account);
      })();
      kept.delete(account);
    },
  };
}

/** One transaction for all calls that come before the event loop turns. */
function grouped(writeAll: (entries: readonly LedgerEntry[]) => void): Ledger['record'] {
  let waiting: { entry: LedgerEntry; resolve: () => void; reject: (error: unknown) => void }[] = [];
  const flush = () => {
    const batch = waiting;
    waiting = [];
    try {
      writeAll(batch.map(({ entry }) => entry));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  return (entry) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ entry, resolve, reject }) === 1) setImmediate(flush);
    });
}

interface FailureRow {
  account: string;
  key: string;
  uidl: string;
  octets: number;
  attempts: number;
  failure: string;
  bytes: string | null;
  parked: number;
  since: number;
  settle: string | null;
}

function failureRows(database: Database.Database): Pick<Ledger, 'failures' | 'fail' | 'forgetFailure'> {
  const all = database.prepare('SELECT * FROM failure WHERE ? IS NULL OR account = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO failure (account, key, uidl, octets, attempts, failure, bytes, parked, since, settle) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM failure WHERE account = ? AND key = ?');
  return {
    failures: (account) =>
      (all.all(account, account) as FailureRow[]).map((row) => ({
        ...row,
        failure: JSON.parse(row.failure) as Failure,
        parked: row.parked === 1,
      })),
    fail: (entry) =>
      void put.run(
        entry.account,
        entry.key,
        entry.uidl,
        entry.octets,
        entry.attempts,
        JSON.stringify(entry.failure),
        entry.bytes,
        entry.parked ? 1 : 0,
        entry.since,
        entry.settle,
      ),
    forgetFailure: (account, key) => void remove.run(account, key),
  };
}

function runs(database: Database.Database): Pick<Ledger, 'beginRun' | 'endRun' | 'saveReport' | 'reports'> {
  const open = database.prepare('SELECT open, digest FROM run WHERE account = ?');
  const begin = database.prepare('INSERT INTO run (account, open) VALUES (?, 1) ON CONFLICT DO UPDATE SET open = 1');
  const end = database.prepare('INSERT OR REPLACE INTO run (account, open, digest) VALUES (?, 0, ?)');
  const put = database.prepare('INSERT OR REPLACE INTO report (account, report, failures) VALUES (?, ?, ?)');
  const all = database.prepare('SELECT account, report, failures FROM report');
  return {
    beginRun(account) {
      const row = open.get(account) as { open: number; digest: string | null } | undefined;
      // Never run here before: the ledger may be new while the Maildirs are not.
      const unclean = row === undefined || row.open === 1;
      begin.run(account);
      return { unclean, digest: unclean ? null : (row?.digest ?? null) };
    },
    endRun: (account, digest = null) => void end.run(account, digest),
    saveReport: (report, failures) => void put.run(report.account, JSON.stringify(report), failures),
    reports: () =>
      new Map(
        (all.all() as { account: string; report: string; failures: number }[]).map((row) => [
          row.account,
          { report: JSON.parse(row.report) as FetchReport, failures: row.failures },
        ]),
      ),
  };
}
