// Hostile HTML on real Electron, as mail on disk: nothing runs, nothing is asked for (a real server listens where the
// samples point), nothing goes anywhere, the guards had nothing to deny, and the policy has no violation to report.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ElectronFace, launchElectron } from '../support/electron.js';
import { hostileHtml } from '../support/hostile-html.js';
import { temporaryHome } from '../support/launch.js';
import { type DesktopSession, startSession } from '../support/session.js';

const { home, remove } = temporaryHome();
const asked: string[] = [];
const denied: string[] = [];
let events: string[] = [];
let outside: Server;
let host = '';
let session: DesktopSession;
let face: ElectronFace;

beforeAll(async () => {
  outside = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(outside.address() as AddressInfo).port}`;
  fill();
  session = await startSession();
  face = await launchElectron(session, { home });
  void face.printed('denied: ').then((line) => denied.push(line));
  await face.page.getByRole('option', { name: 'Sample 0', exact: false }).first().waitFor();
  watch();
});
afterAll(async () => {
  await face?.close();
  await session?.stop();
  outside.close();
  remove();
});

/** The samples name a host that answers; the newest is the first. */
function fill(): void {
  const maildir = join(home, 'mail', 'example.com', 'taro');
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, part), { recursive: true });
  for (const [index, html] of hostileHtml.entries()) {
    const date = new Date(Date.UTC(2026, 0, 20) - index * 60_000).toUTCString();
    const body = html.replaceAll('https://evil.example', `http://${host}`).replaceAll('//evil.example', `//${host}`);
    writeFileSync(
      join(maildir, 'cur', `${index}.a.host:2,S`),
      `From: Evil <evil@evil.example>\nTo: taro@example.com\nDate: ${date}\nSubject: Sample ${index}\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n${body}\n`,
    );
  }
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ language: 'en', reading: { prefer: 'html', threads: 'flat' } }));
}

function watch(): void {
  const { page, app } = face;
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => events.push(`dialog ${dialog.message()}`)));
  page.on('pageerror', (error) => events.push(`error ${error.message}`));
  page.on('console', (message) => (message.type() === 'error' ? events.push(`console ${message.text()}`) : undefined));
  page.on('request', (request) =>
    /^(app:\/\/todoku\/|about:srcdoc)/.test(request.url()) ? undefined : events.push(`request ${request.url()}`),
  );
  page.on('framenavigated', (frame) =>
    frame === page.mainFrame() || frame.url() === 'about:srcdoc' ? undefined : events.push(`frame ${frame.url()}`),
  );
  app.on('window', (window) => events.push(`window ${window.url()}`));
}

/** By the keyboard, from wherever the list stands. */
async function open(index: number): Promise<void> {
  const { page } = face;
  const title = page.locator('.subj h2');
  if ((await title.count()) === 0) await page.getByRole('option').first().click();
  await title.waitFor();
  const at = Number((await title.textContent())?.split(' ')[1]);
  await page.focus('.rows');
  for (let step = at; step !== index; step += Math.sign(index - step)) await page.keyboard.press(index > at ? 'ArrowDown' : 'ArrowUp');
  await page.waitForSelector(`.subj h2:text-is("Sample ${index}")`);
}

/** Two frames drawn: what would run, load or leave at once has done so. */
const drawn = () => face.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

test('there are at least 80 samples', () => expect(hostileHtml.length).toBeGreaterThanOrEqual(80));

test.each(hostileHtml.map((html, index) => ({ index, html: html.slice(0, 70) })))('$index $html', async ({ index }) => {
  events = [];
  await open(index);
  const { page } = face;
  const frame = await (await page.waitForSelector('.html-frame')).contentFrame();
  await frame?.waitForSelector('body', { state: 'attached' });
  await drawn();
  const left = (await frame?.content()) ?? '';
  expect(left).not.toMatch(/<(script|iframe|object|embed|form|input|base|link|svg|math|video|audio)\b/i);
  expect(left).not.toMatch(/\son\w+\s*=|javascript:|127\.0\.0\.1:\d+\/[\w-]+\.(png|css|gif)/i);
  expect(page.url()).toContain('app://todoku/index.html#/mail/folder/');
  expect({ events, asked, denied, violations: face.violations() }).toEqual({ events: [], asked: [], denied: [], violations: [] });
});

test('the frame has neither scripts nor an origin, and none was left behind', async () => {
  expect(await face.page.getAttribute('.html-frame', 'sandbox')).toBe('allow-top-navigation-by-user-activation');
  expect(face.page.frames().map((frame) => frame.url())).toEqual([face.page.url(), 'about:srcdoc']);
  expect(face.app.windows()).toHaveLength(1);
});

test('a click on a link asks, naming where it really leads', async () => {
  events = [];
  await open(hostileHtml.findIndex((html) => html.includes('>https://bank.example/login<')));
  const frame = await (await face.page.waitForSelector('.html-frame')).contentFrame();
  await frame?.click('a');
  const dialog = face.page.getByRole('alertdialog');
  await dialog.waitFor();
  expect(await dialog.textContent()).toContain(`http://${host}/login`);
  expect(await dialog.textContent()).toContain('bank.example');
  await face.shot('hostile-link');
  await face.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect({ events, asked, denied }).toEqual({ events: [], asked: [], denied: [] });
});
