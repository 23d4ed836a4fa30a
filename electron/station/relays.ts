// Mail handed on by SMTP or LMTP instead of into a Maildir. Only the server's word accepts or refuses; everything else defers,
// and a server that is not there ends the run: nothing is counted against a message for it.
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { type Outcome, openRelay, type Relay } from '../smtp/relay.js';
import { relayTarget } from '../smtp/target.js';
import type { Spool } from './spool.js';

export interface Relayed {
  readonly refused: readonly { readonly address: string; readonly code: number; readonly status: string; readonly text: string }[];
  /** Some recipient has to be tried again. */
  readonly deferred: MailError | null;
}

export interface Relays {
  /** Throws MailError `relay-temporary` when the server cannot be reached. */
  send(account: Account, sender: string, addresses: readonly string[], head: Buffer, spool: Spool): Promise<Relayed>;
  close(): Promise<void>;
}

/** No answer at all, as the relay client words it (RFC 3463 4.4.2: bad connection). */
const unreachable = '4.4.2';

export function openRelays(name: string): Relays {
  const open = new Map<string, Relay>();
  // One message at a time on a connection.
  let last: Promise<unknown> = Promise.resolve();
  const relayOf = (account: Account): Relay => {
    const target = relayTarget(account.target);
    if (target === null)
      throw new MailError('delivery', `${account.name} hands its mail to an IMAP account, which cannot be done yet`, true, {
        account: account.name,
      });
    const key = JSON.stringify(target);
    const relay = open.get(key) ?? openRelay(target, { name });
    open.set(key, relay);
    return relay;
  };
  return {
    send(account, sender, addresses, head, spool) {
      const octets = head.length + spool.octets;
      const work = last.then(async () =>
        judge(await relayOf(account).send({ sender, recipients: addresses, octets, body: () => whole(head, spool) }), account),
      );
      last = work.catch(() => undefined);
      return work;
    },
    async close() {
      for (const relay of open.values()) await relay.close();
    },
  };
}

async function* whole(head: Buffer, spool: Spool): AsyncGenerator<Uint8Array> {
  yield head;
  yield* spool.read();
}

function judge(outcomes: readonly Outcome[], account: Account): Relayed {
  const waiting = outcomes.filter(({ kind }) => kind === 'deferred' || kind === 'unknown');
  const refused = outcomes
    .filter(({ kind }) => kind === 'refused')
    .map(({ address, code, status, text }) => ({ address, code, status, text }));
  const [first] = waiting;
  if (first === undefined) return { refused, deferred: null };
  const doubt = waiting.some(({ kind }) => kind === 'unknown')
    ? ' (the answer was lost after the message was sent: it may arrive twice)'
    : '';
  const error = new MailError('relay-temporary', `${first.text}${doubt}`, true, { account: account.name, said: `${first.text}${doubt}` });
  if (waiting.every(({ status }) => status === unreachable)) throw error;
  return { refused, deferred: error };
}
