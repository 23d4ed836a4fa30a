// Login to a relay (RFC 4954): PLAIN, else LOGIN; XOAUTH2 with a token.
import { MailError } from '../../shared/error.js';
import type { Reply } from './reply.js';

export interface Login {
  readonly user: string;
  readonly secret: string;
  /** It is an OAuth2 access token. */
  readonly token?: boolean;
}
interface Line {
  say(line: string, seconds: number): Promise<Reply>;
}

/** Throws MailError `auth-unsupported`, `auth`: no message was judged, so the mail waits. */
export async function logIn(
  wire: Line,
  { user, secret, token = false }: Login,
  extensions: ReadonlyMap<string, string>,
  seconds: number,
): Promise<void> {
  const ways = (extensions.get('AUTH') ?? '').toUpperCase().split(' ');
  const bearer = `user=${user}\u0001auth=Bearer ${secret}\u0001\u0001`;
  const reply = token
    ? await wire.say(`AUTH XOAUTH2 ${base64(bearer)}`, seconds)
    : ways.includes('PLAIN')
      ? await wire.say(`AUTH PLAIN ${base64(`\0${user}\0${secret}`)}`, seconds)
      : ways.includes('LOGIN')
        ? await byLogin(wire, user, secret, seconds)
        : null;
  if (reply === null) throw new MailError('auth-unsupported', 'the relay offers neither PLAIN nor LOGIN', true, { user });
  if (reply.code !== 235) throw new MailError('auth', `the relay refused the login: ${reply.text}`, true, { user, said: reply.text });
}

async function byLogin(wire: Line, user: string, secret: string, seconds: number): Promise<Reply> {
  const begun = await wire.say('AUTH LOGIN', seconds);
  if (begun.code !== 334) return begun;
  const named = await wire.say(base64(user), seconds);
  return named.code === 334 ? wire.say(base64(secret), seconds) : named;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
