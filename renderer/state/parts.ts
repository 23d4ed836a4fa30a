// Bytes of a message by URL, as text.
import { MailError } from '../../shared/error.js';

/** Characters of source that are shown. */
export const sourceLimit = 2_000_000;

/** Throws MailError `connection-lost` or `not-found`. */
export async function fetchText(url: string): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch(url, { referrerPolicy: 'no-referrer' });
  } catch (error) {
    throw new MailError('connection-lost', 'the station did not give this part of the message', true, { cause: error });
  }
  if (!answer.ok) throw new MailError('not-found', `the station answered ${answer.status} for this part of the message`, false);
  return answer.text();
}
