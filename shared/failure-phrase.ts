// The form of a failure sentence: what the dictionaries fill in.
import type { Failure, FailureCode } from './error.js';

/** [what, next] for one failure. Facts that are missing leave their words out. */
export type Phrase = (failure: Failure, words: Words) => readonly [what: string, next: string];
export type Phrases = Readonly<Record<FailureCode, Phrase>>;

/** Facts as the words of a sentence: a name where there is one, a general noun where there is none. */
export interface Words {
  readonly server: string;
  readonly host: string;
  readonly user: string;
  readonly path: string;
  readonly name: string;
  readonly seconds: string;
  readonly limit: string;
  /** A whole sentence with the other side's words, or nothing. */
  readonly said: string;
}

export interface Dictionary {
  readonly phrases: Phrases;
  readonly steps: Readonly<Record<string, string>>;
  words(failure: Failure): Words;
  /** Account and step, before the sentence. */
  prefix(account: string | undefined, step: string | undefined): string;
}

/** Host and port as one word; IPv6 addresses in brackets. */
export function place(failure: Failure): string | null {
  if (failure.host === undefined) return null;
  const host = failure.host.includes(':') ? `[${failure.host}]` : failure.host;
  return failure.port === undefined ? host : `${host}:${failure.port}`;
}
