// Headers taken apart and bounces explained, in both faces, by keyboard: chains of a real fetchmail and of the station, a forged
// one, copies that equal what is shown, bounces of real servers with charts and their tables, the original, CSV; light and dark, both languages.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.js';
import { launchBrowser } from '../support/browser.js';
import { type Dovecot, startDovecot } from '../support/dovecot.js';
import { type ElectronFace, launchElectron } from '../support/electron.js';
import { insightHome, manyBounces } from '../support/insight-home.js';
import { type Face, temporaryHome } from '../support/launch.js';
import { type DesktopSession, startSession } from '../support/session.js';
import { changeSettings } from '../support/settings-call.js';

let session: DesktopSession;
let dovecot: Dovecot;
beforeAll(async () => {
  session = await startSession();
  const users = ['station', 'fetchmail'].map((name) => ({ name, password: 'secret' }));
  dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users });
});
afterAll(async () => {
  await dovecot?.stop();
  await session?.stop();
});

const faces = [
  ['electron', (home: string) => launchElectron(session, { home })],
  ['browser', (home: string) => launchBrowser({ home })],
] as const;

describe.each(faces)('%s', (name, launch) => {
  let face: Face;
  let page: Page;
  let home = '';
  beforeAll(async () => {
    ({ home } = await insightHome(dovecot));
    face = await launch(home);
    page = face.page;
    if (name === 'browser') await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('option', { name: /A made up road/ }).waitFor();
    await page.getByRole('button', { name: 'Fetch now' }).first().click();
    await page.getByRole('option', { name: /Fetched by the station/ }).waitFor();
  });
  afterAll(async () => {
    await face?.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });

  const copied = async (button: string): Promise<string> => {
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const app = (face as ElectronFace).app;
    return name === 'electron'
      ? app.evaluate(({ clipboard }) => clipboard.readText())
      : page.evaluate(() => navigator.clipboard.readText());
  };
  const palette = async (words: string) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  };
  /** What one column of the table of hops says, first lines only. */
  const column = (index: number) => page.locator(`.hops tr.hop td:nth-child(${index})`).allInnerTexts();
  const open = async (subject: string) => {
    await page.getByRole('option', { name: new RegExp(subject) }).click();
    await page.getByRole('heading', { name: subject }).waitFor();
    if (!(await page.getByRole('radio', { name: 'Headers' }).isChecked())) await page.keyboard.press('h');
    await page.locator('.trace').waitFor();
  };

  test.each([
    ['Fetched by fetchmail', /with POP3 \(fetchmail-6[\w.+-]*\) for <ayumi@mori\.example> \(single-drop\)/, 'fetchmail'],
    ['Fetched by the station', /with POP3 \(Todoku-[\w.-]+\) for <joe@a\.example> \(single-drop\)/, 'todoku'],
  ])('%s: five hops, what single-drop means, where trust starts', async (subject, line, maker) => {
    await open(subject);
    const hops = page.locator('.hops tr.hop');
    await expect.poll(() => hops.count()).toBe(5);
    expect((await column(3)).map((text) => text.split('\n')[0])).toEqual([
      'smtp.kawa.example',
      'mx3.isp.example',
      'mx3.isp.example',
      'store2.isp.example',
      expect.any(String),
    ]);
    expect(await hops.nth(4).innerText()).toContain(maker);
    expect((await page.locator('.callout .mono').innerText()).replace(/\s+/g, ' ')).toMatch(line);
    await page.getByText('means this account feeds exactly one mailbox').waitFor();
    expect((await page.locator('.hops tbody tr').allInnerTexts()).findIndex((text) => text.includes('Trust starts here'))).toBe(1);
    expect(await hops.nth(1).locator('[title*="TLS_AES_256_GCM_SHA384"]').count()).toBe(1);
    expect(
      await hops
        .nth(4)
        .getByRole('img', { name: /^Waited .* for the poll/ })
        .count(),
    ).toBe(1);
    await page.getByRole('heading', { name: 'Authentication, as checked by mx3.isp.example (trusted)' }).waitFor();
    await face.shot(`insight-${maker}`);
    expect(await axeFindings(page)).toEqual([]);
  });

  test('what is copied is what is shown, as text and as JSON', async () => {
    await open('Fetched by fetchmail');
    const text = await copied('Copy as text');
    const shown = { by: await column(3), delay: await column(7) };
    for (const by of shown.by) expect(text).toContain(`by    ${by.split('\n')[0]}`);
    await page.getByRole('button', { name: 'Copied' }).waitFor({ state: 'detached' });
    const json = JSON.parse(await copied('Copy as JSON'));
    expect(json.hops.map((hop: { by: string }) => hop.by)).toEqual(shown.by.map((by) => by.split('\n')[0]));
    expect(json.hops.map((hop: { delaySeconds: number | null }) => hop.delaySeconds === null)).toEqual(
      shown.delay.map((delay) => delay === '–'),
    );
    expect([json.boundary, json.hops[4].drop]).toEqual([1, 'single']);
  });

  test('DKIM is asked for by a button only, and says what it found', async () => {
    await open('Fetched by fetchmail');
    await page.getByRole('button', { name: 'Verify DKIM now' }).press('Enter');
    await page.getByText('The message carries no DKIM signature.').waitFor();
  });

  test('a forged hop and a wrong clock are said in words', async () => {
    await open('A made up road');
    const words = await page.locator('.anom').first().innerText();
    expect(words).toContain('May be forged');
    expect(words).toContain('Clock');
    await face.shot('insight-forged');
    await changeSettings(face, { language: 'ja', theme: 'dark' });
    await page.getByText('偽装の疑い').waitFor();
    await page.locator('[data-theme="dark"], .dark').first().waitFor({ state: 'attached' });
    await face.shot('insight-forged-dark-ja');
    expect(await axeFindings(page)).toEqual([]);
    await changeSettings(face, { language: 'en', theme: 'light' });
    await page.getByText('May be forged').waitFor();
  });

  test('thirty hops are thirty rows, and said to be many', async () => {
    await open('Thirty hops');
    await expect.poll(() => page.locator('.hops tr.hop').count()).toBe(30);
    await page.getByText('Many hops').waitFor();
    expect((await column(3)).map((text) => text.split('\n')[0])).toEqual(
      Array.from({ length: 30 }, (_, index) => `h${29 - index}.isp.example`),
    );
    await face.shot('insight-thirty');
  });

  test('bounces by keyboard: the list, the chart and its table, the original', async () => {
    await palette('Bounces');
    await page.getByRole('heading', { name: 'Bounces', level: 1 }).waitFor();
    const rows = page.getByRole('grid', { name: 'Failed recipients' }).locator('tbody [role=row], tbody tr');
    await expect.poll(() => rows.count()).toBe(9);
    await page.getByRole('button', { name: 'Show as table' }).press('Enter');
    const cells = await page.getByRole('table', { name: 'Failed recipients by day' }).locator('tbody td.num').allInnerTexts();
    expect(cells.reduce((sum, cell) => sum + Number(cell), 0)).toBe(9);
    await face.shot('insight-bounces-table');
    for (const [by, title] of [
      ['Reason', 'Failed recipients by reason'],
      ['Domain', 'Failed recipients by domain'],
    ] as const) {
      await page.getByRole('radio', { name: by }).press('Space');
      const counts = await page.getByRole('table', { name: title }).locator('tbody td.num').allInnerTexts();
      expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(9);
    }
    await rows.first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'unknown@far.test' }).waitFor();
    await page.getByText('far.test has no mailbox called “unknown”.').waitFor();
    await face.shot('insight-bounces');
    expect(await axeFindings(page)).toEqual([]);
    const text = await copied('Copy as text');
    for (const shown of await page.locator('.kv.mono dd').allInnerTexts()) expect(text).toContain(shown.replace(/ \(concluded.*/, ''));
    await page.getByRole('button', { name: 'Open original' }).press('Enter');
    await page.getByRole('heading', { name: 'the copy that was sent' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Resend' }).press('Enter');
    await expect.poll(() => page.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('the copy that was sent');
    await expect.poll(() => page.getByLabel('To', { exact: true }).inputValue()).toBe('unknown@far.test');
    await face.shot('insight-resend');
  });

  test.runIf(name === 'browser')('the CSV is what the filter shows', async () => {
    await palette('Bounces');
    const grid = page.getByRole('grid', { name: 'Failed recipients' });
    await page
      .getByRole('button', { name: /Reason/ })
      .first()
      .click();
    await page.getByRole('option', { name: /User unknown/ }).click();
    const recipients = (await grid.locator('tbody tr').allInnerTexts()).map((row) => /\S+@\S+/.exec(row)?.[0]);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).press('Enter')]);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n')
      .slice(1);
    expect(recipients.length).toBeGreaterThanOrEqual(2);
    expect(lines.map((line) => line.split(',')[1])).toEqual(recipients);
  });

  test('in Japanese, in the dark', async () => {
    await palette('Bounces');
    await changeSettings(face, { language: 'ja', theme: 'dark' });
    await page.getByRole('heading', { name: '配送エラー', level: 1 }).waitFor();
    await face.shot('insight-bounces-dark-ja');
    expect(await axeFindings(page)).toEqual([]);
    expect(face.violations()).toEqual([]);
  });
});

