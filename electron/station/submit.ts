// One message handed to an account's sending server (RFC 6409), by nodemailer's connection over a socket of ours. What the
// server said of each recipient is a value. `beforeEnd` is called when all but the end of the message has gone out:
// from there on, without the server's answer, nobody knows whether it was sent.
import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { MailError } from '../../shared/error.js';
import { Dial } from '../net/dial.js';
import { printable } from '../net/text.js';
import { connectionOver, dialled, logIn, type SmtpOptions, settled } from './smtp-probe.js';
import { smtpError } from './smtp-probe-errors.js';

export interface Submission {
  /** '' is the null sender. */
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly octets: number;
  readonly eightBit: boolean;
  readonly body: () => AsyncIterable<Uint8Array>;
  /** Durable on return. Throws to stop: nothing is sent then. */
  readonly beforeEnd: () => void;
  readonly signal: AbortSignal;
}
export interface Answer {
  readonly address: string;
  /** unknown: the answer to the message was lost. */
  readonly kind: 'accepted' | 'deferred' | 'refused' | 'unknown';
  readonly said: string;
}

/** Throws MailError while nothing was judged: no connection, no TLS, no login, a refused sender's temporary reason. */
export async function submit(options: Omit<SmtpOptions, 'onStep'>, message: Submission): Promise<readonly Answer[]> {
  const { login, security } = options;
  if (login !== null && /[\r\n\0]/.test(login.user + login.secret))
    throw new MailError('credentials-invalid', 'the user name or password contains a line break or a NUL', false);
  const quiet = { ...options, onStep: () => undefined };
  const dial = new Dial({ ...options, onConnected: () => undefined, onSecured: () => undefined });
  const facts = { host: options.host, port: options.port, ...(login === null ? {} : { user: login.user }) };
  const socket = await dialled(quiet, dial);
  const connection = connectionOver(quiet, dial, socket, () => undefined);
  const abort = untilAborted(message.signal);
  try {
    await abort.or(settled(connection, (done) => connection.connect(done)));
    if (login !== null) await abort.or(settled(connection, (done) => logIn(quiet, connection, login, done)));
    const answers = await abort.or(transfer(connection, message, abort.forget));
    connection.quit();
    return answers;
  } catch (error) {
    throw dial.failure?.with(facts) ?? smtpError(error, facts, { port: options.port, security });
  } finally {
    abort.forget();
    connection.close();
  }
}

/** Stops what is awaited, until forget() is called: after the end has gone out, only the answer counts. */
function untilAborted(signal: AbortSignal): { or<T>(work: Promise<T>): Promise<T>; forget(): void } {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  aborted.catch(() => undefined);
  return { or: (work) => Promise.race([work, aborted]), forget: () => signal.removeEventListener('abort', stop) };
}

function cancelled(): MailError {
  return new MailError('cancelled', 'sending was stopped', true);
}

interface Reply {
  readonly responseCode?: number;
  readonly response?: string;
  readonly recipient?: string;
}

function transfer(connection: SMTPConnection, message: Submission, ending: () => void): Promise<readonly Answer[]> {
  let ended = false;
  const body = async function* () {
    yield* message.body();
    if (message.signal.aborted) throw cancelled();
    message.beforeEnd();
    ending();
    ended = true;
  };
  const envelope = { from: message.sender, to: [...message.recipients], size: message.octets, use8BitMime: message.eightBit };
  return new Promise((resolve, reject) => {
    connection.on('error', () => undefined);
    connection.send(envelope, Readable.from(body()), (error, info) => {
      const refused = refusals((error ?? info ?? {}) as { rejectedErrors?: readonly Reply[] });
      const others = (kind: Answer['kind'], said: string) =>
        message.recipients.map((address) => refused.find((answer) => answer.address === address) ?? { address, kind, said });
      if (!error) return resolve(others('accepted', printable(info?.response ?? '')));
      const { responseCode = 0, response = '' } = error as Reply;
      if (refused.length > 0 && refused.length === message.recipients.length) return resolve(refused);
      if (ended && responseCode < 400) return resolve(others('unknown', printable(error.message)));
      // Judged by the package itself: an address that is none, or more octets than the server takes.
      if (responseCode === 0 && /^E(ENVELOPE|MESSAGE)$/.test(String((error as { code?: string }).code)))
        return resolve(others('refused', printable(error.message)));
      if (responseCode < 400 || responseCode === 421) return reject(error);
      resolve(others(kindOf(responseCode), printable(response)));
    });
  });
}

/** 530 is for a login that is wanted first: as fetchmail treats it, for another time. */
function kindOf(code: number): 'deferred' | 'refused' {
  return code >= 500 && code !== 530 ? 'refused' : 'deferred';
}

function refusals({ rejectedErrors = [] }: { readonly rejectedErrors?: readonly Reply[] }): readonly Answer[] {
  return rejectedErrors.map(({ recipient = '', responseCode = 0, response = '' }) => ({
    address: recipient,
    kind: kindOf(responseCode),
    said: printable(response),
  }));
}
