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
  await setFlag(
    rows.map((row) => row.id),
    'seen',
    on,
  );
}

export async function toggleFlag(ids: readonly string[] = chosen()): Promise<void> {
  const on = ids.some((id) => rowOf(id)?.flags.flagged === false);
  await setFlag(ids, 'flagged', on);
}

/** Moves rows (threads as a whole) to a folder; offers to take it back. */
export async function moveMessages(ids: readonly string[], folder: Folder, said: TextKey = 'mail.moved'): Promise<void> {
  const rows = (await wholeThreads(ids)).filter((row) => row.folder !== folder.id);
  if (rows.length === 0) return;
  await leave(new Set(ids));
  const moved = await moveRows(rows, folder.id);
  if (moved === null) return;
  lastDone.set({ said, count: rows.length, folder: folder.id, undo: () => moveBack(moved) });
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
  for (const [folder, some] of targets) await moveMessages(some, folder, said);
  return true;
}

/** For good; whoever calls has asked. */
export async function removeMessages(ids: readonly string[]): Promise<void> {
  const rows = await wholeThreads(ids);
  await leave(new Set(ids));
  await act('message.remove', { ids: rows.map((row) => row.id) });
  lastDone.set(null);
}
