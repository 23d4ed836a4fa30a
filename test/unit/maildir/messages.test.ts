import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeMaildir } from '../../../electron/maildir/deliver.js';
import { setFlags } from '../../../electron/maildir/flag.js';
import { folderStamp, listMessages } from '../../../electron/maildir/list.js';
import { copyMessage, moveMessage, removeMessage } from '../../../electron/maildir/move.js';
import { deliveryKey, parseName } from '../../../electron/maildir/names.js';
import { watchFolder } from '../../../electron/maildir/watch.js';

let root = '';
let other = '';
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'todoku-messages-'));
  other = join(root, '.Other');
  await makeMaildir(root);
  await makeMaildir(other);
});
afterEach(() => rmSync(root, { recursive: true }));

const put = (file: string, text = 'x') => writeFileSync(join(root, file), text);
const files = (folder = root) => ['new', 'cur'].flatMap((part) => readdirSync(join(folder, part)).map((name) => `${part}/${name}`)).sort();

test.each([
  ['new/1.a', { add: 'S', remove: '' }, 'cur/1.a:2,S'],
  ['new/1.a', { add: '', remove: 'S' }, 'cur/1.a:2,'],
  ['cur/1.a:2,S', { add: 'F', remove: '' }, 'cur/1.a:2,FS'],
  ['cur/1.a:2,FS', { add: '', remove: 'S' }, 'cur/1.a:2,F'],
  ['cur/1.a:2,FSab', { add: 'R', remove: 'F' }, 'cur/1.a:2,RSab'],
  ['cur/1.a', { add: 'S', remove: '' }, 'cur/1.a:2,S'],
  ['new/1.a:2,F', { add: 'S', remove: '' }, 'cur/1.a:2,FS'],
])('%s with %j becomes %s', async (file, change, after) => {
  put(file);
  expect(await setFlags(root, file, change)).toBe(after);
  expect(files()).toEqual([after]);
});

test('a message that was renamed meanwhile is found by its base name, and keeps its new flags', async () => {
  put('new/1.a');
  renameSync(join(root, 'new/1.a'), join(root, 'cur/1.a:2,Ra'));
  expect(await setFlags(root, 'new/1.a', { add: 'S', remove: '' })).toBe('cur/1.a:2,RSa');
});

test('a message that was taken away is not-found', async () => {
  await expect(setFlags(root, 'cur/1.a:2,', { add: 'S', remove: '' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(moveMessage(root, 'cur/1.a:2,', other)).rejects.toMatchObject({ code: 'not-found' });
  await removeMessage(root, 'cur/1.a:2,');
});

test('a move keeps base and flags, and lands in cur/', async () => {
  put('new/1.a');
  expect(await moveMessage(root, 'new/1.a', other)).toBe('cur/1.a:2,');
  expect([files(), files(other)]).toEqual([[], ['cur/1.a:2,']]);
});

test('a move never overwrites: a name that is taken becomes a new one with the same delivery key', async () => {
  const key = deliveryKey('a', 'u', 1);
  const name = `1.M1P1Q1K${key}.host,S=1:2,S`;
  put(`cur/${name}`, 'mine');
  writeFileSync(join(other, 'cur', name), 'theirs');
  const moved = await moveMessage(root, `cur/${name}`, other);
  expect(moved).not.toBe(`cur/${name}`);
  expect(parseName(moved.slice(4))).toMatchObject({ key, flags: 'S' });
  expect([readFileSync(join(other, 'cur', name), 'utf8'), readFileSync(join(other, moved), 'utf8')]).toEqual(['theirs', 'mine']);
});

test('a copy has the flags, the size in its name, and no delivery key', async () => {
  put(`cur/1.M1K${deliveryKey('a', 'u', 1)}.h:2,FS`, 'hello');
  const copy = await copyMessage(root, `cur/1.M1K${deliveryKey('a', 'u', 1)}.h:2,FS`, other);
  expect(parseName(copy.slice(4))).toMatchObject({ key: null, flags: 'FS', octets: 5 });
  expect(readFileSync(join(other, copy), 'utf8')).toBe('hello');
  expect(files().length).toBe(1);
});

test('the list has new/ and cur/, each message once, and no dot files', async () => {
  for (const file of ['new/1.a', 'cur/2.b:2,S', 'cur/1.a:2,F', 'cur/.nfs1']) put(file);
  expect((await listMessages(root)).map(({ file }) => file).sort()).toEqual(['cur/1.a:2,F', 'cur/2.b:2,S']);
  expect(await listMessages(join(root, 'nowhere'))).toEqual([]);
});

test('the stamp changes with every change of names', async () => {
  const stamps = [await folderStamp(root)];
  for (const change of [
    () => put('new/1.a'),
    () => renameSync(join(root, 'new/1.a'), join(root, 'cur/1.a:2,')),
    () => unlinkSync(join(root, 'cur/1.a:2,')),
  ]) {
    await pause(15);
    change();
    stamps.push(await folderStamp(root));
  }
  expect(new Set(stamps).size).toBe(4);
});

test('a watch tells of changes, many at once, and nothing after it was stopped', async () => {
  let told = 0;
  const stop = watchFolder(root, () => {
    told += 1;
  });
  for (let number = 0; number < 50; number += 1) put(`new/${number}.a`);
  await expect.poll(() => told).toBeGreaterThan(0);
  await pause(200);
  expect(told).toBeLessThan(20);
  stop();
  const before = told;
  put('new/last');
  await pause(200);
  expect(told).toBe(before);
  expect(existsSync(join(root, 'new/last'))).toBe(true);
});

test('without a working fs.watch the folder is looked at now and then', async () => {
  let told = 0;
  const late = join(root, '.Late');
  const stop = watchFolder(
    late,
    () => {
      told += 1;
    },
    { quiet: 5, longest: 10, look: 60_000, lookBlind: 20 },
  );
  await pause(60);
  await makeMaildir(late);
  await expect.poll(() => told).toBeGreaterThan(0);
  stop();
});
