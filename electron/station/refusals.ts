// What is done with mail that nobody here takes: to the postmaster (default), kept on the server, or bounced.
// Each refusal is a row in Bounces, once, whatever crashes: the row's key is account, delivery key and address.
import type Database from 'libsql';
import type { Account } from '../../shared/account.js';
import type { BounceReason } from '../../shared/bounce.js';
import type { ReturnedBounce } from '../../shared/station.js';
import { fieldValues } from '../message/header.js';
import type { StoredRefusal } from './bounces.js';
import type { Destination } from './destination.js';
import type { Refused } from './fetch-message.js';

export interface RefusalDeps {
  readonly database: Database.Database;
  /** The postmaster's Maildir; falls back to the account's own mailbox. */
  readonly postmaster: (account: Account) => { readonly maildir: string; readonly address: string } | null;
  /** Decides on bounces, durably and once for each recipient; false where somebody may not, or cannot, be told. */
  readonly bounce: (account: Account, entry: Refusal) => boolean;
  readonly changed: () => void;
}
export interface Refusal {
  readonly key: string;
  readonly header: Buffer;
  readonly refused: readonly Refused[];
}

/** Destinations instead of the refused ones; null: keep the message on the server. The rows are durable when it resolves. */
export function refusalPolicy(deps: RefusalDeps, account: Account): (refusal: Refusal) => Promise<readonly Destination[] | null> {
  const put = deps.database.prepare('INSERT OR IGNORE INTO refusal (account, key, row, at) VALUES (?, ?, ?, ?)');
  return async (refusal) => {
    for (const one of refusal.refused) put.run(account.id, refusal.key, JSON.stringify(toRow(account, refusal, one)), Date.now());
    deps.changed();
    if (account.refusal === 'keep') return null;
    if (account.refusal === 'bounce' && deps.bounce(account, refusal)) return [];
    const box = deps.postmaster(account);
    if (box === null) return null;
    return [{ kind: 'maildir', maildir: box.maildir, address: box.address, originalTo: refusal.refused[0]?.address ?? box.address }];
  };
}

/** Without times, so that a second attempt makes the same row and is ignored. */
type StoredRow = Omit<StoredRefusal, 'id' | 'when' | 'returned'>;

function toRow(account: Account, refusal: Refusal, { address, code, status, text }: Refused): StoredRow {
  const value = (name: string) => fieldValues(refusal.header, name)[0] ?? null;
  return {
    account: account.id,
    recipient: {
      final: address,
      original: address,
      action: 'failed',
      status,
      statusDerived: false,
      smtpCode: code,
      diagnostic: { type: 'smtp', text },
      remoteMta: null,
      lastAttempt: null,
      reason: reasonOf(status),
      permanent: true,
    },
    about: { messageId: value('Message-ID'), subject: value('Subject'), from: value('From'), to: value('To'), date: value('Date') },
    message: null,
  };
}

function reasonOf(status: string): BounceReason {
  if (status === '5.1.1') return 'user-unknown';
  if (status === '5.3.4') return 'too-big';
  if (status === '5.4.6' || status === '5.4.0') return 'loop';
  return 'policy';
}

/** Refusals at or after `since` (milliseconds since 1970), newest first. */
export function storedRefusals(database: Database.Database, since: number): readonly StoredRefusal[] {
  const rows = database
    .prepare(
      `SELECT refusal.id, row, refusal.at, bounce.state, bounce.why, bounce.sender FROM refusal LEFT JOIN bounce
       ON bounce.account = refusal.account AND bounce.key = refusal.key AND bounce.address = json_extract(row, '$.recipient.final')
       WHERE refusal.at >= ? ORDER BY refusal.at DESC`,
    )
    .all(since) as { id: number; row: string; at: number; state: ReturnedBounce['state'] | null; why: string; sender: string }[];
  return rows.map(({ id, row, at, state, why, sender }) => ({
    ...(JSON.parse(row) as StoredRow),
    id: `station/${id}`,
    when: new Date(at).toISOString(),
    returned: state === null ? null : { state, why, to: sender },
  }));
}
