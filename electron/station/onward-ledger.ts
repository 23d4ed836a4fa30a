// What became of each recipient of a message that is handed on, durably, until the message itself is in the ledger: who has it
// is never sent it again, who was refused is not asked again, and a lost answer is not forgotten.
import type Database from 'libsql';

export interface OnwardEntry {
  readonly recipient: string;
  /** `doubt`: the end of the message was, or may have been, sent, and no answer came. */
  readonly state: 'doubt' | 'accepted' | 'refused';
  /** Answers lost so far: that many copies may be there besides. */
  readonly doubts: number;
  readonly reply: { readonly code: number; readonly status: string; readonly text: string; readonly quiet?: boolean } | null;
}

export interface OnwardLedger {
  /** Of one message, by recipient. What was begun and never answered is in doubt. */
  entries(account: string, key: string): ReadonlyMap<string, OnwardEntry>;
  /** Durable on return: from here on these recipients may have the message. */
  begin(account: string, key: string, recipients: readonly string[]): void;
  /** Durable on return. */
  settle(account: string, key: string, recipient: string, how: Settlement, reply: OnwardEntry['reply']): void;
  forget(account: string, key: string): void;
}

/** `found`: it was looked for and is there once; `lost`: the answer; `later`: the server said that it does not have it. */
export type Settlement = 'accepted' | 'found' | 'refused' | 'lost' | 'later';

interface Row {
  readonly recipient: string;
  readonly state: string;
  readonly doubts: number;
  readonly reply: string;
}

/** Milliseconds after which rows of messages that never came back are dropped. */
const keptFor = 90 * 86_400_000;

export function openOnwardLedger(database: Database.Database): OnwardLedger {
  const of = database.prepare('SELECT recipient, state, doubts, reply FROM onward WHERE account = ? AND key = ?');
  const put = database.prepare(
    `INSERT INTO onward (account, key, recipient, state, at) VALUES (?, ?, ?, 'begun', ?)
     ON CONFLICT DO UPDATE SET doubts = doubts + (state = 'begun'), state = 'begun', at = excluded.at`,
  );
  const set = database.prepare(
    'UPDATE onward SET state = ?, doubts = doubts + ?, reply = ? WHERE account = ? AND key = ? AND recipient = ?',
  );
  const add = database.prepare('INSERT OR IGNORE INTO onward (account, key, recipient, state, at) VALUES (?, ?, ?, ?, ?)');
  const calm = database.prepare('DELETE FROM onward WHERE account = ? AND key = ? AND recipient = ? AND doubts = 0');
  const sure = database.prepare('UPDATE onward SET doubts = 0 WHERE account = ? AND key = ? AND recipient = ?');
  const remove = database.prepare('DELETE FROM onward WHERE account = ? AND key = ?');
  database.prepare('DELETE FROM onward WHERE at < ?').run(Date.now() - keptFor);
  return {
    entries: (account, key) => new Map((of.all(account, key) as Row[]).map((row) => [row.recipient, toEntry(row)])),
    begin: database.transaction((account: string, key: string, recipients: readonly string[]) => {
      for (const recipient of recipients) put.run(account, key, recipient, Date.now());
    }),
    settle: database.transaction((account: string, key: string, recipient: string, how: Settlement, reply: OnwardEntry['reply']) => {
      if (how === 'later') {
        calm.run(account, key, recipient);
        set.run('doubt', 0, '', account, key, recipient);
        return;
      }
      const state = how === 'lost' ? 'doubt' : how === 'found' ? 'accepted' : how;
      add.run(account, key, recipient, state, Date.now());
      set.run(state, how === 'lost' ? 1 : 0, reply === null ? '' : JSON.stringify(reply), account, key, recipient);
      if (how === 'found') sure.run(account, key, recipient);
    }),
    forget: (account, key) => void remove.run(account, key),
  };
}

function toEntry({ recipient, state, doubts, reply }: Row): OnwardEntry {
  const said = reply === '' ? null : (JSON.parse(reply) as OnwardEntry['reply']);
  // Begun, and nothing since: the station ended before the answer came.
  if (state === 'begun') return { recipient, state: 'doubt', doubts: doubts + 1, reply: said };
  return { recipient, state: state as OnwardEntry['state'], doubts, reply: said };
}
