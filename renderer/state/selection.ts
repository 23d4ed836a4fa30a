// Which messages are selected, and where the keyboard stands in the list.
import { currentBox, showMessage } from './box.js';
import { indexOf, pages, readRows, rowAt, rowOf } from './pages.js';
import { createStore } from './store.js';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The row the keyboard is on. */
  readonly cursor: string | null;
  /** Where a range began. */
  readonly anchor: string | null;
}
const none: Selection = { ids: new Set(), cursor: null, anchor: null };
export const selection = createStore<Selection>(none);

export function clearSelection(): void {
  selection.set(none);
}

/** One row, opened in the reading pane. */
export function selectOne(id: string): void {
  selection.set({ ids: new Set([id]), cursor: id, anchor: id });
  const box = currentBox();
  const folder = rowOf(id)?.folder;
  // The first inbox has no place of its own; a message is opened in its folder.
  showMessage(box.kind === 'first' && folder !== undefined ? { kind: 'folder', folder } : box, id);
}

/** Adds or takes away one row; nothing is opened. */
export function toggleOne(id: string): void {
  selection.set(({ ids }) => {
    const after = new Set(ids);
    if (!after.delete(id)) after.add(id);
    return { ids: after, cursor: id, anchor: id };
  });
}

/** From the anchor to a row. */
export async function selectTo(id: string): Promise<void> {
  const from = indexOf(selection.get().anchor ?? id);
  const to = indexOf(id);
  if (from < 0 || to < 0) return;
  const rows = await readRows(Math.min(from, to), Math.max(from, to));
  selection.set((before) => ({ ...before, ids: new Set(rows.map((row) => row.id)), cursor: id }));
}

export async function selectAll(): Promise<void> {
  const { total } = pages.get();
  if (total === 0) return;
  const rows = await readRows(0, total - 1);
  selection.set((before) => ({ ...before, ids: new Set(rows.map((row) => row.id)) }));
}

export type Reach = 'move' | 'extend' | 'cursor';

/** Moves the keyboard to a row by number: selecting it, extending the range, or only standing there. */
export async function stepTo(index: number, reach: Reach = 'move'): Promise<void> {
  const last = pages.get().total - 1;
  if (last < 0) return;
  const at = Math.max(0, Math.min(last, index));
  const row = rowAt(at) ?? (await readRows(at, at))[0];
  if (row === undefined) return;
  if (reach === 'move') selectOne(row.id);
  else if (reach === 'extend') await selectTo(row.id);
  else selection.set((before) => ({ ...before, cursor: row.id }));
}

export function cursorIndex(): number {
  return indexOf(selection.get().cursor);
}

/** The next row in a direction that is unread, among those that were read; null: none. */
export function nextUnread(step: 1 | -1): number | null {
  const { total } = pages.get();
  for (let index = cursorIndex() + step; index >= 0 && index < total; index += step) {
    const row = rowAt(index);
    if (row !== null && !row.flags.seen) return index;
  }
  return null;
}

/** What an action is for: the selected rows, in the order of the list. */
export function chosen(): readonly string[] {
  const { ids } = selection.get();
  return [...ids].sort((a, b) => indexOf(a) - indexOf(b));
}

/** Before rows leave the list: stands on the first row that stays. */
export async function leave(ids: ReadonlySet<string>): Promise<void> {
  const indexes = [...ids].map(indexOf).filter((index) => index >= 0);
  if (indexes.length === 0) return;
  const stays = rowAt(Math.max(...indexes) + 1) ?? rowAt(Math.min(...indexes) - 1);
  if (stays === null) {
    clearSelection();
    showMessage(currentBox(), null);
  } else selectOne(stays.id);
}
