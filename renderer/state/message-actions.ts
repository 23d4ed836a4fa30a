// What can be done to messages: read, flag, move, delete; and taken back.
import type { Envelope, FlagName, Folder, FolderRole } from '../../shared/message.js';
import type { TextKey } from '../text/words.js';
import { call } from './link.js';
import { sibling } from './mailbox.js';
import { patchRows, rowOf } from './pages.js';
import { peek } from './query.js';
import { chosen, leave } from './selection.js';
import { act } from './trouble.js';
import { lastDone } from './undo.js';

/** A row that stands for a thread stands for all its messages in the same folder. */
async function wholeThreads(ids: readonly string[]): Promise<readonly Envelope[]> {
  const rows = ids.map(rowOf).filter((row) => row !== null);
  const all = await Promise.all(
    rows.map(async (row) => {
      if (row.threadCount < 2) return [row];
      const thread = await call('message.thread', { thread: row.thread }).catch(() => [row]);
      return thread.filter((one) => one.folder === row.folder);
    }),
  );
  return [...new Map(all.flat().map((row) => [row.id, row])).values()];
}

export async function setFlag(ids: readonly string[], flag: FlagName, on: boolean): Promise<void> {
  if (ids.length === 0) return;
  patchRows(new Set(ids), (row) => ({ ...row, flags: { ...row.flags, [flag]: on } }));
  await act('message.flag', { ids: [...ids], flag, on });
}

/** If any is unread, all become read; else all unread. */
export async function toggleRead(): Promise<void> {
  const rows = await wholeThreads(chosen());
  const on = rows.some((row) => !row.flags.seen);
  await changeFlag(rows, 'seen', on, on ? 'mail.markedRead' : 'mail.markedUnread');
}

export async function toggleFlag(ids: readonly string[] = chosen()): Promise<void> {
  const rows = ids.map(rowOf).filter((row) => row !== null);
  const on = rows.some((row) => !row.flags.flagged);
  await changeFlag(rows, 'flagged', on, on ? 'mail.flagSet' : 'mail.flagCleared');
}

/** Only rows that were otherwise are changed, and only they are changed back. */
async function changeFlag(rows: readonly Envelope[], flag: FlagName, on: boolean, said: TextKey): Promise<void> {
  const ids = rows.filter((row) => row.flags[flag] !== on).map((row) => row.id);
  if (ids.length === 0) return;
  await setFlag(ids, flag, on);
  lastDone.set({ said, count: ids.length, folder: null, undo: () => setFlag(ids, flag, !on) });
}

/** Moves rows (threads as a whole) to a folder; offers to take it back. */
export async function moveMessages(ids: readonly string[], folder: Folder, said: TextKey = 'mail.moved'): Promise<void> {
  await moveTogether([[folder, ids]], said);
}

/** Several moves that are one to whoever asked for them, and are taken back as one. */
async function moveTogether(parts: readonly (readonly [Folder, readonly string[]])[], said: TextKey): Promise<void> {
  const goals = await Promise.all(
    parts.map(async ([folder, ids]) => ({ folder, rows: (await wholeThreads(ids)).filter((row) => row.folder !== folder.id) })),
  );
  const leaving = goals.filter(({ rows }) => rows.length > 0);
  const last = leaving.at(-1);
  if (last === undefined) return;
  await leave(new Set(parts.flatMap(([, ids]) => ids)));
  const moved: Moved[] = [];
  for (const { folder, rows } of leaving) moved.push(...((await moveRows(rows, folder.id)) ?? []));
  if (moved.length > 0) lastDone.set({ said, count: moved.length, folder: last.folder.id, undo: () => moveBack(moved) });
}

/** Copies rows (threads as a whole) to a folder; taking it back deletes the copies. */
export async function copyMessages(ids: readonly string[], folder: Folder): Promise<void> {
  const rows = await wholeThreads(ids);
  if (rows.length === 0) return;
  const copies = await act('message.copy', { ids: rows.map((row) => row.id), folder: folder.id });
  if (copies === null || copies.length === 0) return;
  const undo = async () => void (await act('message.remove', { ids: [...copies] }));
  lastDone.set({ said: 'mail.copied', count: rows.length, folder: folder.id, undo });
}

interface Moved {
  readonly id: string;
  readonly from: string;
}

async function moveRows(rows: readonly Envelope[], folder: string): Promise<readonly Moved[] | null> {
  const ids = await act('message.move', { ids: rows.map((row) => row.id), folder });
  return ids?.map((id, index) => ({ id, from: rows[index]?.folder ?? folder })) ?? null;
}

async function moveBack(moved: readonly Moved[]): Promise<void> {
  for (const folder of new Set(moved.map(({ from }) => from))) {
    await act('message.move', { ids: moved.filter(({ from }) => from === folder).map(({ id }) => id), folder });
  }
}

/** To the folder with a role, each row to its own mailbox's. Where there is none, says so by false. */
export async function moveToRole(ids: readonly string[], role: FolderRole, said: TextKey): Promise<boolean> {
  const mailboxes = peek('mailbox.list', {}) ?? [];
  const targets = new Map<Folder, string[]>();
  for (const id of ids) {
    const target = sibling(mailboxes, rowOf(id)?.folder ?? '', role);
    if (target === null) return false;
    targets.set(target, [...(targets.get(target) ?? []), id]);
  }
  await moveTogether([...targets], said);
  return true;
}

/** For good; whoever calls has asked. */
export async function removeMessages(ids: readonly string[]): Promise<void> {
  const rows = await wholeThreads(ids);
  await leave(new Set(ids));
  await act('message.remove', { ids: rows.map((row) => row.id) });
  lastDone.set(null);
}
