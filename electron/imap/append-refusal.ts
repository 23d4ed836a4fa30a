// What a failed APPEND means: the server's word (NO, BAD), or an answer that was lost.
import { MailError } from '../../shared/error.js';
import { isRefusal } from './errors.js';

/** By the response code (RFC 5530, RFC 7889). */
export type AppendRefusal = 'full' | 'too-big' | 'other';

/** Null: not the server's word; the message may be there. */
export function appendRefusal(error: unknown): AppendRefusal | null {
  const code = responseCode(error);
  if (code === 'APPENDLIMIT' || code === 'TOOBIG' || code === 'LIMIT') return 'too-big';
  if (!(error instanceof MailError) || !isRefusal(error.cause)) return null;
  return code === 'OVERQUOTA' ? 'full' : 'other';
}

/** '' where there is none. */
export function responseCode(error: unknown): string {
  const cause = error instanceof MailError ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'serverResponseCode') : undefined;
  return typeof code === 'string' ? code.toUpperCase() : '';
}
