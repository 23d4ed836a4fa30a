// The rules of SECURITY.md that need real Electron: what a page inside the window tries, and what it gets.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ElectronFace, launchElectron } from '../support/electron.js';
import { type PreparedHome, prepareHome } from '../support/prepared-home.js';
import { type DesktopSession, startSession } from '../support/session.js';

let session: DesktopSession;
let prepared: PreparedHome;
let face: ElectronFace;
let outside: Server;
let address = '';
const asked: string[] = [];

beforeAll(async () => {
  outside = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('outside');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  session = await startSession();
  prepared = await prepareHome(['first letter']);
  face = await launchElectron(session, { home: prepared.home });
  await face.page.getByRole('option', { name: /first letter/ }).click();
  await face.page.getByText('Text of first letter.').waitFor();
});
afterAll(async () => {
  await face.close();
  await prepared.close();
  await session.stop();
  outside.close();
});

const inPage = <T>(script: string): Promise<T> => face.page.evaluate(script) as Promise<T>;
const standing = () => face.page.url().replace(/#.*/, '');

test('S1: every window is isolated, sandboxed and without Node', async () => {
  const preferences = await face.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) =>
      (window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences(),
    ),
  );
  expect(preferences).toHaveLength(1);
  expect(preferences[0]).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
  });
  expect(await inPage('typeof require + typeof process + typeof module')).toBe('undefinedundefinedundefined');
});

test('S2: the sandbox is on, or log and banner say that it is not', async () => {
  const off = await face.app.evaluate(({ app }) => app.commandLine.hasSwitch('no-sandbox'));
  // Chromium has no sandbox for root; for anybody else it is on.
  expect(off).toBe(process.getuid?.() === 0);
  if (!off) return;
  expect(readFileSync(join(prepared.home, 'log', 'todoku.log'), 'utf8')).toContain('Chromium has no sandbox');
  await expect.poll(() => inPage<string>('document.body.innerText')).toMatch(/root|notices/);
});

test('S3: the page comes from app:, traversal and other methods get 404', async () => {
  expect(standing()).toBe('app://todoku/index.html');
  for (const path of ['/../package.json', '/%2e%2e/%2e%2e/package.json', '/..%2f..%2fetc/passwd', '/missing.js'])
    expect([path, await inPage(`fetch('app://todoku' + ${JSON.stringify(path)}).then((answer) => answer.status)`)]).toEqual([path, 404]);
  expect(await inPage("fetch('/index.html', { method: 'POST', body: 'x' }).then((answer) => answer.status)")).toBe(404);
  expect(await inPage("fetch('file:///etc/passwd').then(() => 'read', () => 'failed')")).toBe('failed');
});

test('S4: parts are given of the message that was opened, and of no other', async () => {
  const page = await inPage<{ status: number; type: string; sniff: string }>(
    "fetch('/part/00000000/source').then((a) => ({ status: a.status, type: a.headers.get('content-type'), sniff: a.headers.get('x-content-type-options') }))",
  );
  expect(page).toEqual({ status: 404, type: 'text/plain; charset=utf-8', sniff: 'nosniff' });
});

test('S5: no eval, no inline script, no foreign connection', async () => {
  const before = face.violations().length;
  // Playwright's own evaluate is above the policy; a script that the page itself makes is not.
  await inPage(
    "{ const script = document.createElement('script'); script.textContent = 'globalThis.inlineRan = true'; document.head.append(script); }",
  );
  expect(await inPage('globalThis.inlineRan === undefined')).toBe(true);
  expect(
    await inPage(
      "new Promise((done) => { const image = new Image(); image.onload = () => done('loaded'); image.onerror = () => done('failed'); image.src = " +
        `'${address}/image.png'` +
        ' })',
    ),
  ).toBe('failed');
  expect(await inPage(`fetch('${address}/fetch').then(() => 'read', () => 'failed')`)).toBe('failed');
  expect(face.violations().length).toBeGreaterThan(before);
  expect(asked).toEqual([]);
});

