// Logging in: which ways are open, in which order, and the exchange of each.
import { createHash, createHmac } from 'node:crypto';
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { mask, type Transcript } from '../net/transcript.js';
import type { Capabilities } from './capabilities.js';
import { refusal } from './errors.js';
import { askLine } from './exchange.js';
import { limits } from './limits.js';
import type { Reply } from './reply.js';
import { Scram } from './scram.js';
import type { Pop3Wire } from './wire.js';

export type Method = Exclude<Account['auth'], 'auto'>;

export interface Login {
  readonly wire: Pop3Wire;
  readonly transcript: Transcript;
  readonly capabilities: Capabilities;
  readonly greeting: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly secret: string;
  readonly auth: Account['auth'];
  readonly encrypted: boolean;
  readonly loopback: boolean;
}

/** Throws MailError `credentials-invalid`: a line break would let a password become a command. */
export function checkCredentials(user: string, secret: string): void {
  const bad = /[\r\n\0]/;
  if (!bad.test(user) && !bad.test(secret)) return;
  const what = bad.test(user) ? 'user name' : 'password';
  throw new MailError('credentials-invalid', `the ${what} contains a line break or a NUL`, false, { step: 'login' });
}

/** Returns the method that worked. Throws MailError auth, mailbox-busy, login-delay, ..., auth-unsupported. */
export async function logIn(login: Login): Promise<Method> {
  const ways = login.auth === 'auto' ? offered(login) : asked(login, login.auth);
  const [best, second] = ways;
  if (best === undefined) throw new MailError('auth-unsupported', 'the server offers no way to log in that we have', false);
  const first = await attempt(login, best);
  if (!first) return best;
  // A server may offer challenges for which it has no stored secret for this user: one more way, in the same session.
  if (first.code !== 'auth' || second === undefined || !challenges.has(best)) throw first;
  const again = await attempt(login, second);
  if (again) throw again;
  return second;
}

/** What the account asks for, unless the server names its ways and this is not among them. */
function asked({ capabilities: { sasl } }: Login, method: Method): Method[] {
  const named = method === 'password' || method === 'apop' || sasl.length === 0 || sasl.includes(method.toUpperCase());
  return named ? [method] : [];
}

const challenges: ReadonlySet<Method> = new Set(['scram-sha-256', 'cram-md5', 'apop']);
/** Best first. Inside TLS plain ways work everywhere; without it (the account says so) those that hide the secret come first. */
const inside: readonly Method[] = ['scram-sha-256', 'plain', 'password', 'login', 'cram-md5', 'apop'];
const inClear: readonly Method[] = ['scram-sha-256', 'cram-md5', 'apop', 'plain', 'password', 'login'];

export function offered({ capabilities, greeting, encrypted }: Pick<Login, 'capabilities' | 'greeting' | 'encrypted'>): Method[] {
  const { known, user, sasl } = capabilities;
  return (encrypted ? inside : inClear).filter((method) => {
    if (method === 'apop') return timestamp(greeting) !== null;
    // Some servers list neither USER nor SASL and still take USER.
    if (method === 'password') return !known || user === true || sasl.length === 0;
    return sasl.includes(method.toUpperCase());
  });
}

/** null: logged in. Returns a refusal; throws what ended the connection. */
async function attempt(login: Login, method: Method): Promise<MailError | null> {
  const reply = await exchanges[method](login);
  if (reply.kind === 'ok') return null;
  const said = login.transcript.clean(reply.text);
  return refusal(reply, 'login', { ...login.wire.facts(), user: login.user, said });
}

const exchanges: Readonly<Record<Method, (login: Login) => Promise<Reply>>> = {
  password: userAndPass,
  apop,
  plain: (login) => sasl(login, 'PLAIN', `\0${login.user}\0${login.secret}`),
  login: loginLogin,
  'cram-md5': cramMd5,
  'scram-sha-256': scram,
  xoauth2: (login) => bearer(login, 'XOAUTH2', `user=${login.user}\u0001auth=Bearer ${login.secret}\u0001\u0001`, ''),
  oauthbearer: (login) => bearer(login, 'OAUTHBEARER', oauthBearer(login), '\u0001'),
};

