// Another client in the same Maildir (Python's mailbox module): what either side delivers, flags, moves and deletes is what
// the other says, at once and after many turns of both.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMaildir } from '../../../electron/maildir/deliver.js';
import { homePaths } from '../../../electron/station/home.js';
import { openTestMail, type TestMail } from '../../support/mail.js';
import { pick, seeded } from '../../support/mailgen.js';

const count = 40;
const folders = ['', 'Archive', 'Work'] as const;
let mail: TestMail;
let client: ChildProcess;
let maildir = '';
let answers: AsyncIterator<string>;

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'todoku-other-'));
  maildir = join(homePaths(root).mail, 'example.com', 'taro');
  await makeMaildir(maildir);
  client = spawn('python3', [fileURLToPath(new URL('../../support/maildir-client.py', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  answers = createInterface({ input: client.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  await theirs({ what: 'folder', subject: 'Archive' });
  mail = await openTestMail({ root });
  const [box] = await mail.call('mailbox.list', {});
  await mail.call('folder.create', { mailbox: box?.id ?? '', name: 'Work' });
});
afterAll(async () => {
  client?.kill();
  await mail?.close();
});

interface Command {
  readonly what: 'list' | 'folder' | 'add' | 'flag' | 'move' | 'remove';
  readonly name?: string;
  readonly subject?: string;
  readonly flags?: string;
  readonly goal?: string;
}
/** false: the message was not where the command said. */
async function theirs(command: Command): Promise<unknown> {
  client.stdin?.write(`${JSON.stringify({ root: maildir, ...command })}\n`);
  return JSON.parse((await answers.next()).value as string);
}

const folderIds = async () => new Map((await mail.call('mailbox.list', {}))[0]?.folders.map(({ name, id }) => [name, id]));
const rowsIn = async (name: string) => (await mail.call('message.list', { folder: (await folderIds()).get(name) ?? '', limit: 500 })).rows;
const rowOf = async (name: string, subject: string) => (await rowsIn(name)).find((row) => row.subject === subject);

/** 'folder subject flags' of every message, as each side says it. */
async function asOurs(): Promise<readonly string[]> {
  const said: string[] = [];
  for (const name of folders)
    for (const { subject, flags } of await rowsIn(name))
      said.push(`${name} ${subject} ${[flags.flagged ? 'F' : '', flags.answered ? 'R' : '', flags.seen ? 'S' : ''].join('')}`);
  return said.sort();
}
async function asTheirs(): Promise<readonly string[]> {
  const said: string[] = [];
  for (const name of folders)
    for (const [subject, flags] of (await theirs({ what: 'list', name })) as [string, string][]) said.push(`${name} ${subject} ${flags}`);
  return said.sort();
}
const agree = async () => expect.poll(asOurs, { timeout: 20_000 }).toEqual(await asTheirs());

test('what the other delivers, flags and moves is seen, and what we do is seen by it', async () => {
  for (let number = 0; number < count; number += 1) expect(await theirs({ what: 'add', subject: `m${number}` })).toBe(true);
  await agree();
  await theirs({ what: 'flag', subject: 'm1', flags: 'FS' });
  await expect.poll(async () => (await rowOf('', 'm1'))?.flags).toMatchObject({ flagged: true, seen: true });
  await theirs({ what: 'move', subject: 'm1', goal: 'Archive' });
  await expect.poll(async () => (await rowOf('Archive', 'm1'))?.flags).toMatchObject({ flagged: true, seen: true });
  const row = await rowOf('', 'm2');
  await mail.call('message.flag', { ids: [row?.id ?? ''], flag: 'answered', on: true });
  await mail.call('message.move', { ids: [row?.id ?? ''], folder: (await folderIds()).get('Work') ?? '' });
  expect(await theirs({ what: 'list', name: 'Work' })).toEqual([['m2', 'R']]);
  await agree();
});

test('after 200 operations in turns, without waiting for each other, both agree and nothing is lost', async () => {
  const random = seeded(11);
  const ids = await folderIds();
  const deleted = new Set<string>();
  let missed = 0;
  for (let turn = 0; turn < 100; turn += 1) {
    const from = pick(random, folders);
    const subject = `m${Math.floor(random() * count)}`;
    const what = random();
    const command: Command =
      what < 0.5
        ? { what: 'flag', name: from, subject, flags: pick(random, ['', 'S', 'F', 'FS', 'RS']) }
        : what < 0.95
          ? { what: 'move', name: from, subject, goal: pick(random, folders) }
          : { what: 'remove', name: from, subject };
    const done = await theirs(command);
    if (done === true && command.what === 'remove') deleted.add(subject);
    const rows = await rowsIn(pick(random, folders));
    if (rows.length === 0) continue;
    const { id, subject: chosen } = pick(random, rows);
    const how = random();
    try {
      if (how < 0.5)
        await mail.call('message.flag', { ids: [id], flag: pick(random, ['seen', 'flagged', 'answered'] as const), on: random() < 0.5 });
      else if (how < 0.95) await mail.call('message.move', { ids: [id], folder: ids.get(pick(random, folders)) ?? '' });
      else {
        await mail.call('message.remove', { ids: [id] });
        deleted.add(chosen);
      }
    } catch (error) {
      expect(error).toMatchObject({ code: 'not-found' });
      missed += 1;
    }
  }
  await agree();
  const present = new Set((await asTheirs()).map((line) => line.split(' ')[1]));
  expect([...present].filter((subject) => deleted.has(subject ?? ''))).toEqual([]);
  expect(present.size + deleted.size).toBe(count);
  expect(missed).toBeLessThan(100);
});
