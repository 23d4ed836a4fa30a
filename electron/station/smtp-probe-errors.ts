// What nodemailer's errors mean: one closed code each (RFC 5321, RFC 4954, RFC 3207).
import type { Security } from '../../shared/account.js';
import { type FailureCode, type FailureFacts, MailError } from '../../shared/error.js';
import { printable } from '../net/text.js';

/** RFC 8314: here a server waits for the client to begin TLS, and never greets. */
const tlsPort = 465;

export function smtpError(error: unknown, facts: FailureFacts, where: { readonly port: number; readonly security: Security }): MailError {
  if (error instanceof MailError) return error.with(facts);
  const fields = typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>) : {};
  const said = typeof fields.response === 'string' ? printable(fields.response) : '';
  const status = typeof fields.responseCode === 'number' ? fields.responseCode : Number(/^\d{3}/.exec(said)?.[0] ?? 0);
  const [code, temporary] = classify(String(fields.code), status, where);
  const words = said === '' ? printable(error instanceof Error ? error.message : String(error)) : said;
  return new MailError(code, `the sending server: ${words}`, temporary, { ...facts, ...(said === '' ? {} : { said }), cause: error });
}

function classify(
  code: string,
  status: number,
  { port, security }: { readonly port: number; readonly security: Security },
): readonly [FailureCode, boolean] {
  if (code === 'EAUTH') return login(status);
  if (code === 'ETLS') return status >= 500 ? ['starttls-missing', false] : ['starttls-refused', true];
  if (code === 'ETIMEDOUT') return port === tlsPort && security !== 'tls' ? ['tls-on-plain-port', false] : ['timeout', true];
  if (status === 421) return ['server-busy', true];
  if (code === 'EPROTOCOL') return status >= 400 ? ['server-refused', status < 500] : ['greeting', true];
  return ['connection-lost', true];
}

function login(status: number): readonly [FailureCode, boolean] {
  if (status === 0 || status === 504 || (status >= 500 && status <= 503)) return ['auth-unsupported', false];
  // RFC 4954 section 6; 530 by servers that want STARTTLS first.
  if (status === 538 || status === 530) return ['auth-in-clear', false];
  return status < 500 ? ['server-temporary', true] : ['auth', false];
}
