import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeMaildir } from '../../../electron/maildir/deliver.js';
import { folderDirectory, folderTitle } from '../../../electron/maildir/folder-name.js';
import { createFolder, listFolders, removeFolder, renameFolder } from '../../../electron/maildir/folders.js';
import { decodeMutf7, encodeMutf7 } from '../../../electron/maildir/mutf7.js';
import { readSubscriptions, subscribe } from '../../../electron/maildir/subscriptions.js';
import { sweepTmp } from '../../../electron/maildir/sweep.js';

let root = '';
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'todoku-folders-'));
  await makeMaildir(root);
});
afterEach(() => rmSync(root, { recursive: true }));

test.each([
  ['Sent', 'Sent'],
  ['日本語', '&ZeVnLIqe-'],
  ['A&B', 'A&-B'],
  ['~peter/mail/台北/日本語', '~peter/mail/&U,BTFw-/&ZeVnLIqe-'],
  ['Entwürfe', 'Entw&APw-rfe'],
])('%s is %s in modified UTF-7', (name, encoded) => {
  expect(encodeMutf7(name)).toBe(encoded);
  expect(decodeMutf7(encoded)).toBe(name);
});

test('modified UTF-7 loses nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(decodeMutf7(encodeMutf7(name))).toBe(name);
    }),
  );
});

test.each(['&', '&Zg', '&Z-x', 'a&b'])('%s is no modified UTF-7', (name) => {
  expect(decodeMutf7(name)).toBeNull();
});

test.each([
  ['', ''],
  ['Sent', '.Sent'],
  ['Work/Sub', '.Work.Sub'],
  ['仕事/会議', '.&TtVOiw-.&TxqLcA-'],
])('folder %j lies in %j', (name, directory) => {
  expect(folderDirectory(name)).toBe(directory);
  expect(folderTitle(directory)).toBe(name);
});

test.each([
  '..',
  '../x',
  'a/../b',
  '/abs',
  'a/',
  'a.b',
  'a\\b',
  '*',
  'a\u0000b',
  'a\nb',
  '\u202eabc',
  'con',
  'LPT1',
  ' ',
  'あ'.repeat(100),
])('%j is refused', (name) => {
  expect(() => folderDirectory(name)).toThrow(expect.objectContaining({ code: 'usage' }));
});

test('a created folder is a whole Maildir++ folder that only we can read', async () => {
  await createFolder(root, 'Work/日本');
  const path = join(root, '.Work.&ZeVnLA-');
  expect(readdirSync(path).sort()).toEqual(['cur', 'maildirfolder', 'new', 'tmp']);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  await expect(createFolder(root, 'Work/日本')).rejects.toMatchObject({ code: 'conflict' });
  await expect(createFolder(root, 'inbox')).rejects.toMatchObject({ code: 'conflict' });
});

test("Dovecot's own files and broken folders are not folders", async () => {
  writeFileSync(join(root, 'dovecot-uidlist'), '');
  mkdirSync(join(root, '.notamaildir'));
  mkdirSync(join(root, '..DOVECOT-TRASHED'));
  await createFolder(root, 'Sent');
  expect((await listFolders(root)).map(({ name }) => name)).toEqual(['', 'Sent']);
});

test('where Dovecot writes UTF-8 names, so do we', async () => {
  await makeMaildir(join(root, '.仕事'));
  expect(await createFolder(root, '会議')).toEqual({ directory: '.会議', name: '会議' });
  expect((await listFolders(root)).map(({ name }) => name)).toEqual(['', '仕事', '会議'].sort());
});

test('a rename takes the folders below and the subscriptions along', async () => {
  for (const name of ['A', 'A/B', 'AB']) await createFolder(root, name);
  await subscribe(root, '.A.B', true);
  await renameFolder(root, '.A', 'Z/Y');
  expect((await listFolders(root)).map(({ name }) => name)).toEqual(['', 'AB', 'Z/Y', 'Z/Y/B']);
  expect([...(await readSubscriptions(root))]).toEqual(['.Z.Y.B']);
  await expect(renameFolder(root, '.Z.Y', 'Z/Y/inside')).rejects.toMatchObject({ code: 'usage' });
  await expect(renameFolder(root, '.Z.Y', 'AB')).rejects.toMatchObject({ code: 'conflict' });
  await expect(renameFolder(root, '', 'X')).rejects.toMatchObject({ code: 'usage' });
});

test('a removed folder is gone, those below it stay', async () => {
  for (const name of ['A', 'A/B']) await createFolder(root, name);
  await removeFolder(root, '.A');
  expect((await listFolders(root)).map(({ name }) => name)).toEqual(['', 'A/B']);
  await expect(removeFolder(root, '.A')).rejects.toMatchObject({ code: 'not-found' });
  await expect(removeFolder(root, '')).rejects.toMatchObject({ code: 'usage' });
  await expect(removeFolder(root, '../other')).rejects.toMatchObject({ code: 'usage' });
});

test.each([
  ['version 2', 'V\t2\n\nWork\tSub\nSent\n', 'V\t2\n\nWork\tSub\nSent\nNew\n'],
  ['version 1', 'Work.Sub\nSent\n', 'Work.Sub\nSent\nNew\n'],
])('subscriptions of %s are kept as they are written', async (_version, before, after) => {
  writeFileSync(join(root, 'subscriptions'), before);
  expect(await readSubscriptions(root)).toEqual(new Set(['.Work.Sub', '.Sent']));
  await subscribe(root, '.New', true);
  expect(readFileSync(join(root, 'subscriptions'), 'utf8')).toBe(after);
  await subscribe(root, '.New', false);
  expect(readFileSync(join(root, 'subscriptions'), 'utf8')).toBe(before);
});

test('ten subscriptions at once are all kept', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, number) => subscribe(root, `.F${number}`, true)));
  expect((await readSubscriptions(root)).size).toBe(10);
  expect(existsSync(join(root, 'subscriptions.lock'))).toBe(false);
});

test('tmp files of 36 hours are swept, younger ones and other files are not', async () => {
  writeFileSync(join(root, 'tmp', 'left'), 'x');
  const hours = (count: number) => Date.now() + count * 3_600_000;
  expect(await sweepTmp(root, hours(35))).toBe(0);
  expect(await sweepTmp(root, hours(37))).toBe(1);
  expect(readdirSync(join(root, 'tmp'))).toEqual([]);
});
