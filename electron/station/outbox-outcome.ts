// What an attempt to send makes of a row. Only the server's word accepts or refuses; a lost answer is held and asked.
import { type Failure, MailError, toFailure } from '../../shared/error.js';
import type { OutboxRecipient } from '../../shared/outbox.js';
import type { Change, StoredMessage } from './outbox-rows.js';
import type { Answer } from './submit.js';

const minute = 60_000;
/** Milliseconds until the next attempt: doubled from one minute to an hour; after five days it is given up (RFC 5321 4.5.4.1). */
const longestWait = 60 * minute;
const givenUpAfter = 5 * 24 * 60 * minute;

function later(row: StoredMessage, failure: Failure, now: number): Change {
  const attempts = row.attempts + 1;
  if (now - row.created > givenUpAfter) return { state: 'failed', attempts, failure, next: null };
  return { state: 'queued', attempts, failure, next: now + Math.min(longestWait, minute * 2 ** Math.min(row.attempts, 10)) };
}

/** The connection failed, or nobody could log in: no recipient was judged. */
export function afterFailure(row: StoredMessage, error: unknown, now: number): Change {
  if (error instanceof MailError && error.code === 'cancelled') return { state: 'queued' };
  const failure = toFailure(error);
  if (failure.temporary) return later(row, failure, now);
  return { state: 'failed', attempts: row.attempts + 1, failure, next: null };
}

/** The program ended while the answer was awaited. */
export function afterCrash(): Change {
  return { state: 'held', next: null, failure: unknownAnswer('the program ended before the answer came') };
}

function unknownAnswer(said: string): Failure {
  return new MailError('sending-unknown', `the answer was lost after the message: ${said}`, false, { said }).toJSON();
}

/** Accepted recipients stay accepted, whatever becomes of the others. */
export function afterAnswers(row: StoredMessage, answers: readonly Answer[], now: number): Change {
  const recipients = row.recipients.map((one): OutboxRecipient => {
    const answer = one.state === 'waiting' ? answers.find(({ address }) => address === one.address) : undefined;
    if (answer?.kind === 'accepted') return { ...one, state: 'accepted', said: null };
    return answer?.kind === 'refused' ? { ...one, state: 'refused', said: answer.said } : one;
  });
  const of = (kind: Answer['kind']) => answers.find((answer) => answer.kind === kind);
  const [unknown, deferred] = [of('unknown'), of('deferred')];
  const attempts = row.attempts + 1;
  if (unknown !== undefined) return { recipients, state: 'held', attempts, failure: unknownAnswer(unknown.said), next: null };
  if (deferred !== undefined) {
    const error = new MailError('relay-temporary', deferred.said, true, { said: deferred.said });
    return { ...later({ ...row, recipients }, error.toJSON(), now), recipients };
  }
  return { ...settledBy(recipients), attempts };
}

/** Nobody waits any more: sent, or failed where someone was refused. */
export function settledBy(recipients: readonly OutboxRecipient[]): Change {
  const refused = recipients.filter(({ state }) => state === 'refused');
  if (refused.length === 0) return { recipients, state: 'sent', failure: null, next: null };
  const said = refused.map((one) => `${one.address}: ${one.said ?? ''}`).join('; ');
  const failure = new MailError('sending-refused', `refused: ${said}`, false, { said: said.slice(0, 1000) }).toJSON();
  return { recipients, state: 'failed', failure, next: null };
}
