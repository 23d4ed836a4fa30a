// Bounces of ours in the ledger: what was decided for each refused recipient, once, and the report on its way. A report is sent at
// most once: when its end was sent and the answer was lost, it counts as sent.
import type Database from 'libsql';

/** not: none is sent, and why; lost: sent, and the answer did not come. */
export type BounceState = 'not' | 'queued' | 'sending' | 'sent' | 'failed' | 'lost';
/** forbidden: nobody to tell (a null sender, a list, an automatic message); rate: too many this hour; no-way: nothing to send it by; quiet: a relay took it for spam. */
export type BounceWhy = 'forbidden' | 'rate' | 'no-way' | 'quiet' | '';

export interface BounceDecision {
  readonly address: string;
  readonly state: BounceState;
  readonly why: string;
  /** Who is told; '' where nobody is. */
  readonly sender: string;
}
export interface QueuedBounce {
  readonly dsn: string;
  readonly account: string;
  readonly sender: string;
  readonly message: Buffer;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly attempts: number;
}

export interface BounceLedger {
  decisions(account: string, key: string): ReadonlyMap<string, BounceDecision>;
  /** All recipients of one decision in one transaction; the first decision for a recipient stands. Durable on return. */
  decide(of: { readonly account: string; readonly key: string }, addresses: readonly string[], decision: Decided): void;
  /** Reports that were decided on since then. */
  countSince(time: number): number;
  due(now: number): readonly QueuedBounce[];
  mark(dsn: string, state: BounceState, why?: string): void;
  /** Tried in vain: again at `next`. */
  again(dsn: string, next: number): void;
}
export interface Decided {
  readonly state: 'not' | 'queued';
  readonly why: BounceWhy;
  readonly dsn: string;
  readonly sender: string;
  readonly message: Buffer | null;
}

export function openBounceLedger(database: Database.Database): BounceLedger {
  const of = database.prepare('SELECT address, state, why, sender FROM bounce WHERE account = ? AND key = ?');
  const put = database.prepare(
    'INSERT OR IGNORE INTO bounce (account, key, address, dsn, sender, state, why, at, message, next) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const count = database.prepare("SELECT count(DISTINCT dsn) AS count FROM bounce WHERE at >= ? AND state <> 'not'");
  const due = database.prepare(
    "SELECT dsn, account, sender, message, at, attempts FROM bounce WHERE state = 'queued' AND message IS NOT NULL AND next <= ? ORDER BY at",
  );
  const set = database.prepare('UPDATE bounce SET state = ?, why = ? WHERE dsn = ?');
  const drop = database.prepare('UPDATE bounce SET message = NULL WHERE dsn = ?');
  const later = database.prepare("UPDATE bounce SET state = 'queued', attempts = attempts + 1, next = ? WHERE dsn = ?");
  // The station ended while the end of these was on its way.
  database.prepare("UPDATE bounce SET state = 'lost', message = NULL WHERE state = 'sending'").run();
  return {
    decisions: (account, key) => new Map((of.all(account, key) as BounceDecision[]).map((row) => [row.address, row])),
    decide: database.transaction((place: { account: string; key: string }, addresses: readonly string[], decided: Decided) => {
      const now = Date.now();
      for (const [index, address] of addresses.entries()) {
        const message = index === 0 ? decided.message : null;
        put.run(place.account, place.key, address, decided.dsn, decided.sender, decided.state, decided.why, now, message, now);
      }
    }),
    countSince: (time) => (count.get(time) as { count: number }).count,
    due: (now) =>
      (due.all(now) as (Omit<QueuedBounce, 'since'> & { at: number })[]).map(({ at, message, ...row }) => ({
        ...row,
        since: at,
        message: Buffer.from(message),
      })),
    mark: database.transaction((dsn: string, state: BounceState, why = '') => {
      set.run(state, why, dsn);
      if (state !== 'queued' && state !== 'sending') drop.run(dsn);
    }),
    again: (dsn, next) => void later.run(next, dsn),
  };
}
