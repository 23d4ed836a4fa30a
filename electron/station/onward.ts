// Mail handed on instead of delivered here: by SMTP or LMTP, or into a folder of an IMAP account. Only the server's word accepts
// or refuses a recipient, and that word is durable before anything else happens: who has the message is never sent it again. A
// word that was lost leaves a doubt: the message goes again (nothing is lost), an IMAP folder is asked first, and a copy that
// may be the second one is reported.
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { AppendFolder } from '../imap/append.js';
import { appendRefusal } from '../imap/append-refusal.js';
import { fieldValues } from '../message/header.js';
import { keyField } from '../message/stamp.js';
import type { Login } from '../smtp/login.js';
import { type Outcome, openRelay, type Relay } from '../smtp/relay.js';
import { relayTarget } from '../smtp/target.js';
import { type OnwardDestination, type OnwardTarget, placeOf } from './destination.js';
import type { OnwardEntry, OnwardLedger, Settlement } from './onward-ledger.js';
import type { Spool } from './spool.js';

export interface OnwardMessage {
  readonly account: Account;
  readonly key: string;
  /** '' is the null sender. */
  readonly sender: string;
  readonly to: readonly OnwardDestination[];
  /** Our header lines; for several recipients at once they name none. */
  readonly head: (to: OnwardDestination, several: boolean) => Buffer;
  readonly spool: Spool;
  /** The run before did not end: an IMAP folder is asked before anything is appended. */
  readonly unclean: boolean;
  readonly step: (step: 'hand' | 'handed') => void;
}
export interface HandedOn {
  readonly refused: readonly Refused[];
  /** Some recipient has to be tried again. */
  readonly deferred: MailError | null;
  /** They have it, and perhaps twice: an answer was lost before. */
  readonly doubtful: readonly string[];
}
export interface Refused extends Reply {
  readonly address: string;
}
export interface Onward {
  /** Throws MailError `relay-temporary` when a server cannot be reached: no message is to blame. */
  send(message: OnwardMessage): Promise<HandedOn>;
  /** The message is in the ledger. */
  forget(account: string, key: string): void;
  close(): Promise<void>;
}
export interface OnwardDeps {
  /** Our name, for EHLO. */
  readonly name: string;
  readonly ledger: OnwardLedger;
  /** `owner`: the account or mailbox that names the target. */
  readonly login: (owner: Account, target: OnwardTarget) => Promise<Login>;
  /** A session on a folder of an IMAP account of ours. Throws MailError. */
  readonly openFolder: (account: string, folder: string) => Promise<AppendFolder>;
}

/** No answer at all, as the relay client words it (RFC 3463 4.4.2: bad connection). */
const unreachable = '4.4.2';

interface Settled extends Reply {
  readonly kind: Outcome['kind'];
  readonly address: string;
  /** The server does not want this message, and did not say that for good: three times, and it is put in Problems. */
  readonly counted?: boolean;
}
type Reply = NonNullable<OnwardEntry['reply']>;

