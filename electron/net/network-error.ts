// What a socket's error means: one closed code each.
import { type FailureCode, type FailureFacts, MailError } from '../../shared/error.js';

const bySystemCode: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  ENODATA: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'timeout',
};

const networkSentence: Partial<Record<FailureCode, string>> = {
  dns: 'the host name was not found',
  refused: 'nothing answers on that port',
  unreachable: 'the host cannot be reached',
  timeout: 'the server did not answer in time',
};

/** A socket's error before or after TLS; everything unknown is a lost connection. */
export function networkError(error: unknown, facts: FailureFacts): MailError {
  const code = bySystemCode[systemCode(error)] ?? 'connection-lost';
  const said = error instanceof Error && error.message !== '' ? error.message : systemCode(error);
  const step = code === 'dns' ? { step: 'dns' } : {};
  return new MailError(code, `${networkSentence[code] ?? 'the connection was lost'}: ${said}`, true, { ...facts, ...step, cause: error });
}

/** The `code` of a Node error; of the first one where several addresses were tried. */
export function systemCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? systemCode(error.errors[0]) : '';
}
