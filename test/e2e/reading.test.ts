// Reading mail in both faces, on real mail: what a message carries, its images, its folders, copy and undo, and what is printed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.js';
import { launchBrowser } from '../support/browser.js';
import { launchElectron } from '../support/electron.js';
import { type Face, temporaryHome } from '../support/launch.js';
import { type DesktopSession, startSession } from '../support/session.js';

const asked: string[] = [];
let outside: Server;
let address = '';
let session: DesktopSession;
beforeAll(async () => {
  outside = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('outside');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  session = await startSession();
});
afterAll(async () => {
  outside.close();
  await session.stop();
});

const lines = Array.from({ length: 120 }, (_, index) => `<p>line ${index + 1} of the page</p>`).join('');
function fill(home: string): string {
  const maildir = join(home, 'mail', 'example.com', 'taro');
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, part), { recursive: true });
  const put = (number: number, subject: string, type: string, body: string) =>
    writeFileSync(
      join(maildir, 'cur', `${number}.a.host:2,S`),
      `From: Shop <shop@example.org>\nTo: taro@example.com\nDate: Tue, 24 Nov 2026 0${number}:00:00 +0900\nSubject: ${subject}\nMIME-Version: 1.0\nContent-Type: ${type}\n\n${body}`,
    );
  put(1, 'Pictures', 'text/html', `<img src="${address}/a.png"><img src="${address}/t.gif" width=1 height=1>${lines}`);
  put(2, 'Wrong letters', 'text/plain; charset=koi8-r', '会議の資料');
  const invitation =
    'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:東京会議\nDTSTART:20261124T010000Z\nLOCATION:Room 7\nEND:VEVENT\nEND:VCALENDAR';
  put(
    3,
    'Carries much',
    'multipart/mixed; boundary=b',
    `--b\nContent-Type: text/plain\n\nsee below\n--b\nContent-Type: text/calendar; charset=utf-8\n\n${invitation}\n--b\nContent-Type: message/rfc822\n\nFrom: deep@example.org\nSubject: enclosed\n\nthe enclosed words\n--b--\n`,
  );
  return maildir;
}

const faces = [
  ['electron', (home: string) => launchElectron(session, { home })],
  ['browser', (home: string) => launchBrowser({ home })],
] as const;

describe.each(faces)('%s', (name, launch) => {
  let face: Face;
  let maildir = '';
  const { home, remove } = temporaryHome();
  beforeAll(async () => {
    maildir = fill(home);
    face = await launch(home);
    await face.page.getByRole('option', { name: /Pictures/ }).waitFor();
  });
  afterAll(async () => {
    await face?.close();
    remove();
  });
  const open = (subject: string) => face.page.getByRole('option', { name: new RegExp(subject) }).click();

  test('images are blocked, counted and refused where their host is this machine', async () => {
    await open('Pictures');
    const show = face.page.getByRole('button', { name: 'Show as HTML' });
    const bar = face.page.locator('.note.images');
    await show.or(bar).first().waitFor();
    if (await show.isVisible()) await show.click();
    await bar.getByText(/1 remote image is not loaded.*1 tracking pixel was taken out/).waitFor();
    await face.shot('reading-blocked');
    await bar.getByRole('button', { name: 'Load once' }).click();
    await bar.getByText(/1 image could not be loaded/).waitFor();
    expect(asked).toEqual([]);
    await bar.getByRole('button', { name: 'Never for shop@example.org' }).click();
    await bar.getByText(/never loaded for this sender/).waitFor();
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')).reading.remoteRefused).toEqual(['shop@example.org']);
  });

  test.runIf(name === 'browser')('all of the page is printed, and nothing of the window', async () => {
    await face.page.evaluate(() => {
      window.print = () =>
        document.body.setAttribute('data-printed', String(document.querySelector<HTMLElement>('.html-frame')?.style.cssText));
    });
    await face.page.keyboard.press('Control+p');
    await face.page.locator('body[data-printed]').waitFor({ state: 'attached' });
    const pages = (await face.page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(4);
    await face.page.emulateMedia({ media: 'print' });
    for (const part of ['.side', '.list', '.title']) expect(await face.page.locator(part).first().isVisible()).toBe(false);
    await face.shot('reading-print');
    await face.page.emulateMedia({ media: 'screen' });
  });

  test('a wrong charset is put right', async () => {
    await open('Wrong letters');
    await face.page.getByRole('heading', { name: 'Wrong letters' }).waitFor();
    await face.page.locator('article.msg.text').waitFor();
    await face.page.getByRole('button', { name: /^Characters/ }).click();
    await face.page.getByRole('menuitem', { name: 'utf-8', exact: true }).click();
    await face.page.getByText('会議の資料').first().waitFor();
  });

  test('an invitation is a card, and a message is opened inside', async () => {
    await open('Carries much');
    await face.page.getByRole('heading', { name: '東京会議' }).waitFor();
    await face.page.getByRole('button', { name: 'Open here' }).click();
    await face.page.getByText('the enclosed words').waitFor();
    await face.shot('reading-inside');
    expect(await axeFindings(face.page)).toEqual([]);
  });

  test('a folder is made, copied to, undone, renamed and deleted', async () => {
    const { page } = face;
    const menu = async (item: string) => {
      await page.locator('.list .bar').getByRole('button').click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu('New folder…');
    await page.getByRole('textbox', { name: 'Name' }).fill('仕事');
    await face.shot('reading-folder');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '仕事' }).waitFor();
    expect(readFileSync(join(maildir, 'subscriptions'), 'utf8').length).toBeGreaterThan(0);
    await page.getByRole('link', { name: /Inbox/ }).click();
    await open('Carries much');
    await page.keyboard.press('Control+Shift+C');
    await page.getByRole('dialog').getByRole('textbox').or(page.getByRole('combobox')).first().fill('仕事');
    await page.keyboard.press('Enter');
    await page.getByText('1 message copied to 仕事.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: '仕事' }).click();
    await page.getByRole('heading', { name: '仕事' }).waitFor();
    await menu('Rename folder…');
    await page.getByRole('textbox', { name: 'Name' }).fill('Work');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Work' }).waitFor();
    expect(existsSync(join(maildir, '.Work', 'cur'))).toBe(true);
    await menu('Delete folder…');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('link', { name: 'Work' }).waitFor({ state: 'detached' });
    await expect.poll(() => existsSync(join(maildir, '.Work'))).toBe(false);
    expect(face.violations()).toEqual([]);
  });
});
