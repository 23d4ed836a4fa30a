// imapflow's log as our transcript, and the two moments it alone tells of: the greeting, and the beginning of the login.
import type { Logger } from 'imapflow';
import type { Transcript } from '../net/transcript.js';

export interface Listening {
  readonly transcript: Transcript;
  greeted(line: string): void;
  loggingIn(method: string): void;
  /** The server's NO or BAD, which many methods of the package only turn into `false`. */
  refused(error: unknown): void;
}

/** FETCH answers come at `trace` and are not asked for: bodies stay out. */
export function listener({ transcript, greeted, loggingIn, refused }: Listening): Logger {
  let first = true;
  const take = (entry: unknown) => {
    const { src, msg, err } = typeof entry === 'object' && entry !== null ? (entry as Readonly<Record<string, unknown>>) : {};
    if (err !== undefined) refused(err);
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
