// Keeps the catalog like the disk: a folder whose new/ or cur/ changed is listed, names are compared with rows, and only
// what is new is read. One folder at a time, in small steps, so that the main thread is never held for long.
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { folderStamp, type MaildirFile } from '../maildir/list.js';
import type { IndexResult } from '../message/text.js';
import type { Catalog, KnownFolder } from './catalog.js';
import type { Difference } from './catalog-compare.js';
import type { MessageReader } from './catalog-reader.js';
import type { Place } from './catalog-rows.js';
import type { NewRow } from './catalog-writer.js';
import type { WriteLog } from './context.js';

export interface ScanDeps {
  /** Runs against the present catalog; it may be another one after a rebuild. */
  readonly use: <T>(work: (catalog: Catalog) => T) => T;
  readonly reader: Pick<MessageReader, 'index'>;
  readonly compare: (folder: KnownFolder) => Promise<Difference>;
  readonly insert: (rows: readonly NewRow[]) => Promise<readonly string[]>;
  readonly log: WriteLog;
  /** The folder's rows changed. Told often while a large folder is read. */
  readonly changed: (folder: string) => void;
  /** `indexing` changed. */
  readonly progress: () => void;
}

export interface Scans {
  /** Looks at the folder again, soon. */
  request(key: string): void;
  /** While the station itself changes files in these folders, they are not scanned; afterwards they are. */
  during<T>(keys: readonly string[], work: () => Promise<T>): Promise<T>;
  /** Messages read and to be read; null when nothing is under way. */
  indexing(): { readonly done: number; readonly of: number } | null;
  /** Resolves when every requested folder has been looked at. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Messages read at a time: a batch is one message to the worker and one short transaction here. */
const batchSize = 64;
const rowsAtOnce = 400;
/** A folder's mtime that is younger than this may not show a change that came in the same tick. */
const settling = 2_000;

/** folderStamp() of a folder without new/ and cur/. */
const missing = '0 0';

function* chunks<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

/** Nanosecond stamps 'NEW CUR' that can be trusted not to hide a later change. */
function isSettled(stamp: string): boolean {
  return stamp.split(' ').every((time) => Date.now() - Number(BigInt(time) / 1_000_000n) > settling);
}

class Interrupted extends Error {}

export function openScans(deps: ScanDeps): Scans {
  const queue = new Set<string>();
  const busy = new Map<string, number>();
  const postponed = new Set<string>();
  let progress = { done: 0, of: 0 };
  let running: Promise<void> | null = null;
  let closed = false;

  /** Throws when the station itself began to change the folder: what was listed may be wrong by now. */
  const check = (folder: KnownFolder) => {
    if (closed || busy.has(folder.key)) throw new Interrupted();
  };
  const readBatch = (folder: KnownFolder, batch: readonly MaildirFile[] | undefined) =>
    batch === undefined ? null : deps.reader.index(batch.map(({ file }) => join(folder.path, file)));
  const insert = async (folder: KnownFolder, batch: readonly MaildirFile[], results: readonly IndexResult[]) => {
    const rows = results.flatMap((message, at) => {
      const file = batch[at];
      return message === null || file === undefined ? [] : [[{ folder: folder.row, ...file } satisfies Place, message] as const];
    });
    await deps.insert(rows);
    progress = { done: progress.done + batch.length, of: progress.of };
    deps.changed(folder.key);
    deps.progress();
  };
  /** The worker reads one batch while the one before is entered. */
  const readNew = async (folder: KnownFolder, fresh: readonly MaildirFile[]) => {
    const batches = [...chunks(fresh, batchSize)];
    let next = readBatch(folder, batches[0]);
    for (const [at, batch] of batches.entries()) {
      const results = (await next) ?? [];
      next = readBatch(folder, batches[at + 1]);
      next?.catch(() => undefined);
      check(folder);
      await insert(folder, batch, results);
    }
  };
  const apply = async (folder: KnownFolder, { renamed, gone, fresh }: Difference) => {
    for (const part of chunks(gone, rowsAtOnce)) {
      deps.use((catalog) => catalog.drop(part));
      await breathe();
      check(folder);
    }
    for (const part of chunks(renamed, rowsAtOnce)) {
      deps.use((catalog) => catalog.rename(part.map(({ id, file }) => ({ id, folder: folder.row, ...file }))));
      await breathe();
      check(folder);
    }
    if (gone.length + renamed.length > 0) deps.changed(folder.key);
    await readNew(folder, fresh);
  };
  const scan = async (folder: KnownFolder) => {
    const stamp = await folderStamp(folder.path);
    // Not there: a mailbox before its first message, or a folder that went; the tree says which.
    if (stamp === missing) return;
    if (deps.use((catalog) => catalog.stamp(folder.row)) === stamp) return;
    const before = progress;
    for (let left = Number.POSITIVE_INFINITY; left > 0; ) {
      check(folder);
      const difference = await deps.compare(folder);
      check(folder);
      progress = { done: progress.done, of: Math.max(before.of, progress.done + difference.freshCount) };
      await apply(folder, difference);
      const now = difference.freshCount - difference.fresh.length;
      // Files that cannot be entered (they vanish, again and again) do not keep us here.
      left = now < left ? now : 0;
    }
    deps.use((catalog) => catalog.setStamp(folder.row, isSettled(stamp) ? stamp : ''));
  };
  const scanKey = async (key: string) => {
    const folder = deps.use((catalog) => catalog.folder(key));
    if (folder === null) return;
    if (busy.has(key)) {
      postponed.add(key);
      return;
    }
    try {
      await scan(folder);
    } catch (error) {
      if (!(error instanceof Interrupted))
        deps.log('warn', `cannot read ${folder.path}: ${error instanceof Error ? error.message : String(error)}`);
      else if (busy.has(key)) postponed.add(key);
      else if (!closed) queue.add(key);
    }
  };
  const run = async () => {
    for (;;) {
      const [key] = queue;
      if (key === undefined || closed) break;
      queue.delete(key);
      await scanKey(key);
    }
    progress = { done: 0, of: 0 };
    running = null;
    deps.progress();
  };
  const request = (key: string) => {
    if (closed) return;
    queue.add(key);
    running ??= run();
  };
  const leave = (key: string) => {
    const count = (busy.get(key) ?? 1) - 1;
    if (count > 0) busy.set(key, count);
    else {
      busy.delete(key);
      if (postponed.delete(key)) request(key);
    }
  };
  return {
    request,
    async during(keys, work) {
      const unique = [...new Set(keys)];
      for (const key of unique) busy.set(key, (busy.get(key) ?? 0) + 1);
      try {
        return await work();
      } finally {
        unique.forEach(leave);
      }
    },
    indexing: () => (progress.of === 0 ? null : progress),
    async settled() {
      while (running !== null) await running;
    },
    async close() {
      closed = true;
      queue.clear();
      await running;
    },
  };
}
