// What a server's refusal, or an error of the imapflow package, means: one closed code each (RFC 5530, and words of real servers).
import { type FailureCode, type FailureFacts, MailError } from '../../shared/error.js';

/** The fields of imapflow's errors that say anything. */
interface Told {
  readonly code: string;
  readonly message: string;
  /** Of the server; raw. */
  readonly response: string;
  readonly responseCode: string;
  readonly refused: boolean;
  readonly login: boolean;
  readonly tls: boolean;
  readonly reason: string;
}

const busy = /\block(?:ed)?\b|\bwait\b|in use|busy|unavailable|try (?:again|later)|too many|temporar|maximum number/i;
const clearRefused =
  /plaintext auth\w* (?:disallowed|not allowed|disabled)|(?:tls|ssl|encryption|secure connection) (?:is )?required|login is disabled/i;

const byResponseCode: Readonly<Record<string, readonly [FailureCode, temporary: boolean]>> = {
  UNAVAILABLE: ['mailbox-busy', true],
  INUSE: ['mailbox-busy', true],
  LIMIT: ['mailbox-busy', true],
  SERVERBUG: ['server-temporary', true],
  CONTACTADMIN: ['server-permanent', false],
  PRIVACYREQUIRED: ['auth-in-clear', false],
  AUTHENTICATIONFAILED: ['auth', false],
  AUTHORIZATIONFAILED: ['auth', false],
  EXPIRED: ['auth', false],
};
const byPackageCode: Readonly<Record<string, FailureCode>> = {
  CONNECT_TIMEOUT: 'timeout',
  GREETING_TIMEOUT: 'timeout',
  UPGRADE_TIMEOUT: 'timeout',
  ETHROTTLE: 'server-busy',
  ETIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  LineTooLarge: 'limit',
  LiteralTooLarge: 'limit',
  ResponseTooLarge: 'limit',
  TooManyTokens: 'limit',
  TooManyResponses: 'limit',
  InvalidResponse: 'protocol',
  ResponseProcessingFailed: 'protocol',
  InvalidStringValue: 'credentials-invalid',
};

/** `said` is cleaned by `clean`. Everything unknown is a lost connection, and temporary. */
export function imapError(error: unknown, facts: FailureFacts, clean: (text: string) => string): MailError {
  if (error instanceof MailError) return error.with(facts);
  const told = read(error);
  const said = clean(told.response === '' ? told.reason : told.response);
  const [code, temporary] = classify(told);
  const words = said === '' ? clean(told.message) : said;
  return new MailError(code, `${sentence(code)}: ${words}`, temporary, { ...facts, ...(said === '' ? {} : { said }), cause: error });
}

function classify(told: Told): readonly [FailureCode, boolean] {
  const { code, message, login, response } = told;
  if (told.tls) return startTls(told);
  if (login) {
    if (clearRefused.test(`${message} ${response}`)) return ['auth-in-clear', false];
    if (!told.refused) return ['auth-unsupported', false];
    return byResponseCode[told.responseCode] ?? (busy.test(response) ? ['mailbox-busy', true] : ['auth', false]);
  }
  if (/unsupported authentication/i.test(message)) return ['auth-unsupported', false];
  if (told.refused) return byResponseCode[told.responseCode] ?? [busy.test(response) ? 'mailbox-busy' : 'server-refused', true];
  if (told.reason !== '') return [busy.test(told.reason) ? 'server-busy' : 'server-refused', true];
  if (code.startsWith('ParserError')) return ['protocol', true];
  const known = byPackageCode[code] ?? 'connection-lost';
  return [known, known !== 'credentials-invalid'];
}

/** STARTTLS before any handshake: a failed handshake is an error of the socket, and judged there. */
function startTls({ code, message }: Told): readonly [FailureCode, boolean] {
  if (code === 'STARTTLS_INJECTION') return ['protocol', true];
  if (code === 'UPGRADE_TIMEOUT') return ['timeout', true];
  return /not support|PREAUTH/i.test(message) ? ['starttls-missing', false] : ['starttls-refused', true];
}

function sentence(code: FailureCode): string {
  const known: Partial<Record<FailureCode, string>> = {
    auth: 'the server refused the login',
    'auth-unsupported': 'there is no way to log in that both sides have',
    'auth-in-clear': 'the server takes no login without TLS',
    'mailbox-busy': 'the server has no time for this mailbox now',
    'starttls-missing': 'the server does not begin TLS, and the account requires it',
    timeout: 'the server did not answer in time',
    limit: 'the server sent more than we take',
    protocol: 'the server sent what cannot be read',
    'connection-lost': 'the connection was lost',
    'credentials-invalid': 'the user name or password cannot be sent',
  };
  return known[code] ?? 'the server refused';
}

function read(error: unknown): Told {
  const fields = typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>) : {};
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '');
  const status = text('responseStatus');
  return {
    code: text('code'),
    message: error instanceof Error ? error.message : String(error),
    response: text('responseText') || text('response'),
    responseCode: text('serverResponseCode').toUpperCase(),
    refused: status === 'NO' || status === 'BAD' || (fields.authenticationFailed === true && text('response') !== ''),
    login: fields.authenticationFailed === true,
    tls: fields.tlsFailed === true,
    reason: text('reason'),
  };
}

/** NO or BAD to one command; the session goes on. */
export function isRefusal(error: unknown): boolean {
  return read(error).refused;
}
