// An account as mailboxes: one connection that selects folders, reads rows and bodies, and does what the user asks. Commands
// go one after the other, each with the folder it is for, so that none meets another's folder.
import type { ImapFlow } from 'imapflow';
import { MailError } from '../../shared/error.js';
import type { Moved } from './actions.js';
import * as actions from './actions.js';
import { sequences } from './batches.js';
import { retrieveBatch } from './body.js';
import { type Connection, connect, type ImapOptions } from './connect.js';
import { isRefusal } from './errors.js';
import { lettersOf } from './flags.js';
import { limits } from './limits.js';
import { type MailRow, readRows } from './rows.js';
import { listTree, type MailFolder, type Quota, readQuota } from './tree.js';

export interface OpenedFolder {
  readonly validity: string;
  readonly uidNext: number;
  readonly exists: number;
  /** null: the server counts no changes. */
  readonly modseq: string | null;
}
/** A folder as it was numbered: a command is not sent to the same UIDs of a folder that was numbered anew. */
export interface Numbered {
  readonly path: string;
  readonly validity: string;
}
export interface Browser {
  tree(): Promise<readonly MailFolder[]>;
  quota(): Promise<Quota | null>;
  /** Selects anew: what came meanwhile is seen. Throws MailError `not-found` where there is no such folder. */
  open(path: string): Promise<OpenedFolder>;
  /** The last ones, oldest first. */
  newest(folder: Numbered, count: number): Promise<readonly MailRow[]>;
  rows(folder: Numbered, uids: readonly number[]): Promise<readonly MailRow[]>;
  uids(folder: Numbered): Promise<readonly number[]>;
  /** From this UID on. */
  since(folder: Numbered, uid: number): Promise<readonly number[]>;
  /** Of all messages, or of those changed after `since`. */
  flags(folder: Numbered, since: string | null): Promise<ReadonlyMap<number, string>>;
  /** LF lines, in order. False: the message is not there any more. */
  body(folder: Numbered, uid: number, octets: number, write: (part: Uint8Array) => Promise<unknown>): Promise<boolean>;
  /** UIDs of the messages with these words anywhere. */
  search(folder: Numbered, words: readonly string[]): Promise<readonly number[]>;
  flag(folder: Numbered, uids: readonly number[], letter: string, on: boolean): Promise<void>;
  move(folder: Numbered, uids: readonly number[], to: string): Promise<Moved | null>;
  copy(folder: Numbered, uids: readonly number[], to: string): Promise<Moved | null>;
  /** For good. */
  remove(folder: Numbered, uids: readonly number[]): Promise<void>;
  /** CRLF lines. Resolves to the new UID, where the server says it. */
  append(
    path: string,
    message: Buffer,
    letters: string,
    received: Date,
  ): Promise<{ readonly validity: string; readonly uid: number } | null>;
  /** By levels joined with '/'; subscribed to. */
  create(name: string): Promise<void>;
  rename(path: string, name: string): Promise<void>;
  removeFolder(path: string): Promise<void>;
  subscribe(path: string, on: boolean): Promise<void>;
  readonly usable: boolean;
  close(): Promise<void>;
}

/** Throws MailError as openImapSource does; nothing is left open then. */
export async function openBrowser(options: ImapOptions): Promise<Browser> {
  return browserOf(await connect({ ...options, lasting: true }));
}

