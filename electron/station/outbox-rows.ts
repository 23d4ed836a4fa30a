// The outbox's table in ledger.db (SQLite, synchronous=FULL): durable on return of each call.
import type Database from 'libsql';
import type { Failure } from '../../shared/error.js';
import type { OutboxRecipient, OutboxState } from '../../shared/outbox.js';

/** A flag for the message that was answered or forwarded, once this one is sent. */
export interface Mark {
  readonly messageId: string;
  readonly flag: 'answered' | 'forwarded';
}

export interface StoredMessage {
  readonly id: string;
  readonly account: string;
  readonly kind: 'mail' | 'bounce';
  readonly sender: string;
  readonly recipients: readonly OutboxRecipient[];
  readonly subject: string;
  readonly octets: number;
  readonly state: OutboxState | 'cancelled';
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly notBefore: number;
  readonly next: number | null;
  readonly attempts: number;
  readonly failure: Failure | null;
  readonly sentFolder: string | null;
  readonly copied: boolean;
  readonly mark: Mark | null;
}
export type Change = Partial<Pick<StoredMessage, 'recipients' | 'state' | 'notBefore' | 'next' | 'attempts' | 'failure' | 'copied'>>;

export interface OutboxRows {
  find(id: string): StoredMessage | null;
  /** Those that still need something done, or were made after `since`; newest first. */
  open(since: number): readonly StoredMessage[];
  insert(row: StoredMessage): void;
  change(id: string, change: Change): StoredMessage;
  /** Forgets what was finished before. */
  prune(before: number): void;
}

interface Raw {
  id: string;
  account: string;
  kind: StoredMessage['kind'];
  sender: string;
  recipients: string;
  subject: string;
  octets: number;
  state: StoredMessage['state'];
  created: number;
  not_before: number;
  next: number | null;
  attempts: number;
  failure: string | null;
  sent_folder: string | null;
  copied: number;
  mark: string | null;
}

function stored(raw: Raw): StoredMessage {
  const { not_before, sent_folder, ...rest } = raw;
  return {
    ...rest,
    recipients: JSON.parse(raw.recipients) as OutboxRecipient[],
    notBefore: not_before,
    sentFolder: sent_folder,
    failure: raw.failure === null ? null : (JSON.parse(raw.failure) as Failure),
    copied: raw.copied === 1,
    mark: raw.mark === null ? null : (JSON.parse(raw.mark) as Mark),
  };
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
const columns =
  'id, account, kind, sender, recipients, subject, octets, state, created, not_before, next, attempts, failure, sent_folder, copied, mark';

export function openOutboxRows(database: Database.Database): OutboxRows {
  const one = database.prepare('SELECT * FROM outbox WHERE id = ?');
  const some = database.prepare(
    "SELECT * FROM outbox WHERE state IN ('queued', 'sending', 'held', 'failed') OR failure IS NOT NULL OR created >= ? OR (state = 'sent' AND copied = 0 AND sent_folder IS NOT NULL) ORDER BY created DESC, id",
  );
  const put = database.prepare(`INSERT OR REPLACE INTO outbox (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const forget = database.prepare("DELETE FROM outbox WHERE created < ? AND state IN ('sent', 'cancelled')");
  const write = (row: StoredMessage) =>
    void put.run(
      row.id,
      row.account,
      row.kind,
      row.sender,
      JSON.stringify(row.recipients),
      row.subject,
      row.octets,
      row.state,
      row.created,
      row.notBefore,
      row.next,
      row.attempts,
      json(row.failure),
      row.sentFolder,
      row.copied ? 1 : 0,
      json(row.mark),
    );
  const find = (id: string): StoredMessage | null => {
    const raw = one.get(id) as Raw | undefined;
    return raw === undefined ? null : stored(raw);
  };
  return {
    find,
    open: (since) => (some.all(since) as Raw[]).map(stored).filter(({ state }) => state !== 'cancelled'),
    insert: write,
    change(id, change) {
      const row = find(id);
      if (row === null) throw new Error(`the outbox has no row ${id}`);
      const next = { ...row, ...change };
      write(next);
      return next;
    },
    prune: (before) => void forget.run(before),
  };
}
