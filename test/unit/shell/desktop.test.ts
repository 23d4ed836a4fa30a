// The parts of the desktop face that decide something: links, tray, notifications, options, part grants, words.
import { describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ Menu: {}, nativeImage: {}, Tray: {}, Notification: {}, dialog: {}, shell: {}, app: {} }));

import { isOwnBlob, isPart, isPartAddress, isWindowAddress, isWindowPage } from '../../../electron/shell/address.js';
import { grantParts } from '../../../electron/shell/granted.js';
import { judgeLink } from '../../../electron/shell/link.js';
import { isQuiet, noticesFor } from '../../../electron/shell/notify.js';
import { mailtoOf, readOptions } from '../../../electron/shell/options.js';
import { type TrayActions, trayMenu, trayPicture } from '../../../electron/shell/tray.js';
import { wordsFor } from '../../../electron/shell/words.js';
import type { FetchReport } from '../../../shared/fetch.js';
import type { Envelope } from '../../../shared/message.js';
import { settings } from '../../../shared/settings.js';
import type { AccountState, StationStatus } from '../../../shared/station.js';
import { bytesPart, pretendStation } from '../../support/pretend-station.js';

describe('addresses are parsed, not compared by prefix', () => {
  test.each([
    ['app://todoku/index.html', true],
    ['app://todoku/', true],
    ['app://todoku.evil.example/', false],
    ['app://todoku@evil.example/', false],
    ['app://evil.example/todoku', false],
    ['https://todoku/', false],
    ['file:///todoku', false],
    ['mailpart://todoku/part/m/html', false],
    ['', false],
  ])('%s: %s', (address, ours) => expect(isWindowAddress(address)).toBe(ours));
  test('the main frame stands on the one page', () => {
    expect(isWindowPage('app://todoku/index.html#/link/3')).toBe(true);
    expect(isWindowPage('app://todoku/part/m/html')).toBe(false);
    expect(isWindowPage('https://todoku/index.html')).toBe(false);
    expect(isPart('app://todoku/part/m/1')).toBe(true);
    expect(isPart('app://todoku/assets/part/')).toBe(false);
  });
  test('a list that the window wrote may be saved, what a frame made may not', () => {
    expect(isOwnBlob('blob:app://todoku/1b4e28ba')).toBe(true);
    expect(['blob:null/1b4e28ba', 'blob:https://todoku/1', 'blob:app://todoku.example/1', 'app://todoku/1'].map(isOwnBlob)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
  test('a part is of its own scheme', () => {
    expect(isPartAddress('mailpart://todoku/part/m/1')).toBe(true);
    expect(isPartAddress('app://todoku/part/m/1')).toBe(false);
  });
});

describe('links', () => {
  test.each([
    ['https://example.com/a?b#c', 'open'],
    ['mailto:a@example.com', 'open'],
    ['http://example.com/', 'ask'],
    ['https://xn--kumii-6ve.example/login', 'ask'],
    ['https://kumiаi.example/', 'ask'],
    ['https://bank.example@evil.example/', 'ask'],
    ['file:///etc/passwd', 'refuse'],
    ['smb://host/share', 'refuse'],
    ['javascript:alert(1)', 'refuse'],
    ['data:text/html,x', 'refuse'],
    ['app://todoku/', 'refuse'],
    ['ms-msdt:/id', 'refuse'],
    ['vscode://x', 'refuse'],
    ['example.com', 'refuse'],
    ['', 'refuse'],
  ])('%s: %s', (text, kind) => expect(judgeLink(text).kind).toBe(kind));
  test('an internationalised name is spelled out both ways', () => {
    expect(judgeLink('https://xn--kumii-6ve.example/')).toMatchObject({ host: expect.stringMatching(/^xn--kumii-6ve\.example \(.+\)$/) });
  });
});

test('options are read among the switches of Chromium', () => {
  expect(readOptions(['--inspect=0', '--no-sandbox', '--home', '/a b', '--sample'])).toEqual({ home: '/a b', sample: true, hidden: false });
  expect(readOptions(['--home=/c', '--hidden', '--remote-debugging-port=0'])).toEqual({ home: '/c', sample: false, hidden: true });
  expect(readOptions([])).toEqual({ home: undefined, sample: false, hidden: false });
});

test('a mail address is found among the arguments, whatever the case of its scheme', () => {
  expect(mailtoOf(['--no-sandbox', '--home=/c', 'MAILTO:a@b.example?subject=x'])).toBe('MAILTO:a@b.example?subject=x');
  expect(['/c/letter.eml', 'https://a.example', '--x=mailto:a@b'].map((arg) => mailtoOf([arg]))).toEqual([null, null, null]);
  expect(mailtoOf([`mailto:${'a'.repeat(100_000)}`])).toBeNull();
});

const statusOf = (change: Partial<StationStatus>) => ({ paused: false, unread: 0, ...change }) as StationStatus;
const accountIn = (state: AccountState['state'], name = 'Work & home') =>
  ({ account: { id: 'work', name }, state, next: '2026-11-24T01:02:03Z' }) as AccountState;

describe('tray', () => {
  test.each([
    [{}, [], 'idle'],
    [{ unread: 3 }, [accountIn('waiting')], 'unread'],
    [{ unread: 3 }, [accountIn('failed')], 'trouble'],
    [{}, [accountIn('needs-secret')], 'trouble'],
    [{ paused: true, unread: 3 }, [accountIn('failed')], 'paused'],
  ] as const)('%j with %j is drawn %s', (status, accounts, picture) =>
    expect(trayPicture({ status: statusOf(status), accounts })).toBe(picture),
  );

  const done: string[] = [];
  const actions: TrayActions = {
    open: (screen) => done.push(`open ${screen}`),
    fetch: (id) => done.push(`fetch ${id}`),
    pause: (kind) => done.push(`pause ${kind}`),
    quit: () => done.push('quit'),
  };
  const english = wordsFor('en', 'ja-JP');

  test('its menu says each account and does what it says', () => {
    const menu = trayMenu({ status: statusOf({}), accounts: [accountIn('waiting')] }, english, actions);
    const labels = menu.map(({ label, type }) => label ?? type);
    expect(labels[0]).toBe('Open');
    expect(labels[2]).toMatch(/^Work && home — waiting \(\d\d:\d\d\)$/);
    expect(labels).toContain('Fetch now');
    expect(labels.at(-1)).toBe('Quit Todoku');
    for (const entry of menu) (entry.click as (() => void) | undefined)?.();
    const pause = menu.find(({ label }) => label === 'Pause fetching')?.submenu as { click: () => void }[];
    for (const entry of pause) entry.click();
    expect(done).toEqual(['open mail', 'fetch work', 'fetch null', 'quit', 'pause hour', 'pause tomorrow', 'pause indefinite']);
  });

  test('paused, it offers to resume; without accounts there is nothing to fetch', () => {
    const menu = trayMenu({ status: statusOf({ paused: true }), accounts: [] }, english, actions);
    expect(menu.map(({ label }) => label)).toContain('Resume fetching');
    expect(menu.find(({ label }) => label === 'Fetch now')).toMatchObject({ enabled: false });
  });
});

describe('notifications', () => {
  const report = (change: Partial<FetchReport>) =>
    ({ name: 'Work', delivered: 0, quarantined: 0, failure: null, ...change }) as FetchReport;
  const newest = { id: 'm9', from: [{ name: '藤井', address: 'k@x' }], subject: 'お見積り' } as unknown as Envelope;
  const wishes = (change = {}) => settings.parse({ notify: change }).notify;
  const noon = new Date(2026, 10, 24, 12, 0);
  const english = wordsFor('en', '');
  const bodies = (change: Partial<FetchReport>, wish = {}, failures = 0, now = noon) =>
    noticesFor({ report: report(change), failures, newest }, wishes(wish), english, now).map(({ title, body }) => `${title} | ${body}`);

  test('sender and subject, or a count, or silence', () => {
    expect(bodies({ delivered: 1 })).toEqual(['One new message | 藤井\nお見積り']);
    expect(bodies({ delivered: 4 }, { style: 'count' })).toEqual(['4 new messages | Work']);
    expect(bodies({ delivered: 4 }, { style: 'silent' })).toEqual([]);
    expect(bodies({})).toEqual([]);
  });
  test('quarantine and the third failure are said whatever the style', () => {
    expect(bodies({ quarantined: 2 }, { style: 'silent' })).toEqual(['2 messages were quarantined | Work']);
    expect(bodies({}, { style: 'silent' }, 2)).toEqual([]);
    expect(bodies({}, { style: 'silent' }, 3)).toEqual(['Work: fetching keeps failing | ']);
    expect(bodies({}, { style: 'silent' }, 4)).toEqual([]);
  });
  test('quiet hours hold arrivals back, also over midnight', () => {
    const quiet = { quietFrom: '22:00', quietTo: '07:00' };
    expect(bodies({ delivered: 1 }, quiet, 0, new Date(2026, 10, 24, 23, 30))).toEqual([]);
    expect(isQuiet(wishes(quiet), new Date(2026, 10, 24, 6, 59))).toBe(true);
    expect(isQuiet(wishes(quiet), new Date(2026, 10, 24, 7, 0))).toBe(false);
    expect(isQuiet(wishes({ quietFrom: '12:00', quietTo: '13:00' }), noon)).toBe(true);
    expect(isQuiet(wishes(), noon)).toBe(false);
  });
});

describe('parts', () => {
  test('only of messages that this window opened', async () => {
    const running = pretendStation({ 'message.open': { partsUrl: '/part/m1' } }, { 'm1/1': bytesPart('image/png', 'x') });
    const { station, parts } = grantParts(running);
    const address = { message: 'm1', part: '1', save: false };
    await expect(parts.part(address)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await station['message.open']({ id: 'm1', charset: null })).toMatchObject({ partsUrl: '/part/m1' });
    await expect(parts.part(address)).resolves.toMatchObject({ type: 'image/png' });
    await expect(parts.part({ ...address, part: '9' })).rejects.toMatchObject({ code: 'not-found' });
    const remote = { url: 'https://img.example/a.png' };
    await expect(parts.remote({ message: 'm2', ...remote })).rejects.toMatchObject({ message: 'this message has not been opened' });
    await expect(parts.remote({ message: 'm1', ...remote })).rejects.toMatchObject({ message: 'not asked for' });
  });
  test('a failed opening grants nothing, and the oldest grants are forgotten', async () => {
    const failing = grantParts(pretendStation({}, { 'm1/1': bytesPart('image/png', 'x') }));
    await expect(failing.station['message.open']({ id: 'm1', charset: null })).rejects.toMatchObject({ code: 'not-found' });
    await expect(failing.parts.part({ message: 'm1', part: '1', save: false })).rejects.toMatchObject({ code: 'forbidden' });
    const { station, parts } = grantParts(pretendStation({ 'message.open': {} }, { 'm0/1': bytesPart('image/png', 'x') }));
    for (let index = 0; index <= 200; index += 1) await station['message.open']({ id: `m${index}`, charset: null });
    await expect(parts.part({ message: 'm0', part: '1', save: false })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test('words follow the settings, then the desktop', () => {
  expect(wordsFor('system', 'ja-JP').open).toBe('開く');
  expect(wordsFor('system', 'fr').open).toBe('Open');
  expect(wordsFor('ja', 'en-US').quit).toBe('Todoku を終了');
  expect(Object.keys(wordsFor('ja', '')).sort()).toEqual(Object.keys(wordsFor('en', '')).sort());
});
