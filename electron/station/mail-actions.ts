// What is done to messages: flag, move, copy, remove. First on disk, where the truth is, then in the catalog. A message
// that another program took away meanwhile is skipped; when nothing is left of what was asked for, that is an error.
import { join } from 'node:path';
import { MailError } from '../../shared/error.js';
import type { FlagName } from '../../shared/message.js';
import { changedFlags, setFlags } from '../maildir/flag.js';
import { copyMessage, moveMessage, removeMessage, settleMoves } from '../maildir/move.js';
import { parseName } from '../maildir/names.js';
import type { Catalog, KnownFolder, Located } from './catalog.js';
import { letter } from './catalog-flags.js';
import type { MessageReader } from './catalog-reader.js';
import type { Place } from './catalog-rows.js';
import type { Scans } from './catalog-scan.js';
import type { NewRow } from './catalog-writer.js';

export interface ActionDeps {
  readonly use: <T>(work: (catalog: Catalog) => T) => T;
  readonly scans: Scans;
  readonly reader: Pick<MessageReader, 'index'>;
  readonly insert: (rows: readonly NewRow[]) => Promise<readonly string[]>;
  readonly changed: (folder: string) => void;
}
export interface Actions {
  flag(ids: readonly string[], flag: FlagName, on: boolean): Promise<void>;
  /** Resolves to the ids in the destination, durable there. */
  move(ids: readonly string[], folder: string): Promise<readonly string[]>;
  copy(ids: readonly string[], folder: string): Promise<readonly string[]>;
  remove(ids: readonly string[]): Promise<void>;
  /** Rows for files that have just come into a folder; resolves to their ids. */
  enter(folder: KnownFolder, files: readonly string[]): Promise<readonly string[]>;
}

/** File operations at a time. */
const parallel = 16;

export function placeOf(folder: KnownFolder, file: string): Place {
  return { folder: folder.row, file, ...parseName(file.slice(4)) };
}

/** Runs `work` on each, a few at a time. Missing messages are counted; the first other error is thrown at the end. */
async function each(messages: readonly Located[], work: (message: Located) => Promise<void>): Promise<void> {
  let failure: unknown = null;
  let missing = 0;
  const waiting = [...messages];
  const worker = async () => {
    for (let message = waiting.pop(); message !== undefined && failure === null; message = waiting.pop()) {
      try {
        await work(message);
      } catch (error) {
        if (error instanceof MailError && error.code === 'not-found') missing += 1;
        else failure = error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, messages.length) }, worker));
  if (failure !== null) throw failure;
  if (missing === messages.length) throw gone();
}

function gone(): MailError {
  return new MailError('not-found', 'this message is no longer here', false);
}

export function openActions({ use, scans, reader, insert, changed }: ActionDeps): Actions {
  const locate = (ids: readonly string[]): readonly Located[] => {
    const found = use((catalog) => catalog.locate(ids));
    if (found.length === 0) throw gone();
    return found;
  };
  const destinationOf = (key: string): KnownFolder => {
    const folder = use((catalog) => catalog.folder(key));
    if (folder === null) throw new MailError('not-found', 'this folder is no longer here', false);
    return folder;
  };
  const keysOf = (messages: readonly Located[]) => [...new Set(messages.map(({ folder }) => folder.key))];
  /** Keeps scans off, announces at the end; what the disk has lost in between, the next scan finds. */
  const among = async <T>(keys: readonly string[], work: () => Promise<T>): Promise<T> => {
    try {
      return await scans.during(keys, work);
    } finally {
      for (const key of keys) {
        changed(key);
        scans.request(key);
      }
    }
  };
  const enter = async (folder: KnownFolder, files: readonly string[]): Promise<readonly string[]> => {
    const results = await reader.index(files.map((file) => join(folder.path, file)));
    const rows = results.flatMap((message, at) => {
      const file = files[at];
      return message === null || file === undefined ? [] : [[placeOf(folder, file), message] as const];
    });
    return insert(rows);
  };
  return {
    enter,
    async flag(ids, flag, on) {
      const messages = locate(ids);
      const change = { add: on ? letter[flag] : '', remove: on ? '' : letter[flag] };
      await among(keysOf(messages), async () => {
        const done: Parameters<Catalog['rename']>[0][number][] = [];
        try {
          await each(messages, async ({ id, folder, file, base }) => {
            // A seen message may still lie in new/: it goes to cur/ with its flag.
            const present = await setFlags(folder.path, file, change);
            done.push({ id, folder: folder.row, base, file: present, flags: changedFlags(parseName(present.slice(4)).flags, change) });
          });
        } finally {
          use((catalog) => catalog.rename(done));
        }
      });
    },
    async move(ids, key) {
      const messages = locate(ids);
      const destination = destinationOf(key);
      const done = new Map<number, string>();
      await among([...keysOf(messages), key], async () => {
        try {
          await each(messages, async ({ id, folder, file }) => {
            done.set(id, await moveMessage(folder.path, file, destination.path));
          });
        } finally {
          const moved = messages.filter(({ id }) => done.has(id));
          await settleMoves(
            moved.map(({ folder }) => folder.path),
            destination.path,
          );
          use((catalog) => catalog.rename(moved.map(({ id }) => ({ id, ...placeOf(destination, done.get(id) ?? '') }))));
        }
      });
      return messages.filter(({ id }) => done.has(id)).map(({ envelope }) => envelope.id);
    },
    async copy(ids, key) {
      const messages = locate(ids);
      const destination = destinationOf(key);
      const files: string[] = [];
      return among([key], async () => {
        try {
          await each(messages, async ({ folder, file }) => void files.push(await copyMessage(folder.path, file, destination.path)));
        } catch (error) {
          await enter(destination, files);
          throw error;
        }
        return enter(destination, files);
      });
    },
    async remove(ids) {
      const messages = locate(ids);
      const done: number[] = [];
      await among(keysOf(messages), async () => {
        try {
          await each(messages, async ({ id, folder, file }) => {
            await removeMessage(folder.path, file);
            done.push(id);
          });
        } finally {
          use((catalog) => catalog.drop(done));
        }
      });
    },
  };
}
