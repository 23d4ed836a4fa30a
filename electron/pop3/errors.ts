// What a server's refusal means: one closed code each (RFC 2449, RFC 3206, and words of real servers).
import { type FailureCode, type FailureFacts, MailError } from '../../shared/error.js';
import type { Reply } from './reply.js';

/** Words by which servers without response codes say that the maildrop is in use, or that they are overloaded. */
const busy = /\block(?:ed)?\b|\bwait\b|in use|busy|unavailable|try (?:again|later)|too many|temporar/i;
const clearRefused = /plaintext auth\w* (?:disallowed|not allowed|disabled)|(?:tls|ssl|encryption|secure connection) (?:is )?required/i;
const methodRefused =
  /(?:unsupported|unknown|unrecogni[sz]ed|invalid|not supported|not implemented).*(?:mechanism|method|command)|(?:mechanism|method|command).*(?:unsupported|unknown|unrecogni[sz]ed|invalid|not supported|not implemented)/i;

const byResponseCode: Readonly<Record<string, readonly [FailureCode, temporary: boolean]>> = {
  'IN-USE': ['mailbox-busy', true],
  'LOGIN-DELAY': ['login-delay', true],
  'SYS/TEMP': ['server-temporary', true],
  'SYS/PERM': ['server-permanent', false],
  AUTH: ['auth', false],
};

/** Where a refusal was met: it decides what an -ERR without a response code means. */
export type Place = 'greeting' | 'login' | 'command' | 'message';

/** An -ERR as an error. `facts.said` must already be clean. */
export function refusal(reply: Reply, place: Place, facts: FailureFacts & { said: string }): MailError {
  const [code, temporary] = classify(reply, place);
  return new MailError(code, `${sentence[place]}: ${facts.said === '' ? '(no reason given)' : facts.said}`, temporary, facts);
}

const sentence: Readonly<Record<Place, string>> = {
  greeting: 'the server turned the connection away',
  login: 'the server refused the login',
  command: 'the server refused a command',
  message: 'the server refused to give one message',
};

function classify({ code, text }: Reply, place: Place): readonly [FailureCode, boolean] {
  if (place === 'login' && clearRefused.test(text)) return ['auth-in-clear', false];
  if (place === 'login' && methodRefused.test(text)) return ['auth-unsupported', false];
  const known = code === null ? undefined : byResponseCode[code];
  if (known) return known;
  if (place === 'message') return ['message-refused', true];
  if (place === 'command') return ['server-refused', true];
  if (place === 'greeting') return [busy.test(text) ? 'server-busy' : 'server-refused', true];
  return busy.test(text) ? ['mailbox-busy', true] : ['auth', false];
}
