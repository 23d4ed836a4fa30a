// The test of a sending server: address, connection, TLS, greeting, STARTTLS, login; nothing is sent. Through nodemailer's
// connection, over a socket of ours, so that certificates and pins are judged as everywhere.
import { lookup } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Account, Security } from '../../shared/account.js';
import { type FailureFacts, MailError } from '../../shared/error.js';
import type { TestStep } from '../../shared/station.js';
import { Dial } from '../net/dial.js';
import { networkError } from '../net/network-error.js';
import { printable } from '../net/text.js';
import { type Trust, tlsOptions } from '../net/tls.js';
import { smtpError } from './smtp-probe-errors.js';

export interface SmtpOptions extends Trust {
  readonly port: number;
  readonly security: Security;
  /** null: no login. */
  readonly login: { readonly user: string; readonly secret: string; readonly auth: Account['auth'] } | null;
  readonly timeoutSeconds: number;
  /** Seconds of silence of an open connection; default: timeoutSeconds. */
  readonly silenceSeconds?: number;
  readonly onStep: (step: TestStep['step'], detail: string) => void;
}

/** Throws MailError; nothing is left open then. peerCertificate(error) gives the certificate that was refused. */
export async function probeSmtp(options: SmtpOptions): Promise<void> {
  const { login } = options;
  if (login !== null && /[\r\n\0]/.test(login.user + login.secret))
    throw new MailError('credentials-invalid', 'the user name or password contains a line break or a NUL', false);
  await tellAddresses(options);
  const { security, onStep } = options;
  const dial = new Dial({
    ...options,
    onConnected: (address) => onStep('smtp-tcp', address),
    onSecured: (words) => onStep(security === 'tls' ? 'smtp-tls' : 'smtp-starttls', words),
  });
  const socket = await dialled(options, dial);
  let step = 'greeting';
  const connection = connectionOver(options, dial, socket, () => {
    step = 'starttls';
  });
  try {
    await settled(connection, (done) => connection.connect(done));
    if (login === null) return;
    step = 'login';
    await settled(connection, (done) => logIn(options, connection, login, done));
    onStep('smtp-login', login.user);
    connection.quit();
  } catch (error) {
    const facts: FailureFacts = { ...dial.facts(), step, ...(login === null ? {} : { user: login.user }) };
    throw dial.failure?.with(facts) ?? smtpError(error, facts, options);
  } finally {
    connection.close();
  }
}

async function tellAddresses({ host, port, onStep }: SmtpOptions): Promise<void> {
  if (isIP(host)) return onStep('smtp-dns', host);
  try {
    const found = await lookup(host, { all: true });
    onStep('smtp-dns', found.map(({ address }) => address).join(', '));
  } catch (error) {
    throw networkError(error, { step: 'dns', host, port });
  }
}

/** Connected and, where TLS comes first, secured. */
export function dialled({ security, timeoutSeconds }: SmtpOptions, dial: Dial): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = dial.open(security === 'tls', () => {
      clearTimeout(timer);
      socket.off('error', failed);
      resolve(socket);
    });
    const failed = () => {
      clearTimeout(timer);
      reject(dial.failure);
    };
    const timer = setTimeout(() => {
      reject(new MailError('timeout', `no connection within ${timeoutSeconds} s`, true, { ...dial.facts(), seconds: timeoutSeconds }));
      socket.destroy();
    }, timeoutSeconds * 1000);
    // After the dial's own listener: its judgement stands then.
    socket.once('error', failed);
  });
}

export function connectionOver(options: SmtpOptions, dial: Dial, socket: Socket, greeted: () => void): SMTPConnection {
  const { host, port, security, timeoutSeconds, silenceSeconds = timeoutSeconds } = options;
  const connection = new SMTPConnection({
    host,
    port,
    connection: socket,
    // Both always said: unset, the package would go on without TLS where the server offers none.
    secure: security === 'tls',
    secured: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: tlsOptions(options),
    connectionTimeout: timeoutSeconds * 1000,
    greetingTimeout: timeoutSeconds * 1000,
    socketTimeout: silenceSeconds * 1000,
    customAuth: tokens(options),
    transactionLog: true,
    logger: listener((greeting) => {
      options.onStep('smtp-greeting', greeting);
      greeted();
    }),
  });
  watchUpgrade(connection, dial, socket);
  return connection;
}

/** STARTTLS puts another socket in the place of ours: the moment to look at its certificate before it is judged. */
function watchUpgrade(connection: SMTPConnection, dial: Dial, first: Socket): void {
  let current: unknown = Reflect.get(connection, '_socket');
  Object.defineProperty(connection, '_socket', {
    get: () => current,
    set: (next: unknown) => {
      current = next;
      if (next instanceof TLSSocket && next !== first) dial.adopt(next, () => undefined);
    },
  });
}

type Done = (error?: Error | null) => void;

/** One question of the package: answered by its callback, or by an 'error' of the connection. */
export function settled(connection: SMTPConnection, ask: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    ask((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

export function logIn({ host }: SmtpOptions, connection: SMTPConnection, login: NonNullable<SmtpOptions['login']>, done: Done): void {
  if (Reflect.get(connection, 'allowsAuth') !== true) {
    done(new MailError('auth-unsupported', `${host} offers no login`, false, { host, said: '' }));
    return;
  }
  const method = methods[login.auth];
  connection.login({ user: login.user, pass: login.secret, ...(method === undefined ? {} : { method }) }, done);
}

/** The others are for receiving only: there the server says what it takes. */
const methods: Partial<Record<Account['auth'], string>> = {
  plain: 'PLAIN',
  login: 'LOGIN',
  'cram-md5': 'CRAM-MD5',
  xoauth2: 'XOAUTH2',
  oauthbearer: 'OAUTHBEARER',
};

type TokenLogin = SMTPConnection.CustomAuthenticationHandlers[string];

function tokens({ host, port, login }: SmtpOptions): Record<string, TokenLogin> {
  if (login === null || (login.auth !== 'xoauth2' && login.auth !== 'oauthbearer')) return {};
  const { user, secret } = login;
  // RFC 7628 section 3.1: = and , mean something in its header.
  const name = user.replaceAll('=', '=3D').replaceAll(',', '=2C');
  return {
    XOAUTH2: bearer(`user=${user}\u0001auth=Bearer ${secret}\u0001\u0001`, 'XOAUTH2', ''),
    OAUTHBEARER: bearer(`n,a=${name},\u0001host=${host}\u0001port=${port}\u0001auth=Bearer ${secret}\u0001\u0001`, 'OAUTHBEARER', 'AQ=='),
  };
}

/** A refusal comes as a challenge, to be answered before the server says its 535. */
function bearer(payload: string, method: string, breaker: string): TokenLogin {
  return async (ask) => {
    const first = await ask.sendCommand(`AUTH ${method} ${Buffer.from(payload).toString('base64')}`);
    const last = first.status === 334 ? await ask.sendCommand(breaker) : first;
    if (last.status !== 235) throw new Error('the server refused the token');
  };
}

function listener(greeted: (greeting: string) => void) {
  let first = true;
  const debug = (entry: unknown, line: unknown) => {
    const server = typeof entry === 'object' && entry !== null && 'tnx' in entry && entry.tnx === 'server';
    if (!server || typeof line !== 'string') return;
    if (first && line.startsWith('220')) greeted(printable(line.slice(4)));
    first = false;
  };
  const quiet = () => undefined;
  return { level: quiet, trace: quiet, debug, info: quiet, warn: quiet, error: quiet, fatal: quiet };
}
