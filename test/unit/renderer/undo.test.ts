// What was done to messages is taken back: only what changed, and several moves that were one, as one.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { portPair, serve } from '../../../shared/port.js';
import { type Fake, fakeStation } from '../../support/fake-station.js';

let fake: Fake;
let actions: typeof import('../../../renderer/state/message-actions.js');
let pages: typeof import('../../../renderer/state/pages.js');
let undo: typeof import('../../../renderer/state/undo.js');
let selection: typeof import('../../../renderer/state/selection.js');
let view: typeof import('../../../renderer/state/list-view.js');

const all = {
  folder: null,
  smart: null,
  search: '',
  filter: 'all',
  sort: 'date',
  descending: true,
  threads: 'flat',
  offset: 0,
  limit: 500,
} as const;
const rows = async () => (await fake.station['message.list'](all)).rows;
const rowOf = async (id: string) => (await rows()).find((row) => row.id === id);

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('history', { pushState: () => {}, replaceState: () => {} });
  const link = await import('../../../renderer/state/link.js');
  const query = await import('../../../renderer/state/query.js');
  actions = await import('../../../renderer/state/message-actions.js');
  pages = await import('../../../renderer/state/pages.js');
  undo = await import('../../../renderer/state/undo.js');
  selection = await import('../../../renderer/state/selection.js');
  view = await import('../../../renderer/state/list-view.js');
  fake = fakeStation();
  const [here, there] = portPair();
  const announce = serve(fake.station, there);
  fake.emit = (name, event) => announce(name, event);
  link.takeLink(here);
  query.watchQuery('mailbox.list', {}, () => {});
  pages.openList({ threads: 'flat' });
  await vi.waitFor(() => {
    expect(pages.pages.get().opening).toBe(false);
    expect(query.peek('mailbox.list', {})).not.toBeNull();
  });
});

const choose = (ids: readonly string[]) => selection.selection.set({ ids: new Set(ids), cursor: ids[0] ?? null, anchor: ids[0] ?? null });

describe('undo', () => {
  test('of a flag changes back what was changed, and nothing that had it before', async () => {
    const had = (await rows()).find((row) => row.flags.flagged)?.id ?? '';
    const not = (await rows()).find((row) => !row.flags.flagged)?.id ?? '';
    await actions.toggleFlag([had, not]);
    expect([(await rowOf(had))?.flags.flagged, (await rowOf(not))?.flags.flagged]).toEqual([true, true]);
    expect(undo.lastDone.get()).toMatchObject({ said: 'mail.flagSet', count: 1, folder: null });
    await undo.undoLast();
    expect([(await rowOf(had))?.flags.flagged, (await rowOf(not))?.flags.flagged]).toEqual([true, false]);
    expect(undo.lastDone.get()).toBeNull();
  });

  test('of reading makes unread what was unread', async () => {
    const unread = (await rows()).filter((row) => !row.flags.seen && row.threadCount < 2).slice(0, 2);
    const read = (await rows()).find((row) => row.flags.seen && row.threadCount < 2)?.id ?? '';
    choose([...unread.map((row) => row.id), read]);
    await actions.toggleRead();
    expect(undo.lastDone.get()).toMatchObject({ said: 'mail.markedRead', count: 2 });
    expect(await Promise.all(unread.map(async ({ id }) => (await rowOf(id))?.flags.seen))).toEqual([true, true]);
    await undo.undoLast();
    expect(await Promise.all(unread.map(async ({ id }) => (await rowOf(id))?.flags.seen))).toEqual([false, false]);
    expect((await rowOf(read))?.flags.seen).toBe(true);
  });

  test('of a move out of two mailboxes brings both back', async () => {
    const mailboxes = await fake.station['mailbox.list']({});
    const movable = (await rows()).filter((row) => row.threadCount < 2);
    const pairs = mailboxes
      .filter(({ folders }) => folders.some(({ role }) => role === 'trash'))
      .map(({ folders }) => folders.find(({ role }) => role === 'inbox')?.id ?? '')
      .map((folder) => ({ folder, id: movable.find((row) => row.folder === folder)?.id ?? '' }))
      .filter(({ id }) => id !== '');
    expect(pairs.length).toBeGreaterThan(1);
    const [from, ids] = [pairs.map(({ folder }) => folder), pairs.map(({ id }) => id)];
    expect(await actions.moveToRole(ids, 'trash', 'mail.trashed')).toBe(true);
    const folders = () => Promise.all(ids.map(async (id) => (await rowOf(id))?.folder));
    const after = await folders();
    expect(after.some((folder) => from.includes(folder ?? ''))).toBe(false);
    expect(new Set(after).size).toBe(ids.length);
    expect(undo.lastDone.get()).toMatchObject({ count: ids.length });
    await undo.undoLast();
    expect(await folders()).toEqual(from);
  });
});

test('a head of a column orders by it, and pressed again the other way round', () => {
  const order = () => [view.listView.get().sort, view.listView.get().descending];
  view.sortBy('from');
  expect(order()).toEqual(['from', false]);
  view.sortBy('from');
  expect(order()).toEqual(['from', true]);
  view.sortBy('octets');
  expect(order()).toEqual(['octets', true]);
});
