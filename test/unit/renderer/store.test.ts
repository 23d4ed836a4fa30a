// Answers are kept by call and input, read again when an event makes them stale, and only once for a burst.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type CallName, eventNames } from '../../../shared/contract.js';
import { portPair, serve } from '../../../shared/port.js';
import { type Fake, fakeStation } from '../../support/fake-station.js';

let fake: Fake;
let counted: CallName[];
let query: typeof import('../../../renderer/state/query.js');
let pages: typeof import('../../../renderer/state/pages.js');
let link: typeof import('../../../renderer/state/link.js');

beforeEach(async () => {
  vi.resetModules();
  link = await import('../../../renderer/state/link.js');
  query = await import('../../../renderer/state/query.js');
  pages = await import('../../../renderer/state/pages.js');
  fake = fakeStation({ many: 1000 });
  counted = [];
  const station = new Proxy(fake.station, {
    get: (target, name: CallName) => {
      counted.push(name);
      return target[name];
    },
  });
  const [here, there] = portPair();
  const announce = serve(station, there);
  fake.emit = (name, event) => announce(name, event);
  query.followEvents();
  pages.followList();
  link.takeLink(here);
});

const calls = (name: CallName) => counted.filter((one) => one === name).length;

describe('a query', () => {
  test('is read once for two watchers, and again after an event', async () => {
    const stop = [query.watchQuery('account.list', {}, () => {}), query.watchQuery('account.list', {}, () => {})];
    await vi.waitFor(() => expect(query.peek('account.list', {})).toHaveLength(5));
    expect(calls('account.list')).toBe(1);
    for (let count = 0; count < 20; count += 1) fake.emit('account.changed', { id: null });
    await vi.waitFor(() => expect(calls('account.list')).toBe(2));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(calls('account.list')).toBe(2);
    for (const each of stop) each();
  });

  test('that nobody watches waits until somebody does', async () => {
    const stop = query.watchQuery('bounce.list', { days: 30 }, () => {});
    await vi.waitFor(() => expect(query.peek('bounce.list', { days: 30 })).not.toBeNull());
    stop();
    fake.emit('bounce.changed', {});
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(calls('bounce.list')).toBe(1);
    query.watchQuery('bounce.list', { days: 30 }, () => {});
    await vi.waitFor(() => expect(calls('bounce.list')).toBe(2));
  });

  test('that fails says why and keeps what it had', async () => {
    let seen = 0;
    query.watchQuery('message.open', { id: 'nowhere' }, () => {
      seen += 1;
    });
    await vi.waitFor(() => expect(seen).toBe(1));
    expect(query.answerOf('message.open', { id: 'nowhere' })).toMatchObject({
      value: null,
      failure: { code: 'not-found' },
      reading: false,
    });
  });

  test('every event has a word on what it makes stale', async () => {
    const { stale } = await import('../../../renderer/state/stale.js');
    expect(Object.keys(stale).sort()).toEqual([...eventNames].sort());
  });
});

describe('the list', () => {
  const list = { folder: 'inbox', threads: 'flat' as const };

  test('reads the pages on screen and no others', async () => {
    pages.openList(list);
    await vi.waitFor(() => expect(pages.pages.get().opening).toBe(false));
    expect(pages.pages.get().total).toBeGreaterThan(1000);
    pages.needRows(820, 840);
    await vi.waitFor(() => expect(pages.rowAt(830)).not.toBeNull());
    expect(pages.rowAt(400)).toBeNull();
    expect(calls('message.list')).toBe(2);
  });

  test('keeps its rows while it is read again', async () => {
    pages.openList(list);
    await vi.waitFor(() => expect(pages.rowAt(0)).not.toBeNull());
    const first = pages.rowAt(0)?.id;
    fake.emit('mailbox.changed', { folder: 'inbox' });
    expect(pages.rowAt(0)?.id).toBe(first);
    await vi.waitFor(() => expect(calls('message.list')).toBe(2));
  });

  test('an answer to another list is dropped', async () => {
    pages.openList(list);
    pages.openList({ folder: 'trash', threads: 'flat' });
    await vi.waitFor(() => expect(pages.pages.get().opening).toBe(false));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([...pages.pages.get().rows.values()].every((row) => row.folder === 'trash')).toBe(true);
  });

  test('the whole of a range can be read', async () => {
    pages.openList(list);
    await vi.waitFor(() => expect(pages.pages.get().opening).toBe(false));
    const rows = await pages.readRows(0, 349);
    expect(new Set(rows.map((row) => row.id)).size).toBe(350);
  });
});