test('5,000 bounces: listed, charted, filtered and opened; nothing is read again for it', async () => {
  const place = temporaryHome();
  manyBounces(join(place.home, 'mail', 'home.test', 'a'), 5000);
  const face = await launchElectron(session, { home: place.home });
  const { page, app } = face;
  await page.locator('.app').waitFor();
  await page.evaluate(() => location.assign('#/bounces'));
  const note = page.getByText('5,000 recipients failed in 30 days');
  await note.waitFor({ timeout: 120_000 });
  await app.evaluate(() => {
    const delay = process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    Object.assign(globalThis, { delay });
  });
  await page.reload();
  await page.evaluate(() => {
    const tasks: number[] = [];
    const watch = (list: PerformanceObserverEntryList) => tasks.push(...list.getEntries().map(({ duration }) => duration));
    new PerformanceObserver(watch).observe({ type: 'longtask', buffered: true });
    Object.assign(window, { tasks });
  });
  await note.waitFor();
  const rows = page.getByRole('grid', { name: 'Failed recipients' }).locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(60);
  await page.getByRole('radio', { name: 'Domain' }).press('Space');
  const counts = page.getByRole('table', { name: 'Failed recipients by domain' }).locator('tbody td.num');
  expect(await counts.allInnerTexts()).toEqual(Array.from({ length: 12 }, () => '250'));
  await page.getByRole('button', { name: 'Show 60 more' }).press('Enter');
  await expect.poll(() => rows.count()).toBe(120);
  await page
    .getByRole('button', { name: /Reason$|^All reasons/ })
    .first()
    .press('Enter');
  await page.getByRole('option', { name: 'Mailbox full (1,667)' }).click();
  await page.getByText('1,667 recipients failed in 30 days').waitFor();
  await rows.first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^user\d+@d\d+\.test$/ }).waitFor();
  await face.shot('insight-many');
  const longest = await page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks));
  const held = await app.evaluate(() => (globalThis as unknown as { delay: { max: number } }).delay.max / 1e6);
  console.log(`5,000 bounces: longest task of the window ${longest.toFixed(0)} ms, of the station ${held.toFixed(0)} ms`);
  await face.close();
  place.remove();
});