async function userAndPass({ wire, user, secret }: Login): Promise<Reply> {
  const reply = await askLine(wire, { line: `USER ${user}`, alone: true });
  if (reply.kind !== 'ok') return reply;
  return askLine(wire, { line: `PASS ${secret}`, shown: `PASS ${mask}`, alone: true });
}

/** RFC 1939 section 7; the timestamp must be a message id, or a man in the middle learns the secret bit by bit. */
export function timestamp(greeting: string): string | null {
  return /<[!-;=?A-~]+@[!-;=?A-~]+>/.exec(greeting)?.[0] ?? null;
}

async function apop({ wire, greeting, user, secret }: Login): Promise<Reply> {
  const stamp = timestamp(greeting);
  if (stamp === null) throw new MailError('auth-unsupported', 'the server does not offer APOP', false);
  const digest = createHash('md5').update(stamp).update(secret).digest('hex');
  return askLine(wire, { line: `APOP ${user} ${digest}`, shown: `APOP ${user} ${mask}`, alone: true });
}

/** RFC 5034: the initial response on the AUTH line where it fits, else after an empty challenge. */
async function sasl(login: Login, mechanism: string, initial: string): Promise<Reply> {
  const encoded = base64(initial);
  login.transcript.hide(encoded);
  const whole = `AUTH ${mechanism} ${encoded}`;
  if (whole.length + 2 <= limits.commandLine) return askLine(login.wire, { line: whole, shown: `AUTH ${mechanism} ${mask}`, alone: true });
  const reply = await begin(login, mechanism);
  return reply.kind === 'more' ? answer(login, encoded) : reply;
}

function begin({ wire }: Login, mechanism: string): Promise<Reply> {
  return askLine(wire, { line: `AUTH ${mechanism}`, alone: true });
}

/** `encoded` is base64 already. */
function answer({ wire, transcript }: Login, encoded: string): Promise<Reply> {
  transcript.hide(encoded);
  return askLine(wire, { line: encoded, shown: mask, alone: true });
}

async function loginLogin(login: Login): Promise<Reply> {
  const forUser = await begin(login, 'LOGIN');
  if (forUser.kind !== 'more') return forUser;
  const forSecret = await answer(login, base64(login.user));
  return forSecret.kind === 'more' ? answer(login, base64(login.secret)) : forSecret;
}

/** RFC 2195. */
async function cramMd5(login: Login): Promise<Reply> {
  const challenge = await begin(login, 'CRAM-MD5');
  if (challenge.kind !== 'more') return challenge;
  const digest = createHmac('md5', login.secret).update(decode(challenge.text)).digest('hex');
  return answer(login, base64(`${login.user} ${digest}`));
}

async function scram(login: Login): Promise<Reply> {
  const conversation = new Scram(login.user, login.secret);
  const first = await sasl(login, 'SCRAM-SHA-256', conversation.first());
  if (first.kind === 'err') return first;
  const final = await answer(login, base64(await conversation.final(decode(first.text).toString('utf8'))));
  if (final.kind === 'err') return final;
  if (!conversation.proves(decode(final.text).toString('utf8'))) {
    throw new MailError('protocol', 'the server could not prove that it knows the password (SCRAM)', true, { step: 'login' });
  }
  return final.kind === 'more' ? answer(login, '') : final;
}

/** RFC 7628 and Google's older form: a failure comes as a challenge, and a last line of ours asks for the -ERR. */
async function bearer(login: Login, mechanism: string, initial: string, onFailure: string): Promise<Reply> {
  if (!login.encrypted && !login.loopback) {
    throw new MailError('auth-in-clear', 'an access token is only sent inside TLS (RFC 7628)', false, { step: 'login' });
  }
  const reply = await sasl(login, mechanism, initial);
  if (reply.kind !== 'more') return reply;
  login.transcript.station(decode(reply.text).toString('utf8'));
  return answer(login, base64(onFailure));
}

function oauthBearer({ user, host, port, secret }: Login): string {
  const name = user.replaceAll('=', '=3D').replaceAll(',', '=2C');
  return `n,a=${name},\u0001host=${host}\u0001port=${port}\u0001auth=Bearer ${secret}\u0001\u0001`;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function decode(text: string): Buffer {
  return Buffer.from(text.trim(), 'base64');
}
