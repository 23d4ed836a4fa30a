// A mailbox as a person uses it, in both faces, both languages, light and dark: threads, Japanese search, HTML with blocked
// images, attachments, dragging, undo, columns, what another program does, and all of it again by the keyboard alone.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TextKey, translator, type Values } from '../../renderer/text/text.js';
import { axeFindings } from '../support/axe.js';
import { launchBrowser } from '../support/browser.js';
import { type ElectronFace, launchElectron } from '../support/electron.js';
import { type Face, temporaryHome } from '../support/launch.js';
import { type DesktopSession, startSession } from '../support/session.js';

let session: DesktopSession;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.stop());

const attached = 'attached octets\n'.repeat(100);
const carrying = (text: string, name: string) =>
  `--b\nContent-Type: text/plain; charset=utf-8\n\n${text}\n--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}\n\n${attached}--b--\n`;
const multipart = 'multipart/mixed; boundary=b';

/** Newest last. */
const letters: readonly (readonly [sender: string, subject: string, extra: string, type: string, body: string])[] = [
  ['Zoe', 'Road works', '', 'text/plain', 'The road is closed on Monday.'],
  ['Ann', 'Re: Road works', 'In-Reply-To: <0@x>\n', 'text/plain', '> The road is closed on Monday.\n\nUntil when?'],
  [
    'Shop',
    'Winter sale',
    '',
    'text/html',
    '<h1>Sale</h1><img src="https://img.example/a.png"><img src="https://img.example/t.gif" width=1 height=1>',
  ],
  ['Ken', '来週の会議の資料', '', multipart, carrying('会議の資料を送ります。', '資料.bin')],
  ['Mia', 'ｶｲｷﾞｼﾂの予約 ＭＸ', '', 'text/plain; charset=utf-8', '部屋を予約しました。'],
  ['Zoe', 'Re: Road works', 'In-Reply-To: <1@x>\nReferences: <0@x> <1@x>\n', 'text/plain', 'Until Friday.'],
];

const looks = [
  ['electron', 'en', 'light'],
  ['electron', 'ja', 'dark'],
  ['browser', 'en', 'dark'],
  ['browser', 'ja', 'light'],
] as const;

