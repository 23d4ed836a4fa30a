// The rows of the list that is shown, read in pages as they are needed; the rest is known by its number only.

import { type Failure, toFailure } from '../../shared/error.js';
import type { MessagePage } from '../../shared/list-query.js';
import type { Envelope } from '../../shared/message.js';
import { call, on, onOpen } from './link.js';
import type { ListOf } from './list-view.js';
import { createStore } from './store.js';

export interface Pages {
  /** null: no list. */
  readonly list: ListOf | null;
  readonly total: number;
  readonly unread: number;
  readonly rows: ReadonlyMap<number, Envelope>;
  readonly highlight: readonly string[];
  readonly failure: Failure | null;
  /** Nothing has been read of this list yet. */
  readonly opening: boolean;
}
const nothing: Pages = { list: null, total: 0, unread: 0, rows: new Map(), highlight: [], failure: null, opening: true };
export const pages = createStore<Pages>(nothing);

export const pageSize = 100;
/** Milliseconds in which a burst of changes counts as one. */
const burst = 80;

let fresh = new Set<number>();
let reading = new Set<number>();
let seen: readonly [number, number] = [0, 0];
/** Counts lists and refreshes: an answer to an older one is dropped. */
let turn = 0;

/** Shows another list. The old rows go at once. */
export function openList(list: ListOf | null): void {
  if (JSON.stringify(list) === JSON.stringify(pages.get().list)) return;
  restart();
  seen = [0, 0];
  pages.set({ ...nothing, list, opening: list !== null });
  if (list !== null) void readPage(0);
}

function restart(): void {
  turn += 1;
  fresh = new Set();
  reading = new Set();
}

/** Rows from..to (inclusive) are on screen: reads what is missing of them. */
export function needRows(from: number, to: number): void {
  seen = [from, to];
  for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page += 1) {
    if (!fresh.has(page) && !reading.has(page)) void readPage(page);
  }
}

async function readPage(page: number): Promise<void> {
  const { list } = pages.get();
  if (list === null) return;
  const mine = turn;
  reading.add(page);
  try {
    const answer = await call('message.list', { ...list, offset: page * pageSize, limit: pageSize });
    if (mine === turn) putPage(page, answer);
  } catch (error) {
    if (mine === turn) pages.set((before) => ({ ...before, failure: toFailure(error), opening: false }));
  } finally {
    if (mine === turn) reading.delete(page);
  }
}

function putPage(page: number, { rows: read, total, unread, highlight }: MessagePage): void {
  fresh.add(page);
  const rows = new Map([...pages.get().rows].filter(([index]) => index < total && Math.floor(index / pageSize) !== page));
  for (const [index, row] of read.entries()) rows.set(page * pageSize + index, row);
  pages.set((before) => ({ ...before, rows, total, unread, highlight, failure: null, opening: false }));
}

/** What is on screen is read again; what was read before stays until then. */
export function refreshList(): void {
  if (pages.get().list === null) return;
  restart();
  needRows(...seen);
}

/** Shows a change before the station has announced it. */
export function patchRows(ids: ReadonlySet<string>, edit: (row: Envelope) => Envelope): void {
  pages.set((before) => ({ ...before, rows: new Map([...before.rows].map(([index, row]) => [index, ids.has(row.id) ? edit(row) : row])) }));
}

export function cursorIndexIn({ rows }: Pick<Pages, 'rows'>, id: string | null): number {
  if (id === null) return -1;
  for (const [index, row] of rows) if (row.id === id) return index;
  return -1;
}
/** -1: not among the rows that were read. */
export function indexOf(id: string | null): number {
  return cursorIndexIn(pages.get(), id);
}
export function rowAt(index: number): Envelope | null {
  return pages.get().rows.get(index) ?? null;
}
export function rowOf(id: string): Envelope | null {
  return rowAt(indexOf(id));
}

/** Starts listening: once, by the entry. */
export function followList(): void {
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      refreshList();
    }, burst);
  };
  on('mailbox.changed', soon);
  onOpen(refreshList);
}

/** Rows from..to, read now where they are not here yet. At most the list's own length. */
export async function readRows(from: number, to: number): Promise<readonly Envelope[]> {
  for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page += 1) if (!fresh.has(page)) await readPage(page);
  const rows: Envelope[] = [];
  for (let index = from; index <= to; index += 1) {
    const row = rowAt(index);
    if (row !== null) rows.push(row);
  }
  return rows;
}
