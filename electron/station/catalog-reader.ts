// Who reads messages for the catalog and the pane: worker threads that may die, one for the index and one for what the
// user waits for. A message that kills its thread is kept in the list, marked as unreadable.
import { stat } from 'node:fs/promises';
import type { Card } from '../../shared/card.js';
import { MailError } from '../../shared/error.js';
import type { Jobs } from '../message/jobs.js';
import type { IndexedMessage, IndexResult } from '../message/text.js';
import type { PartBytes } from '../message/view-part.js';
import type { ParsedMessage } from '../message/view-raw.js';
import { openThread, type Thread, type ThreadLimits } from '../worker/thread.js';
import type { CompareJob, Difference } from './catalog-compare.js';
import { type InsertJob, runCompare, runInsert } from './catalog-writer.js';

export interface MessageReader {
  /** One result a path, in order; null where the file is gone. Never throws for what a message contains. */
  index(paths: readonly string[]): Promise<readonly IndexResult[]>;
  /** Throws MailError `unparsable` when the thread was killed. */
  view(input: Jobs['view']['input']): Promise<ParsedMessage>;
  part(input: Jobs['part']['input']): Promise<PartBytes | null>;
  /** Throws MailError `unparsable` when the thread was killed. */
  card(input: Jobs['card']['input']): Promise<Card | null>;
  /** Throws MailError `unparsable` when the thread was killed. */
  remotes(input: Jobs['remotes']['input']): Promise<readonly string[]>;
  /** Rows into the catalog, off this thread. Returns their numbers. */
  insert(job: InsertJob): Promise<readonly number[]>;
  /** A folder on disk against its rows, off this thread. */
  compare(job: CompareJob): Promise<Difference>;
  /** Starts the thread that the first opened message will need. */
  warm(): void;
  close(): Promise<void>;
}

const indexLimits: ThreadLimits = { memory: 512, time: 30_000, idle: 30_000 };
const viewLimits: ThreadLimits = { memory: 512, time: 20_000, idle: 1_800_000 };
/** Never cut short in practice: a transaction takes milliseconds. */
const insertLimits: ThreadLimits = { memory: 512, time: 600_000, idle: 60_000 };

/** Reads here and now. mailparser is loaded with the first message: a command that reads none does not wait for it. */
const inline: Thread = {
  run: async (name, input) => {
    if (name === 'insert') return runInsert(input as InsertJob);
    if (name === 'compare') return runCompare(input as CompareJob);
    const [{ jobsWith }, { deliveryReport }] = await Promise.all([import('../message/jobs.js'), import('../bounce/bounce.js')]);
    return jobsWith(deliveryReport)(name as keyof Jobs, input as never);
  },
  close: async () => undefined,
};

/** `entry`: the built worker script; null reads in this thread (tests, one-shot commands). */
export function openReader(
  entry: string | URL | null,
  limits: { readonly index: ThreadLimits; readonly view: ThreadLimits } = { index: indexLimits, view: viewLimits },
): MessageReader {
  const indexer = entry === null ? inline : openThread(entry, limits.index);
  const viewer = entry === null ? inline : openThread(entry, limits.view);
  const writer = entry === null ? inline : openThread(entry, insertLimits);
  let warmed = false;
  return {
    index: (paths) => indexBatch(indexer, paths),
    view: (input) => viewer.run('view', input) as Promise<ParsedMessage>,
    part: (input) => viewer.run('part', input) as Promise<PartBytes | null>,
    card: (input) => viewer.run('card', input) as Promise<Card | null>,
    remotes: (input) => viewer.run('remotes', input) as Promise<readonly string[]>,
    compare: (job) => writer.run('compare', job) as Promise<Difference>,
    insert: (job) => writer.run('insert', job) as Promise<readonly number[]>,
    warm() {
      if (warmed) return;
      warmed = true;
      viewer.run('index', []).catch(() => undefined);
    },
    close: async () => {
      await Promise.all([indexer.close(), viewer.close(), writer.close()]);
    },
  };
}

/** A batch that fails is read again one by one, to find the message that was to blame. */
async function indexBatch(thread: Thread, paths: readonly string[]): Promise<readonly IndexResult[]> {
  try {
    return (await thread.run('index', paths)) as readonly IndexResult[];
  } catch (error) {
    if (!(error instanceof MailError) || error.code !== 'unparsable') throw error;
    const [only, ...others] = paths;
    if (only === undefined) return [];
    if (others.length === 0) return [await unreadable(only, error.facts.said ?? error.message)];
    const results: IndexResult[] = [];
    for (const path of paths) results.push(...(await indexBatch(thread, [path])));
    return results;
  }
}

/** A row for a message that could not be read: where it is, how large, and why. */
async function unreadable(path: string, why: string): Promise<IndexedMessage | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  return {
    path,
    head: {
      from: [],
      to: [],
      cc: [],
      bcc: [],
      replyTo: [],
      subject: '',
      date: null,
      messageId: null,
      references: [],
      verdict: { kind: 'not-scanned', reason: '' },
      bounce: false,
    },
    preview: `⚠ ${why}`,
    octets: found.size,
    received: Math.floor(found.mtimeMs),
    attachments: 0,
    report: null,
    words: { from: '', to: '', subject: '', body: '', names: '' },
  };
}