test('S7: the window has a session of its own, in memory, that cancels every foreign request', async () => {
  const [own, status] = await face.app.evaluate(async ({ BrowserWindow, session: sessions }, target) => {
    const { session: one } = BrowserWindow.getAllWindows()[0]?.webContents ?? { session: sessions.defaultSession };
    const answer = await one.fetch(target).then(
      ({ status: code }) => code,
      (error: unknown) => String(error),
    );
    return [one !== sessions.defaultSession && !one.isPersistent(), answer] as const;
  }, `${address}/session`);
  expect(own).toBe(true);
  expect(status).toMatch(/ERR_BLOCKED_BY_CLIENT/);
  expect(asked).toEqual([]);
});

describe('S8, S9, S12: it stays where it is', () => {
  test.each([
    ['an address', (to: string) => `location.href = '${to}/leave'`],
    [
      'a link',
      (to: string) =>
        `{ const link = document.createElement('a'); link.href = '${to}/link'; document.body.append(link); link.click(); link.remove(); }`,
    ],
    ['a file', () => "location.href = 'file:///etc/passwd'"],
    ['a part as a page', () => "location.href = 'app://todoku/part/x/html'"],
    ['a data page', () => "location.href = 'data:text/html,<script>1</script>'"],
    [
      'a form',
      (to: string) =>
        `{ const form = document.createElement('form'); form.action = '${to}/form'; document.body.append(form); form.submit(); form.remove(); }`,
    ],
    ['a new window', (to: string) => `window.open('${to.replace('http:', 'smb:')}/open')`],
    [
      'a download',
      (to: string) => `{ const link = document.createElement('a'); link.href = '${to}/file'; link.download = 'x'; link.click(); }`,
    ],
    [
      'a frame',
      (to: string) =>
        `{ const frame = document.createElement('iframe'); frame.src = '${to}/frame'; document.body.append(frame); setTimeout(() => frame.remove(), 200); }`,
    ],
  ])('%s', async (_name, script) => {
    await inPage(script(address));
    await face.page.waitForTimeout(300);
    expect(standing()).toBe('app://todoku/index.html');
    expect(face.app.windows()).toHaveLength(1);
    expect(asked).toEqual([]);
  });
});

test('S10: a webview is an unknown element', async () => {
  await inPage("{ const view = document.createElement('webview'); view.src = 'https://example.com'; document.body.append(view); }");
  expect(await inPage("typeof document.querySelector('webview').loadURL")).toBe('undefined');
});

test('S11: permissions are denied', async () => {
  expect(await inPage("navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)")).toBe('denied');
  expect(await inPage("navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', ({ name }) => name)")).toMatch(
    /Denied|NotAllowed|NotFound/,
  );
  expect(await inPage('Notification.requestPermission()')).toBe('denied');
});

test('S13: the preload gives one frozen port, and nothing else', async () => {
  expect(await inPage('Object.keys(window.station).sort()')).toEqual(['close', 'dropped', 'listen', 'send']);
  expect(await inPage('Object.isFrozen(window.station)')).toBe(true);
  expect(await inPage("['electron', 'ipcRenderer', 'require', 'process'].filter((name) => name in window)")).toEqual([]);
});

test('S14: a child frame has no port, and a call over the size limit is refused', async () => {
  const inFrame = await inPage(
    "new Promise((done) => { const frame = document.createElement('iframe'); frame.srcdoc = 'x'; frame.onload = () => { done(typeof frame.contentWindow.station); frame.remove(); }; document.body.append(frame); })",
  );
  expect(inFrame).toBe('undefined');
  await inPage("window.station.send({ id: 2000000001, call: 'settings.write', input: { theme: 'x'.repeat(5000000) } })");
  expect(await face.printed('denied: call')).toMatch(/too long/);
});
