// What the worker thread does with messages: jobs by name, each with its input and its result. All of it can be
// structured-cloned; the thread may be killed in the middle of any of it.
import type { Card } from '../../shared/card.js';
import { readCard } from './card.js';
import { type IndexResult, indexFile, type ReadReport } from './text.js';
import { readView } from './view.js';
import { type PartBytes, readPart, readRemoteUrls } from './view-part.js';
import type { ParsedMessage } from './view-raw.js';

export interface Jobs {
  /** Absolute paths; one result each, in order. */
  readonly index: { readonly input: readonly string[]; readonly output: readonly IndexResult[] };
  readonly view: { readonly input: { readonly path: string; readonly charset: string | null }; readonly output: ParsedMessage };
  /** A calendar or contact part. */
  readonly card: { readonly input: { readonly path: string; readonly part: string }; readonly output: Card | null };
  /** Remote images that its HTML names. */
  readonly remotes: { readonly input: { readonly path: string; readonly charset: string | null }; readonly output: readonly string[] };
  /** part: an index path, or 'html'. `base`: where cid: links lead. */
  readonly part: {
    readonly input: { readonly path: string; readonly part: string; readonly base: string; readonly charset: string | null };
    readonly output: PartBytes | null;
  };
}
export type JobName = keyof Jobs;
export type RunJob = <Name extends JobName>(name: Name, input: Jobs[Name]['input']) => Promise<Jobs[Name]['output']>;

type Work = { readonly [Name in JobName]: (input: Jobs[Name]['input']) => Promise<Jobs[Name]['output']> };

/** Runs jobs here and now, in this thread. `readReport` says which messages are bounces, and what they report. */
export function jobsWith(readReport: ReadReport): RunJob {
  const work: Work = {
    index: (paths) => Promise.all(paths.map((path) => indexFile(path, readReport))),
    view: ({ path, charset }) => readView(path, charset),
    card: ({ path, part }) => readCard(path, part),
    remotes: ({ path, charset }) => readRemoteUrls(path, charset),
    part: ({ path, part, base, charset }) => readPart(path, part, base, charset),
  };
  return (name, input) => work[name](input);
}
