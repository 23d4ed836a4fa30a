// Tables of ledger.db, by version. Each step runs in one transaction; a newer file than we know is refused untouched.
import type Database from 'libsql';
import { MailError } from '../../shared/error.js';

const steps: readonly string[] = [
  `
  -- One row a message of a maildrop that we have dealt with. key: delivery key.
  -- state: delivered | delete-sent | deleted | refused (kept on the server) | oversized | parked
  CREATE TABLE message (
    account TEXT NOT NULL, key TEXT NOT NULL, uidl TEXT NOT NULL, octets INTEGER NOT NULL, state TEXT NOT NULL,
    sha256 TEXT, first_seen INTEGER NOT NULL, targets TEXT NOT NULL DEFAULT '[]', PRIMARY KEY (account, key)
  ) WITHOUT ROWID;
  CREATE TABLE failure (
    account TEXT NOT NULL, key TEXT NOT NULL, uidl TEXT NOT NULL, octets INTEGER NOT NULL, attempts INTEGER NOT NULL,
    failure TEXT NOT NULL, bytes TEXT, parked INTEGER NOT NULL DEFAULT 0, since INTEGER NOT NULL, settle TEXT, PRIMARY KEY (account, key)
  ) WITHOUT ROWID;
  -- A run that has begun and not ended is looked for in the Maildirs at the next one.
  -- digest: of the last listing in which every message was known; null where something was left to do.
  CREATE TABLE run (account TEXT PRIMARY KEY, open INTEGER NOT NULL, digest TEXT) WITHOUT ROWID;
  CREATE TABLE report (account TEXT PRIMARY KEY, report TEXT NOT NULL, failures INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE refusal (id INTEGER PRIMARY KEY, account TEXT NOT NULL, key TEXT NOT NULL, row TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (account, key, row));
  CREATE TABLE bounce_read (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE hourly (hour INTEGER PRIMARY KEY, delivered INTEGER NOT NULL DEFAULT 0, octets INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, verdicts TEXT NOT NULL DEFAULT '{}', scans TEXT NOT NULL DEFAULT '[]');
  `,
  `
  -- What became of each recipient of a message that is handed on, until the message itself is recorded.
  -- state: begun (the end of the message may have been sent) | doubt (its answer was lost) | accepted | refused. doubts: answers lost so far.
  CREATE TABLE onward (
    account TEXT NOT NULL, key TEXT NOT NULL, recipient TEXT NOT NULL, state TEXT NOT NULL, doubts INTEGER NOT NULL DEFAULT 0,
    reply TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL, PRIMARY KEY (account, key, recipient)
  ) WITHOUT ROWID;
  -- One row a refused recipient of a bounced message: the report that names it, decided once.
  -- state: not (none is sent) | queued | sending | sent | failed | lost (its answer).
  CREATE TABLE bounce (
    account TEXT NOT NULL, key TEXT NOT NULL, address TEXT NOT NULL, dsn TEXT NOT NULL, sender TEXT NOT NULL, state TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL, PRIMARY KEY (account, key, address)
  ) WITHOUT ROWID;
  CREATE INDEX bounce_at ON bounce (at);
  `,
  `
  -- The report itself while it waits (with its first recipient), when it is tried next, and how often it was.
  ALTER TABLE bounce ADD COLUMN message BLOB;
  ALTER TABLE bounce ADD COLUMN next INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE bounce ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- state: queued | sending (the end of the message may have gone out) | sent | held (asked) | failed | cancelled
  -- A row stays when its message has gone: the same id is never sent twice. copied: its copy stands in sent_folder.
  CREATE TABLE outbox (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL,
    subject TEXT NOT NULL, octets INTEGER NOT NULL, state TEXT NOT NULL, created INTEGER NOT NULL, not_before INTEGER NOT NULL,
    next INTEGER, attempts INTEGER NOT NULL DEFAULT 0, failure TEXT, sent_folder TEXT, copied INTEGER NOT NULL DEFAULT 0, mark TEXT
  ) WITHOUT ROWID;
  `,
];

/** The newest version that we know. */
export const ledgerVersion = steps.length;

/** Brings the file to the newest version. Throws MailError `ledger-newer`. */
export function migrateLedger(database: Database.Database, path: string): void {
  const version = Number((database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version);
  if (version > steps.length) {
    throw new MailError('ledger-newer', `${path} is of version ${version}; this Todoku knows up to ${steps.length}`, false, {
      path,
      name: String(version),
    });
  }
  for (let step = version; step < steps.length; step += 1)
    database.exec(`BEGIN IMMEDIATE;${steps[step]}PRAGMA user_version = ${step + 1};COMMIT`);
}
