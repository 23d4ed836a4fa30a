// Problems: messages that failed three times. Retry forgets the failures; deliver takes the bytes we have; delete asks the server at the next run.
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { Problem } from '../../shared/station.js';
import { beginDelivery, syncFolder } from '../maildir/deliver.js';
import { stampHead } from '../message/stamp.js';
import type { Calls, Context } from './context.js';
import { findKeys } from './keys.js';
import type { FailureEntry, Ledger } from './ledger.js';

export interface ProblemDeps extends Context {
  readonly ledger: Ledger;
  /** Maildir and address that an account's mail goes to when nothing better is known. */
  readonly mailboxOf: (account: Account) => { readonly maildir: string; readonly address: string } | null;
  readonly arrived: (maildir: string, path: string) => void;
}

export function problemCalls(deps: ProblemDeps): Calls<'problem.list' | 'problem.settle'> {
  const parked = () => deps.ledger.failures(null).filter((failure) => failure.parked && failure.settle === null);
  const list = async () => parked().map((failure) => toProblem(failure));
  return {
    'problem.list': list,
    async 'problem.settle'({ id, how }) {
      const failure = parked().find((candidate) => problemId(candidate) === id);
      if (failure === undefined) throw new MailError('not-found', 'that problem is settled already', false, { name: id });
      if (how === 'retry') deps.ledger.forgetFailure(failure.account, failure.key);
      else if (how === 'delete') deps.ledger.fail({ ...failure, settle: 'delete' });
      else await deliverParked(deps, failure);
      deps.log('info', `problem ${failure.uidl}: ${how}`, failure.account);
      deps.emit('problem.changed', {});
      deps.emit('status.changed', {});
      return list();
    },
  };
}

/** Problems that wait for the user. */
export function problemCount(ledger: Ledger): number {
  return ledger.failures(null).filter((failure) => failure.parked && failure.settle === null).length;
}

/** Bytes of messages that have been delivered since: a kill between ledger and rm() leaves them. What the ledger does not know stays. */
export async function sweepProblems(folder: string, ledger: Ledger): Promise<void> {
  const delivered = ledger.database.prepare("SELECT 1 FROM message WHERE key = ? AND state IN ('delivered', 'delete-sent', 'deleted')");
  for (const name of await readdir(folder)) {
    const [, key] = /^([0-9a-f]{32})\.eml$/.exec(name) ?? [];
    if (key !== undefined && delivered.get(key) !== undefined) await rm(join(folder, name), { force: true });
  }
}

const problemId = (failure: FailureEntry) => `${failure.account}/${failure.key}`;

function toProblem(failure: FailureEntry): Problem {
  const { account, uidl, octets, attempts } = failure;
  return {
    id: problemId(failure),
    account,
    uidl,
    octets,
    attempts,
    failure: failure.failure,
    hasBytes: failure.bytes !== null,
    onServer: true,
    since: new Date(failure.since).toISOString(),
  };
}

/** Into the account's mailbox as it is, not scanned. In the ledger, and so due for deletion where the account deletes, only once durable. */
async function deliverParked(deps: ProblemDeps, failure: FailureEntry): Promise<void> {
  const account = deps.settings.read().accounts.find(({ id }) => id === failure.account);
  const to = account === undefined ? null : deps.mailboxOf(account);
  if (failure.bytes === null || to === null)
    throw new MailError('not-found', 'there are no bytes of this message here to deliver', false, { name: failure.uidl });
  const path = (await findKeys([to.maildir])).has(failure.key) ? null : await writeParked(failure.bytes, failure.key, to);
  await deps.ledger.record({
    account: failure.account,
    key: failure.key,
    uidl: failure.uidl,
    octets: failure.octets,
    state: 'delivered',
    sha256: null,
    firstSeen: Date.now(),
  });
  await rm(failure.bytes, { force: true });
  if (path !== null) deps.arrived(to.maildir, path);
}

/** In new/, durable, when it resolves. One that was cut short between link and ledger is found by its key and not written again. */
async function writeParked(bytes: string, key: string, to: { readonly maildir: string; readonly address: string }): Promise<string> {
  const draft = await beginDelivery(to.maildir, key);
  const head = stampHead({
    returnPath: null,
    originalTo: to.address,
    deliveredTo: to.address,
    scannedWith: null,
    received: null,
    verdict: { kind: 'not-scanned', reason: 'delivered by hand from Problems' },
  });
  try {
    await draft.write([head]);
    for await (const chunk of createReadStream(bytes)) await draft.write([chunk as Buffer]);
    await draft.seal();
    const path = await draft.link();
    await syncFolder(join(to.maildir, 'new'));
    return path;
  } catch (error) {
    await draft.abort();
    throw error;
  }
}
