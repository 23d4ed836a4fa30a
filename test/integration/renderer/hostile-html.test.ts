// Hostile HTML in the window as it is built and served: nothing runs, nothing is asked for, nothing goes anywhere,
// and the browser has no violation to report.
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FakeServer, serveFake } from '../../support/fake-server.js';
import { honestHtml, hostileHtml } from '../../support/hostile-html.js';

let server: FakeServer;
let browser: Browser;
let page: Page;
let events: string[] = [];

beforeAll(async () => {
  server = await serveFake();
  server.part = (id, part) =>
    part === 'html' ? { type: 'text/plain; charset=utf-8', body: hostileHtml[Number(id.slice(1))] ?? honestHtml } : null;
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(5000);
  watch(page);
  await page.goto(`${server.url}?lang=en&quiet&html=${hostileHtml.length + 1}#/mail`);
  await page.waitForSelector('.rows');
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const hostile: FakeServer['part'] = (id, part) =>
  part === 'html' ? { type: 'text/plain; charset=utf-8', body: hostileHtml[Number(id.slice(1))] ?? honestHtml } : null;

function watch(watched: Page): void {
  watched.on('dialog', (dialog) => void dialog.dismiss().then(() => events.push(`dialog ${dialog.message()}`)));
  watched.on('popup', (popup) => events.push(`popup ${popup.url()}`));
  watched.on('pageerror', (error) => events.push(`error ${error.message}`));
  watched.on('console', (message) => (message.type() === 'error' ? events.push(`console ${message.text()}`) : undefined));
  watched.on('request', (request) => (/\/part\/h\d+\/html$/.test(request.url()) ? undefined : events.push(`request ${request.url()}`)));
  watched.on('framenavigated', (frame) =>
    frame.url() === 'about:srcdoc' || frame === watched.mainFrame() ? undefined : events.push(`frame ${frame.url()}`),
  );
}

const onePixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

async function open(index: number): Promise<void> {
  await page.evaluate((id) => {
    location.hash = `#/mail/folder/inbox/h${id}`;
  }, index);
  await page.waitForSelector(`.subj h2:text-is("Sample ${index}")`);
  await page.waitForSelector('.html-frame');
}

describe('the message frame', () => {
  test('has neither scripts nor an origin', async () => {
    await open(0);
    const sandbox = await page.getAttribute('.html-frame', 'sandbox');
    expect(sandbox).toBe('allow-top-navigation-by-user-activation');
  });

  test.each(hostileHtml.map((html, index) => ({ index, html: html.slice(0, 70) })))('$index $html', async ({ index }) => {
    events = [];
    await open(index);
    const frame = await (await page.waitForSelector('.html-frame')).contentFrame();
    await frame?.waitForSelector('body', { state: 'attached' });
    await page.waitForTimeout(40);
    expect(events).toEqual([]);
    expect(page.url()).toContain(`h${index}`);
    const left = (await frame?.content()) ?? '';
    expect(left).not.toMatch(/<(script|iframe|object|embed|form|input|base|link|svg|math|video|audio)\b/i);
    expect(left).not.toMatch(/\son\w+\s*=|javascript:|evil\.example\/[\w-]+\.(png|css|gif)/i);
  });

  test('keeps what only draws, and asks for nothing', async () => {
    events = [];
    await open(hostileHtml.length);
    const frame = await (await page.waitForSelector('.html-frame')).contentFrame();
    const look = (selector: string, name: string) =>
      frame?.$eval(selector, (element, style) => getComputedStyle(element).getPropertyValue(style), name);
    expect(await look('td', 'color')).toBe('rgb(0, 0, 200)');
    expect(await look('td', 'background-color')).toBe('rgb(1, 2, 3)');
    expect(await look('td', 'padding-left')).toBe('7px');
    expect(await look('.big', 'font-size')).toBe('30px');
    expect(await look('p:not(.big)', 'color')).toBe('rgb(200, 0, 0)');
    expect(await frame?.getAttribute('td', 'colspan')).toBe('2');
    expect(await frame?.getAttribute('table', 'bgcolor')).toBe('#ffeedd');
    expect(await frame?.$$eval('img', (images) => images.map((image) => image.alt))).toEqual(['logo', 'remote']);
    expect(await page.textContent('.note.images')).toMatch(/1 remote image is not loaded.*1 tracking pixel was taken out/);
    expect(events).toEqual([]);
  });

  test('loads remote images only when told to, through the station', async () => {
    events = [];
    server.asked.length = 0;
    server.part = (_id, part) =>
      part === 'html'
        ? { type: 'text/plain; charset=utf-8', body: honestHtml }
        : part === 'remote'
          ? { type: 'image/png', body: onePixel }
          : null;
    await page.click('.note.images button:text-is("Load once")');
    const frame = await (await page.waitForSelector('.html-frame')).contentFrame();
    await frame?.waitForSelector('img[alt=remote][src^="data:image/png"]');
    expect(server.asked.filter((path) => path.includes('remote'))).toEqual([
      `/part/h${hostileHtml.length}/remote?url=${encodeURIComponent('https://img.example/a.png')}`,
    ]);
    expect(events.filter((event) => !event.includes('/remote?url='))).toEqual([]);
  });

  test('a click on a link asks first, wherever it leads', async () => {
    server.part = hostile;
    await open(hostileHtml.findIndex((html) => html.includes('bank.example/login')));
    events = [];
    const frame = await (await page.waitForSelector('.html-frame')).contentFrame();
    await frame?.click('a');
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain('https://evil.example/login');
    expect(await dialog.textContent()).toContain('bank.example');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(page.url()).toContain('#/mail/folder/inbox/');
    expect(events).toEqual([]);
  });
});