function browserOf(connection: Connection): Browser {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const selected = async (path: string, anew: boolean): Promise<OpenedFolder> => {
    const { mailbox: at } = connection.client;
    if (anew || at === false || at.path !== path) {
      try {
        await connection.demand('select', (client) => client.mailboxOpen(path));
      } catch (error) {
        if (error instanceof MailError && isRefusal(error.cause) && Reflect.get(Object(error.cause), 'mailboxMissing') === true)
          throw new MailError('not-found', `there is no folder ${path} on the server`, false, { name: path });
        throw error;
      }
    }
    const { mailbox } = connection.client;
    if (mailbox === false) throw new MailError('connection-lost', 'no folder is open', true);
    const { uidValidity, uidNext, exists, highestModseq, noModseq } = mailbox;
    const modseq = noModseq || !highestModseq || !connection.client.enabled.has('CONDSTORE') ? null : String(highestModseq);
    return { validity: String(uidValidity), uidNext, exists, modseq };
  };
  /** In the folder, if it is still the one that was meant. */
  const inside = <Answer>({ path, validity }: Numbered, work: (opened: OpenedFolder) => Promise<Answer>): Promise<Answer> =>
    inTurn(async () => {
      const opened = await selected(path, false);
      if (opened.validity !== validity)
        throw new MailError('conflict', `the folder ${path} was numbered anew on the server`, true, { name: path });
      return work(opened);
    });
  const ask = <Answer>(step: string, question: (client: ImapFlow) => Promise<Answer>) => connection.ask(step, question);
  const pieces = async (uids: readonly number[], work: (range: string) => Promise<void>) => {
    for (const range of sequences(uids, limits.uids)) await work(range);
  };

  return {
    tree: () => inTurn(() => listTree(connection)),
    quota: () => inTurn(() => readQuota(connection)),
    open: (path) => inTurn(() => selected(path, true)),
    newest: (folder, count) =>
      inside(folder, async ({ exists }) => {
        if (exists === 0) return [];
        return ask('list', (client) => readRows(client, `${Math.max(1, exists - count + 1)}:*`, false));
      }),
    rows: (folder, uids) =>
      inside(folder, async () => {
        const rows: MailRow[] = [];
        await pieces(uids, async (range) => void rows.push(...(await ask('list', (client) => readRows(client, range, true)))));
        return rows;
      }),
    uids: (folder) =>
      inside(folder, async ({ exists }) =>
        exists === 0 ? [] : connection.demand('list', (client) => client.search({ all: true }, { uid: true })),
      ),
    since: (folder, from) =>
      inside(folder, async ({ exists }) => {
        if (exists === 0) return [];
        const found = await connection.demand('list', (client) => client.search({ uid: `${from}:*` }, { uid: true }));
        // `*` is the last one, also where that is before `from`.
        return found.filter((uid) => uid >= from);
      }),
    flags: (folder, since) =>
      inside(folder, async ({ exists }) => {
        const found = new Map<number, string>();
        if (exists === 0) return found;
        const changed = since === null ? {} : { changedSince: BigInt(since) };
        await ask('list', async (client) => {
          for await (const { uid, flags } of client.fetch('1:*', { uid: true, flags: true }, { uid: true, ...changed }))
            if (flags !== undefined) found.set(uid, lettersOf(flags));
        });
        return found;
      }),
    body: (folder, uid, octets, write) =>
      inside(folder, async () => {
        const [found] = await retrieveBatch(connection, [{ number: uid, octets }]);
        if (found === undefined) return false;
        if (found.failure !== null) {
          if (found.failure.facts.said === undefined) return false;
          throw found.failure;
        }
        for await (const part of found.body) await write(part);
        return true;
      }),
    search: (folder, words) =>
      inside(folder, async () => {
        const hits = await Promise.all(
          words.map((text) => connection.demand('search', (client) => client.search({ text }, { uid: true }))),
        );
        const [first = [], ...others] = hits;
        return first.filter((uid) => others.every((list) => list.includes(uid)));
      }),
    flag: (folder, uids, letter, on) => inside(folder, () => pieces(uids, (range) => actions.store(connection, range, letter, on))),
    move: (folder, uids, to) => inside(folder, () => actions.transfer(connection, 'move', uids, to)),
    copy: (folder, uids, to) => inside(folder, () => actions.transfer(connection, 'copy', uids, to)),
    remove: (folder, uids) => inside(folder, () => actions.remove(connection, uids)),
    append: (path, message, letters, received) => inTurn(() => actions.append(connection, path, message, letters, received)),
    create: (name) => inTurn(() => actions.create(connection, name)),
    rename: (path, name) => inTurn(() => actions.rename(connection, path, name)),
    removeFolder: (path) => inTurn(() => actions.removeFolder(connection, path)),
    subscribe: (path, on) => inTurn(() => actions.subscribe(connection, path, on)),
    get usable() {
      return connection.client.usable;
    },
    async close() {
      if (connection.client.usable) await connection.ask('quit', (client) => client.logout()).catch(() => undefined);
      connection.close();
    },
  };
}
