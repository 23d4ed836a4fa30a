// The sentences for every failure code, in English and Japanese: what happened and where, then what can be done.
import type { Failure } from './error.js';
import { english } from './failure-en.js';
import { japanese } from './failure-ja.js';
import type { Dictionary } from './failure-phrase.js';
import { explainSignatures } from './signature-text.js';

export type Language = 'en' | 'ja';

/** What happened, and the next thing to do; each one or two sentences. */
export interface Explanation {
  readonly what: string;
  readonly next: string;
}

const dictionaries: Readonly<Record<Language, Dictionary>> = { en: english, ja: japanese };

/** Words for people. The English `failure.message` stays for the log. */
export function explain(failure: Failure, language: Language): Explanation {
  const ofSignatures = explainSignatures(failure, language);
  if (ofSignatures !== null) return ofSignatures;
  const dictionary = dictionaries[language];
  const phrase = dictionary.phrases[failure.code] ?? dictionary.phrases.internal;
  const [what, next] = phrase(failure, dictionary.words(failure));
  const step = failure.step === undefined ? undefined : (dictionary.steps[failure.step] ?? failure.step);
  return { what: `${dictionary.prefix(failure.account, step)}${what}`.trim(), next: next.trim() };
}
