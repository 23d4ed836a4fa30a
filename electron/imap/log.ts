// imapflow's log as our transcript, and the two moments it alone tells of: the greeting, and the beginning of the login.
import type { Logger } from 'imapflow';
import type { Transcript } from '../net/transcript.js';

export interface Listening {
  readonly transcript: Transcript;
  greeted(line: string): void;
  loggingIn(method: string): void;
}

/** FETCH answers come at `trace` and are not asked for: bodies stay out. */
export function listener({ transcript, greeted, loggingIn }: Listening): Logger {
  let first = true;
  const take = (entry: unknown) => {
    const { src, msg } = typeof entry === 'object' && entry !== null ? (entry as Readonly<Record<string, unknown>>) : {};
    if (typeof msg !== 'string') return;
    if (src === 'c') {
      const [, method] = /^\S+ (?:AUTHENTICATE )?(LOGIN|(?<=AUTHENTICATE )[\w-]+)/i.exec(msg) ?? [];
      if (method !== undefined) loggingIn(method);
      transcript.client(transcript.clean(shown(msg)));
    } else if (src === 's') {
      transcript.server(msg);
      if (first) greeted(msg);
      first = false;
    }
  };
  return { debug: take, info: take, warn: take, error: take };
}

/** Anything that is no command is an answer to a SASL challenge. */
function shown(line: string): string {
  return /^\S+ [A-Z]/.test(line) ? line : '****';
}
