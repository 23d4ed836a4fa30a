// Bounces to senders (RFC 3464, RFC 3834): whether one may be sent at all, how many an hour, and the sending, from the null sender,
// by the account's own sending server or the relay its mail goes to. Forged senders make every bounce a message to a stranger:
// so the rules are strict, and what may not be bounced goes to the postmaster.
import { createHash } from 'node:crypto';
import type { Account } from '../../shared/account.js';
import { type DsnReason, writeDsn } from '../bounce/write.js';
import { bounceAddress } from '../bounce/write-policy.js';
import { type Outcome, openRelay, type RelayTarget } from '../smtp/relay.js';
import type { BounceLedger, BounceWhy, Decided, QueuedBounce } from './bounce-ledger.js';
import type { Refusal } from './refusals.js';

export interface BouncesOut {
  /** True: every refused recipient's bounce is decided on and durable. False: at least one goes to nobody, and the mail to the postmaster. */
  offer(account: Account, refusal: Refusal): boolean;
  /** Sends what is due. Never throws; one at a time. */
  flush(): Promise<void>;
  /** Begins no other one, and waits for the one under way. */
  close(): Promise<void>;
}
export interface BouncesOutDeps {
  readonly ledger: BounceLedger;
  /** This station's name. */
  readonly host: string;
  /** Bounces an hour. */
  readonly limit: () => number;
  /** What the account's bounces go by; null: it can send nothing. */
  readonly way: (account: Account) => RelayTarget | null;
  readonly account: (id: string) => Account | undefined;
  readonly log: (level: 'info' | 'warn', text: string, account?: string) => void;
  readonly changed: () => void;
}

const hour = 3_600_000;
/** As Postfix: bounce_queue_lifetime. */
const patience = 5 * 24 * hour;
/** Seconds for a reply: what is short-lived does not wait as long as mail does. */
const timeout = 60;

export function openBouncesOut(deps: BouncesOutDeps): BouncesOut {
  let running: Promise<void> | null = null;
  let closed = false;
  const flush = async () => {
    for (const bounce of deps.ledger.due(Date.now())) if (!closed) await sendOne(deps, bounce);
  };
  return {
    offer: (account, refusal) => offer(deps, account, refusal),
    flush() {
      running ??= flush()
        .catch((error: unknown) => deps.log('warn', `bounces: ${String(error)}`))
        .finally(() => {
          running = null;
        });
      return running;
    },
    async close() {
      closed = true;
      await running;
    },
  };
}

function offer(deps: BouncesOutDeps, account: Account, refusal: Refusal): boolean {
  const known = deps.ledger.decisions(account.id, refusal.key);
  const open = refusal.refused.filter(({ address }) => !known.has(address));
  if (open.length > 0) {
    const addresses = open.map(({ address }) => address);
    deps.ledger.decide({ account: account.id, key: refusal.key }, addresses, decision(deps, account, { ...refusal, refused: open }));
  }
  const decided = deps.ledger.decisions(account.id, refusal.key);
  return refusal.refused.every(({ address }) => decided.get(address)?.state !== 'not');
}

function decision(deps: BouncesOutDeps, account: Account, refusal: Refusal): Decided {
  const to = bounceAddress(refusal.header);
  const why = reasonAgainst(deps, account, refusal, to);
  const id = bounceId(account.id, refusal.key, refusal.refused[0]?.address ?? '');
  if (to === null || why !== null) return { state: 'not', why: why ?? 'forbidden', dsn: id, sender: to ?? '', message: null };
  const { message } = writeDsn({
    host: deps.host,
    to,
    key: id,
    reason: reasonOf(refusal.refused[0]?.status ?? ''),
    recipients: refusal.refused.map(({ address, status, text }) => ({ address, original: address, status, diagnostic: text })),
    header: refusal.header,
    arrived: new Date(),
  });
  return { state: 'queued', why: '', dsn: id, sender: to, message };
}

function reasonAgainst(deps: BouncesOutDeps, account: Account, refusal: Refusal, to: string | null): BounceWhy | null {
  if (to === null) return 'forbidden';
  if (refusal.refused.some(({ quiet }) => quiet === true)) return 'quiet';
  if (deps.way(account) === null) return 'no-way';
  return deps.ledger.countSince(Date.now() - hour) >= deps.limit() ? 'rate' : null;
}

/** The same for the same message and recipient, so that it makes one Message-ID and one report. */
function bounceId(account: string, key: string, address: string): string {
  return createHash('sha256').update(`${account}\n${key}\n${address}`).digest('hex').slice(0, 32);
}

function reasonOf(status: string): DsnReason {
  if (status.startsWith('5.1.')) return 'recipient';
  if (status === '5.3.4' || status === '5.2.3') return 'too-big';
  return status === '5.4.6' || status === '5.4.0' ? 'loop' : 'general';
}

async function sendOne(deps: BouncesOutDeps, bounce: QueuedBounce): Promise<void> {
  const account = deps.account(bounce.account);
  const target = account === undefined ? null : deps.way(account);
  if (target === null) return settle(deps, bounce, 'failed', 'there is nothing to send it by any more');
  const relay = openRelay(target, { name: deps.host, timeout, endTimeout: timeout });
  const [outcome] = await relay.send({
    sender: '',
    recipients: [bounce.sender],
    octets: bounce.message.length,
    body: () => [bounce.message],
    beforeEnd: () => deps.ledger.mark(bounce.dsn, 'sending'),
  });
  conclude(deps, bounce, outcome);
  await relay.close();
}

function conclude(deps: BouncesOutDeps, bounce: QueuedBounce, outcome: Outcome | undefined): void {
  if (outcome === undefined || outcome.kind === 'deferred') wait(deps, bounce, outcome?.text ?? 'no answer');
  else if (outcome.kind === 'accepted') settle(deps, bounce, 'sent', outcome.text);
  else settle(deps, bounce, outcome.kind === 'unknown' ? 'lost' : 'failed', outcome.text);
}

function settle(deps: BouncesOutDeps, bounce: QueuedBounce, state: 'sent' | 'failed' | 'lost', why: string): void {
  deps.ledger.mark(bounce.dsn, state, why);
  deps.log(state === 'sent' ? 'info' : 'warn', `bounce to ${bounce.sender}: ${state}: ${why}`, bounce.account);
  deps.changed();
}

/** Twice as long each time, from a minute to four hours; after five days it is given up. */
function wait(deps: BouncesOutDeps, bounce: QueuedBounce, why: string): void {
  const now = Date.now();
  if (now - bounce.since > patience) {
    settle(deps, bounce, 'failed', why);
    return;
  }
  deps.ledger.again(bounce.dsn, now + Math.min(4 * hour, 60_000 * 2 ** bounce.attempts));
  deps.log('warn', `bounce to ${bounce.sender} waits: ${why}`, bounce.account);
}
