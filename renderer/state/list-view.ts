// How the list of messages is shown: filter, order, threads. And the query that follows from it and the box.
import type { ListQuery } from '../../shared/list-query.js';
import type { Mailbox } from '../../shared/message.js';
import type { Settings } from '../../shared/settings.js';
import type { Box } from './box.js';
import { firstInbox } from './mailbox.js';
import { createStore } from './store.js';

export type Filter = NonNullable<ListQuery['filter']>;
export type Sort = NonNullable<ListQuery['sort']>;
export type Threads = NonNullable<ListQuery['threads']>;

export type Layout = Settings['reading']['list'];

export interface ListView {
  readonly filter: Filter;
  readonly sort: Sort;
  readonly descending: boolean;
  readonly threads: Threads;
  readonly layout: Layout;
}
export const listView = createStore<ListView>({ filter: 'all', sort: 'date', descending: true, threads: 'references', layout: 'compact' });

export function setListView(change: Partial<ListView>): void {
  listView.set((before) => ({ ...before, ...change }));
}

export type ListOf = Omit<ListQuery, 'offset' | 'limit'>;

/** null: there is no box yet (no mailboxes known). A search is over all mailboxes, flat, best first unless sorted. */
export function listOf(box: Box, view: ListView, mailboxes: readonly Mailbox[]): ListOf | null {
  const { filter, descending, sort, threads } = view;
  if (box.kind === 'search') return { search: box.words, filter, sort, descending, threads: 'flat' };
  if (box.kind === 'smart') return { smart: box.smart, filter, sort, descending, threads: 'flat' };
  const folder = box.kind === 'folder' ? box.folder : firstInbox(mailboxes)?.id;
  return folder === undefined ? null : { folder, filter, sort, descending, threads };
}

/** Columns whose head, pressed first, puts the largest or newest on top. */
const largestFirst: readonly Sort[] = ['date', 'octets'];

/** A column's head was pressed: orders by it, or the other way round where it is ordered by it already. */
export function sortBy(sort: Sort): void {
  const before = listView.get();
  setListView({ sort, descending: before.sort === sort ? !before.descending : largestFirst.includes(sort) });
}