export function openOnward(deps: OnwardDeps): Onward {
  const relays = new Map<string, Relay>();
  const folders = new Map<string, AppendFolder>();
  // One message at a time to a target.
  const last = new Map<string, Promise<unknown>>();

  const relayOf = (account: Account, target: OnwardTarget): Relay => {
    const key = JSON.stringify([account.id, target]);
    const known = relays.get(key);
    if (known !== undefined) return known;
    const through = relayTarget(target, () => deps.login(account, target));
    if (through === null) throw new MailError('internal', `${target.kind} is no relay`, true);
    const made = openRelay(through, { name: deps.name });
    relays.set(key, made);
    return made;
  };
  const folderOf = async (target: Extract<OnwardTarget, { kind: 'imap' }>): Promise<AppendFolder> => {
    const key = JSON.stringify(target);
    const kept = folders.get(key);
    if (kept !== undefined && !kept.lost) return kept;
    const opened = await deps.openFolder(target.account, target.folder);
    folders.set(key, opened);
    return opened;
  };

  async function handOn(message: OnwardMessage, target: OnwardTarget, to: readonly OnwardDestination[]): Promise<readonly Settled[]> {
    const known = deps.ledger.entries(message.account.id, message.key);
    const before = to.flatMap((one) => settledBefore(one, known.get(placeOf(one))));
    const open = to.filter((one) => !before.some(({ address }) => address === one.address));
    if (open.length === 0) return before;
    const rest =
      target.kind === 'imap'
        ? await append(deps, message, open, () => folderOf(target), known)
        : await relay(deps, message, open, relayOf(message.account, target));
    return [...before, ...rest];
  }

  return {
    async send(message) {
      const settled: Settled[] = [];
      for (const group of groups(message.to)) {
        const [first] = group;
        if (first === undefined) continue;
        const key = JSON.stringify(first.target);
        const work = (last.get(key) ?? Promise.resolve()).then(() => handOn(message, first.target, group));
        const settles = work.catch(() => undefined);
        last.set(key, settles);
        settled.push(...(await work));
      }
      const known = deps.ledger.entries(message.account.id, message.key);
      return judge(settled, message.account, (address) => doubts(known, message.to, address));
    },
    forget: (account, key) => deps.ledger.forget(account, key),
    async close() {
      for (const one of [...relays.values(), ...folders.values()]) await one.close();
    },
  };
}

/** Recipients of one target go together; an IMAP folder takes one copy however many lead to it. */
function groups(to: readonly OnwardDestination[]): readonly (readonly OnwardDestination[])[] {
  const byTarget = new Map<string, OnwardDestination[]>();
  for (const one of to) {
    const key = JSON.stringify(one.target);
    byTarget.set(key, [...(byTarget.get(key) ?? []), one]);
  }
  return [...byTarget.values()].map((group) => (group[0]?.target.kind === 'imap' ? group.slice(0, 1) : group));
}

function settledBefore({ address }: OnwardDestination, entry: OnwardEntry | undefined): readonly Settled[] {
  if (entry === undefined || entry.state === 'doubt') return [];
  const reply = entry.reply ?? { code: 250, status: '2.0.0', text: '' };
  return [{ ...reply, address, kind: entry.state }];
}

function doubts(known: ReadonlyMap<string, OnwardEntry>, to: readonly OnwardDestination[], address: string): number {
  const one = to.find((destination) => destination.address === address);
  return one === undefined ? 0 : (known.get(placeOf(one))?.doubts ?? 0);
}

async function relay(
  deps: OnwardDeps,
  { account, key, sender, spool, head, step }: OnwardMessage,
  to: readonly OnwardDestination[],
  through: Relay,
): Promise<readonly Settled[]> {
  const [first] = to;
  if (first === undefined) return [];
  const top = head(first, to.length > 1);
  const places = new Map(to.map((one) => [one.address, placeOf(one)]));
  const begun = new Set<string>();
  const done = new Set<string>();
  const settle = (outcome: Outcome): void => {
    const place = places.get(outcome.address) ?? outcome.address;
    if (done.has(place)) return;
    const how = outcome.kind === 'unknown' ? 'lost' : outcome.kind === 'deferred' ? 'later' : outcome.kind;
    // Deferred before the message was ended: what was in doubt before stays so.
    if (how === 'later' && !begun.has(outcome.address)) return;
    done.add(place);
    deps.ledger.settle(account.id, key, place, how, replyOf(outcome));
  };
  const outcomes = await through.send({
    sender,
    recipients: to.map(({ address }) => address),
    octets: top.length + spool.octets,
    body: () => whole(top, spool),
    beforeEnd(addresses) {
      for (const address of addresses) begun.add(address);
      deps.ledger.begin(
        account.id,
        key,
        addresses.map((address) => places.get(address) ?? address),
      );
      step('hand');
    },
    answered: settle,
  });
  for (const outcome of outcomes) settle(outcome);
  step('handed');
  return outcomes.map((outcome) => ({ ...replyOf(outcome), kind: outcome.kind, address: outcome.address }));
}

/** fetchmail sends no bounce for these either. */
const quietCauses: readonly string[] = ['spam', 'bad-sender'];

