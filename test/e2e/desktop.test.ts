// What only a desktop has: the window that hides, the tray, notifications, one instance, starting hidden.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findRuntime } from '../../scripts/runtime.js';
import { type ElectronFace, launchElectron, rootSwitches } from '../support/electron.js';
import { root } from '../support/launch.js';
import { type PreparedHome, prepareHome } from '../support/prepared-home.js';
import { type DesktopSession, startSession } from '../support/session.js';

let session: DesktopSession;
let prepared: PreparedHome;
let face: ElectronFace;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.stop());
beforeEach(async () => {
  session.forget();
  prepared = await prepareHome(['first letter']);
});
afterEach(async () => {
  await face.close();
  await prepared.close();
});

const visible = () => face.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));
const idle = () =>
  expect.poll(async () => (await session.menu()).some((label) => label.startsWith('Work — waiting')), { timeout: 20_000 }).toBe(true);
const closeWindow = () => face.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

test('closing the window keeps fetching, and the tray brings it back', async () => {
  face = await launchElectron(session, { home: prepared.home });
  await face.page.getByRole('option', { name: /first letter/ }).waitFor();
  await session.heard(({ tray }) => tray === 'registered');
  await closeWindow();
  await expect.poll(visible).toEqual([false]);
  // A run that is under way has its list already, and *Fetch now* joins it.
  await idle();
  prepared.deposit('while hidden');
  await session.click('Fetch now');
  await session.heard(({ body }) => body?.includes('while hidden') === true);
  await session.click('Open');
  await expect.poll(visible).toEqual([true]);
  await face.page.getByRole('option', { name: /while hidden/ }).waitFor();
  await face.shot('desktop-reopened');
});

test('the tray says each account and pauses', async () => {
  face = await launchElectron(session, { home: prepared.home });
  await expect
    .poll(async () => (await session.menu()).some((label) => /^Work — waiting \(\d\d:\d\d\)$/.test(label)), { timeout: 20_000 })
    .toBe(true);
  await session.click('Pause fetching > Until I resume');
  await expect.poll(() => session.menu()).toContain('Resume fetching');
  await session.click('Resume fetching');
  await expect.poll(() => session.menu()).toContain('Pause fetching');
});

test('a click on a notification opens the window', async () => {
  face = await launchElectron(session, { home: prepared.home, args: ['--hidden'] });
  const { notification, title, body } = await session.heard(({ body: text }) => text?.includes('first letter') === true);
  expect([title, body]).toEqual(['One new message', 'Omar\nfirst letter']);
  expect(await visible()).toEqual([false]);
  await session.clickNotification(notification ?? 0);
  await expect.poll(visible).toEqual([true]);
});

test('a second instance opens the window of the first, and ends', async () => {
  face = await launchElectron(session, { home: prepared.home, args: ['--hidden'] });
  expect(await visible()).toEqual([false]);
  const runtime = await findRuntime(root, () => undefined);
  const second = spawn(runtime.executable, [...runtime.args, ...rootSwitches(), `--home=${prepared.home}`], {
    env: { ...process.env, ...session.env },
    stdio: 'ignore',
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect.poll(visible).toEqual([true]);
});

test('asleep nothing is polled; awake again it comes by itself', async () => {
  face = await launchElectron(session, { home: prepared.home });
  await face.page.getByRole('option', { name: /first letter/ }).waitFor();
  const power = (event: 'suspend' | 'resume') => face.app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);
  await power('suspend');
  await expect.poll(() => session.menu()).toContain('Work — offline');
  prepared.deposit('while asleep');
  await power('resume');
  await face.page.getByRole('option', { name: /while asleep/ }).waitFor();
  await expect.poll(async () => (await session.menu()).some((label) => label.startsWith('Work — waiting'))).toBe(true);
});

test('the badge is the number of unread messages', async () => {
  face = await launchElectron(session, { home: prepared.home });
  await face.page.getByRole('option', { name: /first letter/ }).waitFor();
  // Only some docks show one; what the desktop is asked for is the same everywhere.
  await face.app.evaluate(({ app }) => {
    const asked: number[] = [];
    Object.assign(globalThis, { asked });
    app.setBadgeCount = (count = 0) => asked.push(count) > 0;
  });
  await idle();
  prepared.deposit('second letter');
  await session.click('Fetch now');
  const last = () => face.app.evaluate(() => (globalThis as unknown as { asked: number[] }).asked.at(-1));
  await expect.poll(last, { timeout: 20_000 }).toBe(2);
});

test('start at login writes the autostart file, and off removes it', async () => {
  const config = join(prepared.home, 'config');
  face = await launchElectron(session, { home: prepared.home, env: { XDG_CONFIG_HOME: config } });
  const file = join(config, 'autostart', 'todoku.desktop');
  await face.page.getByRole('option', { name: /first letter/ }).waitFor();
  await face.page.evaluate(() => {
    location.hash = '#/settings';
  });
  const startAtLogin = face.page.getByRole('switch', { name: 'Start at login' });
  await startAtLogin.focus();
  await face.page.keyboard.press('Space');
  await expect.poll(() => existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain(`"--home" "${prepared.home}"`);
  await expect.poll(() => startAtLogin.isChecked()).toBe(true);
  await startAtLogin.focus();
  await face.page.keyboard.press('Space');
  await expect.poll(() => existsSync(file)).toBe(false);
});

test('where a station runs on the folder the app joins it', async () => {
  const station = spawn(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'serve', '--home', prepared.home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(station.stdout, 'data');
    face = await launchElectron(session, { home: prepared.home });
    await face.page.getByRole('option', { name: /first letter/ }).waitFor();
    await expect.poll(async () => (await session.menu()).some((label) => label.startsWith('Work — '))).toBe(true);
    prepared.deposit('by way of the station');
    await session.click('Fetch now');
    await face.page.getByRole('option', { name: /by way of the station/ }).waitFor();
    await face.close();
    expect(station.exitCode).toBe(null);
  } finally {
    const gone = once(station, 'exit');
    station.kill('SIGTERM');
    await gone;
  }
});

test('quit in the tray ends it', async () => {
  face = await launchElectron(session, { home: prepared.home });
  await expect.poll(() => session.menu(), { timeout: 20_000 }).toContain('Quit Todoku');
  const gone = once(face.app.process(), 'exit');
  await session.click('Quit Todoku');
  expect(await gone).toEqual([0, null]);
});