describe.each(looks)('%s, %s, %s', (name, language, theme) => {
  const { home, remove } = temporaryHome();
  const maildir = join(home, 'mail', 'example.com', 'taro');
  const translate = translator(language);
  const t = (key: TextKey, values?: Values) => translate(key, values);
  let face: Face;
  beforeAll(async () => {
    fill();
    face = await (name === 'electron' ? launchElectron(session, { home }) : launchBrowser({ home }));
    face.page.setDefaultTimeout(10_000);
    await row('来週').waitFor();
  });
  afterAll(async () => {
    await face?.close();
    remove();
  });

  function fill(): void {
    for (const folder of ['', '.Archive', '.Trash', '.Work'])
      for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, folder, part), { recursive: true });
    writeFileSync(join(maildir, 'subscriptions'), 'Archive\nTrash\nWork\n');
    for (const [index, letter] of letters.entries()) put(`cur/${index}.a.host:2,S`, index, letter);
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ language, theme }));
  }
  function put(file: string, index: number, [sender, subject, extra, type, body]: (typeof letters)[number]): void {
    const date = new Date(Date.now() - (letters.length - index) * 3_600_000).toUTCString();
    writeFileSync(
      join(maildir, file),
      `From: ${sender} <${sender.toLowerCase()}@example.org>\nTo: taro@example.com\nDate: ${date}\nMessage-ID: <${index}@x>\n${extra}Subject: ${subject}\nMIME-Version: 1.0\nContent-Type: ${type}\n\n${body}\n`,
    );
  }
  const row = (subject: string): Locator => face.page.getByRole('option').filter({ hasText: subject });
  const rows = () => face.page.getByRole('option').locator('.sub').allTextContents();
  const senders = () => face.page.getByRole('option').locator('.from').allTextContents();
  const folderLink = (label: string) => face.page.getByRole('navigation').getByRole('link', { name: label }).first();
  const reader = () => face.page.getByRole('region', { name: t('reader.pane'), exact: true });
  const shot = (what: string) => face.shot(`mailbox-${what}-${language}-${theme}`);
  /** Flags of a message's file, wherever it is in a folder; null when it is not there. */
  const flagsIn = (folder: string, number: number) => {
    const found = ['new', 'cur'].flatMap((part) => readdirSync(join(maildir, folder, part))).find((file) => file.startsWith(`${number}.`));
    return found === undefined ? null : (found.split(':2,')[1] ?? '');
  };
  const settles = (folder: string, number: number, flags: string | null) =>
    expect.poll(() => flagsIn(folder, number), { timeout: 10_000 }).toBe(flags);
  const listMenu = async (item: TextKey) => {
    await face.page.getByRole('button', { name: t('mail.listOptions') }).click();
    await face.page.getByRole('menuitem', { name: t(item), exact: true }).click();
  };

  test('a thread is one row, and opens with its messages folded around the newest', async () => {
    expect(await rows()).toEqual(['Re: Road works', 'ｶｲｷﾞｼﾂの予約 ＭＸ', '来週の会議の資料', 'Winter sale']);
    expect(await row('Road works').locator('.cnt').textContent()).toBe('3');
    await row('Road works').click();
    await reader().getByText('Until Friday.').waitFor();
    await reader().getByText(t('reader.notScannedBareText')).waitFor();
    await reader().locator('.fold').filter({ hasText: 'Ann' }).click();
    await reader().getByRole('paragraph').filter({ hasText: 'Until when?' }).waitFor();
    await shot('thread');
    expect(await axeFindings(face.page)).toEqual([]);
    await listMenu('mail.single');
    await expect.poll(rows).toHaveLength(6);
    await listMenu('mail.threads');
    await expect.poll(rows).toHaveLength(4);
  });

  test('any two characters of Japanese find it, in any width, and the hits are marked', async () => {
    const box = face.page.getByRole('searchbox');
    for (const [typed, subject, marked] of [
      ['会議', '来週の会議の資料', '会議'],
      ['カイギ', 'ｶｲｷﾞｼﾂの予約 ＭＸ', 'ｶｲｷﾞ'],
      ['mx', 'ｶｲｷﾞｼﾂの予約 ＭＸ', 'ＭＸ'],
    ] as const) {
      await box.fill(typed);
      await expect.poll(rows).toEqual([subject]);
      await expect.poll(() => face.page.locator('.sub mark').allTextContents()).toEqual([marked]);
    }
    await box.fill('from:ken has:attachment 資料');
    await expect.poll(rows).toEqual(['来週の会議の資料']);
    await shot('search');
    expect(await axeFindings(face.page)).toEqual([]);
    await box.press('Escape');
    await expect.poll(rows).toHaveLength(4);
  });

  test('HTML comes without its remote images, and says so', async () => {
    await row('Winter sale').click();
    const bar = reader().locator('.note.images');
    const asHtml = reader().getByRole('button', { name: t('reader.asHtml') });
    await asHtml.or(bar).first().waitFor();
    if (await asHtml.isVisible()) await asHtml.click();
    await bar.getByText(t('reader.blocked', { count: 1 })).waitFor();
    await bar.getByText(t('reader.blockedTrackers', { count: 1 })).waitFor();
    await reader().frameLocator('iframe').getByRole('heading', { name: 'Sale' }).waitFor();
    await shot('html');
    expect(await axeFindings(face.page)).toEqual([]);
  });

  test('an attachment is saved as it came', async () => {
    await row('来週').click();
    const button = reader().getByRole('button', { name: /資料\.bin/ });
    await button.waitFor();
    await shot('attachment');
    const path = join(home, 'saved.bin');
    if (name === 'electron')
      await (face as ElectronFace).app.evaluate(({ BrowserWindow }, to) => {
        BrowserWindow.getAllWindows()[0]?.webContents.session.once('will-download', (_event, item) => item.setSavePath(to));
      }, path);
    const download = name === 'browser' ? face.page.waitForEvent('download') : null;
    await button.click();
    if (download !== null) await (await download).saveAs(path);
    await expect.poll(() => readOrNull(path)).toBe(attached.trimEnd());
  });

  test('dragged to another mailbox it is moved, and undo brings it back', async () => {
    await row('来週').dragTo(folderLink('Work'));
    await settles('.Work', 3, 'S');
    await face.page.getByText(t('mail.moved', { count: 1, folder: 'Work' })).waitFor();
    await shot('dragged');
    expect(flagsIn('', 3)).toBeNull();
    await face.page
      .locator('.undo')
      .getByRole('button', { name: t('common.undo') })
      .click();
    await settles('', 3, 'S');
    await row('来週').waitFor();
  });

  test('smart boxes gather from all folders', async () => {
    await folderLink(t('frame.withAttachments')).click();
    await expect.poll(rows).toEqual(['来週の会議の資料']);
    await folderLink(t('frame.allFlagged')).click();
    await expect.poll(rows).toEqual([]);
    await folderLink(t('frame.inbox')).click();
    await expect.poll(rows).toHaveLength(4);
  });

  test('columns are ordered by their heads, and the choice is kept', async () => {
    await listMenu('mail.columns');
    await face.page.getByRole('button', { name: t('mail.columnFrom') }).click();
    await expect.poll(senders).toEqual(['Ann', 'Ken', 'Mia', 'Shop']);
    await face.page.locator('.head.c-from').click();
    await expect.poll(senders).toEqual(['Zoe', 'Shop', 'Mia', 'Ken']);
    await shot('columns');
    expect(await axeFindings(face.page)).toEqual([]);
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')).reading.list).toBe('columns');
    await face.page.locator('.head.c-date').click();
    await listMenu('mail.compact');
    await face.page.locator('.heads').waitFor({ state: 'detached' });
  });

  test('which folders are shown is the choice that IMAP programs see, whoever makes it', async () => {
    const subscriptions = join(maildir, 'subscriptions');
    await listMenu('command.folderSubscriptions');
    await face.page.getByRole('dialog').locator('label').filter({ hasText: 'Work' }).click();
    await expect.poll(() => readOrNull(subscriptions)).toBe('Archive\nTrash');
    await face.page
      .getByRole('dialog')
      .getByRole('button', { name: t('common.close') })
      .last()
      .click();
    await folderLink('Work').waitFor({ state: 'detached' });
    writeFileSync(`${subscriptions}.new`, 'Archive\nTrash\nWork\n');
    renameSync(`${subscriptions}.new`, subscriptions);
    await folderLink('Work').waitFor();
  });

  test('what another program delivers, marks and takes away is seen at once', async () => {
    put('tmp/9.a.host', 9, ['Eve', 'Just delivered', '', 'text/plain', 'new']);
    renameSync(join(maildir, 'tmp/9.a.host'), join(maildir, 'new/9.a.host'));
    await row('Just delivered').waitFor();
    await expect.poll(() => row('Just delivered').getAttribute('class')).toMatch(/\bun\b/);
    renameSync(join(maildir, 'new/9.a.host'), join(maildir, 'cur/9.a.host:2,FS'));
    await expect.poll(() => row('Just delivered').getAttribute('class')).not.toMatch(/\bun\b/);
    await row('Just delivered').locator('.fl').waitFor();
    renameSync(join(maildir, 'cur/9.a.host:2,FS'), join(maildir, '.Archive/cur/9.a.host:2,FS'));
    await row('Just delivered').waitFor({ state: 'detached' });
  });

  test('by the keyboard alone: search, walk, flag, read, move, delete, and take each back', async () => {
    const { keyboard } = face.page;
    const undoByKey = async () => {
      await face.page.locator('.undo').waitFor();
      await keyboard.press('Control+z');
    };
    const pane = () => face.page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'));
    await keyboard.press('Control+f');
    await keyboard.type('Winter');
    await expect.poll(rows).toEqual(['Winter sale']);
    await keyboard.press('ArrowDown');
    await keyboard.press('Home');
    await reader().getByRole('heading', { name: 'Winter sale' }).waitFor();
    await keyboard.press('s');
    await settles('', 2, 'FS');
    await face.page.getByText(t('mail.flagSet', { count: 1 })).waitFor();
    await undoByKey();
    await settles('', 2, 'S');
    await keyboard.press('m');
    await settles('', 2, '');
    await undoByKey();
    await settles('', 2, 'S');
    await keyboard.press('Control+Shift+M');
    await face.page.getByRole('dialog').waitFor();
    await keyboard.type('Work');
    await keyboard.press('Enter');
    await settles('.Work', 2, 'S');
    await undoByKey();
    await settles('', 2, 'S');
    await keyboard.press('Control+f');
    await keyboard.press('Escape');
    await expect.poll(rows).toHaveLength(4);
    const visited: unknown[] = [];
    for (let step = 0; step < 4; step += 1) {
      await keyboard.press('F6');
      visited.push(await pane());
    }
    expect(visited).toEqual(['sidebar', 'list', 'reader', 'title']);
    await keyboard.press('ArrowDown');
    await keyboard.press('End');
    await reader().getByRole('heading', { name: 'Winter sale' }).waitFor();
    await keyboard.press('Shift+ArrowUp');
    await keyboard.press('Delete');
    await settles('.Trash', 2, 'S');
    await settles('.Trash', 3, 'S');
    await shot('keyboard');
    await undoByKey();
    await settles('', 2, 'S');
    await settles('', 3, 'S');
    expect(face.violations()).toEqual([]);
  });
});

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trimEnd();
  } catch {
    return null;
  }
}