function replyOf(outcome: Outcome): Reply {
  const { code, status, text } = outcome;
  return { code, status, text, ...(outcome.kind === 'refused' && quietCauses.includes(outcome.cause) ? { quiet: true } : {}) };
}

async function* whole(head: Buffer, spool: Spool): AsyncGenerator<Uint8Array> {
  yield head;
  yield* spool.read();
}

/** Looked for first where it may be there already; then appended. */
async function append(
  deps: OnwardDeps,
  { account, key, spool, head, unclean, step }: OnwardMessage,
  [to]: readonly OnwardDestination[],
  open: () => Promise<AppendFolder>,
  known: ReadonlyMap<string, OnwardEntry>,
): Promise<readonly Settled[]> {
  if (to === undefined) return [];
  const { address } = to;
  const place = placeOf(to);
  const settled = (kind: Outcome['kind'], how: Settlement, reply: Reply, counted = false): readonly Settled[] => {
    deps.ledger.settle(account.id, key, place, how, reply);
    step('handed');
    return [{ ...reply, kind, address, counted }];
  };
  const there = (text: string) => settled('accepted', 'found', { code: 250, status: '2.0.0', text });
  let folder: AppendFolder;
  try {
    folder = await open();
    const [messageId = null] = fieldValues(spool.header, 'Message-ID');
    if ((unclean || known.has(place)) && (await folder.has(keyField, key, messageId))) return there('it is there already');
  } catch (error) {
    throw new MailError('relay-temporary', message(error), true, { account: account.name, said: message(error), cause: error });
  }
  deps.ledger.begin(account.id, key, [place]);
  step('hand');
  try {
    await folder.append(await crlf(head(to, false), spool));
    return there('');
  } catch (error) {
    const refusal = appendRefusal(error);
    const text = message(error);
    if (refusal === null) return settled('unknown', 'lost', { code: 451, status: unreachable, text });
    if (refusal === 'too-big') return settled('refused', 'refused', { code: 552, status: '5.3.4', text: `552 5.3.4 ${text}` });
    const reply = { code: 451, status: refusal === 'full' ? '4.2.2' : '4.3.0', text };
    return settled('deferred', 'later', reply, refusal === 'other');
  }
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The package wants it whole. */
async function crlf(head: Buffer, spool: Spool): Promise<Buffer> {
  const out = Buffer.allocUnsafe(head.length + spool.octets + (await lineCount(head, spool)));
  let [length, last] = [0, 0];
  for await (const chunk of whole(head, spool))
    for (const octet of chunk) {
      if (octet === 10 && last !== 13) out[length++] = 13;
      out[length++] = octet;
      last = octet;
    }
  return out.subarray(0, length);
}

async function lineCount(head: Buffer, spool: Spool): Promise<number> {
  let count = 0;
  for await (const chunk of whole(head, spool)) for (const octet of chunk) if (octet === 10) count += 1;
  return count;
}

function judge(settled: readonly Settled[], { name }: Account, doubtsOf: (address: string) => number): HandedOn {
  const refused = settled
    .filter(({ kind }) => kind === 'refused')
    .map(({ address, code, status, text, quiet }) => ({ address, code, status, text, ...(quiet === true ? { quiet } : {}) }));
  const doubtful = settled.filter(({ kind, address }) => kind === 'accepted' && doubtsOf(address) > 0).map(({ address }) => address);
  const lost = settled.find(({ kind }) => kind === 'unknown');
  if (lost !== undefined)
    return { refused, doubtful, deferred: new MailError('relay-doubt', lost.text, true, { account: name, said: lost.text }) };
  const waiting = settled.filter(({ kind }) => kind === 'deferred');
  const [first] = waiting;
  if (first === undefined) return { refused, doubtful, deferred: null };
  const counted = waiting.find((one) => one.counted === true);
  if (counted !== undefined)
    return {
      refused,
      doubtful,
      deferred: new MailError('delivery', counted.text, true, { account: name, said: counted.text, path: counted.address }),
    };
  const error = new MailError('relay-temporary', first.text, true, { account: name, said: first.text });
  if (waiting.every(({ status }) => status === unreachable)) throw error;
  return { refused, doubtful, deferred: error };
}
