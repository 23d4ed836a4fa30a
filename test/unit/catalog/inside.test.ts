// A message inside a message, opened like any other: its own head and parts, the outer one's verdict; and all files in one ZIP.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestMail, type TestMail } from '../../support/mail.js';

let mail: TestMail;
let id = '';
const inner = `From: Inner <inner@example.org>\nSubject: =?UTF-8?B?5YaF5YG0?=\nX-Virus-Status: Clean\nDate: Mon, 23 Nov 2026 10:00:00 +0900\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=i

--i
Content-Type: text/plain; charset=utf-8

the inner text
--i
Content-Type: text/plain; name=note.txt
Content-Disposition: attachment

same name
--i--
`;
const outer = `X-Virus-Status: Suspicious (macro: X)\nFrom: Outer <outer@example.org>\nSubject: outer\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o

--o
Content-Type: text/plain

see below
--o
Content-Type: message/rfc822

From: middle@example.org
Subject: middle
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: message/rfc822

${inner}
--m--
--o
Content-Type: text/plain; name=note.txt
Content-Disposition: attachment

first
--o
Content-Type: text/plain; name=NOTE.txt
Content-Disposition: attachment

second
--o--
`;

beforeEach(async () => {
  const root = mkdtempSync(join(tmpdir(), 'todoku-inside-'));
  const maildir = join(root, 'mail', 'example.com', 'taro');
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, part), { recursive: true });
  writeFileSync(join(maildir, 'cur', '1.a.host:2,S'), outer);
  mail = await openTestMail({ root });
  await mail.mail.settled();
  id = (await mail.call('message.list', {})).rows[0]?.id ?? '';
});
afterEach(() => mail.close());

async function bytes(message: string, part: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await mail.mail.openPart(message, part)).body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('opens with its own head, text and parts, at any depth', async () => {
  const middle = await mail.call('message.open', { id: `${id}!2` });
  expect(middle.envelope).toMatchObject({ subject: 'middle', from: [{ address: 'middle@example.org' }], flags: { seen: true } });
  const [enclosed] = middle.attachments;
  const innermost = await mail.call('message.open', { id: `${id}!2!${enclosed?.part}` });
  expect(innermost.envelope).toMatchObject({ subject: '内側', date: '2026-11-23T01:00:00.000Z' });
  expect(innermost.text).toContain('the inner text');
  expect(innermost.attachments.map(({ name }) => name)).toEqual(['note.txt']);
  expect((await bytes(`${id}!2!1`, innermost.attachments[0]?.part ?? '')).toString()).toContain('same name');
  expect((await bytes(`${id}!2!1`, 'source')).toString()).toContain('the inner text');
});
test('what it says of its own verdict does not count', async () => {
  expect((await mail.call('message.open', { id: `${id}!2!1` })).verdict).toMatchObject({ kind: 'suspicious' });
});
test('only a message can be opened inside, and it cannot be moved or flagged', async () => {
  for (const wrong of [`${id}!1`, `${id}!3`, `${id}!9`, `${id}!`, `${id}!../../x`, `${id}!html`, `nothing!2`, `${id}${'!2'.repeat(30)}`])
    await expect(mail.call('message.open', { id: wrong })).rejects.toMatchObject({ code: expect.stringMatching(/not-found|unparsable/) });
  await mail.call('message.flag', { ids: [`${id}!2`], flag: 'flagged', on: true }).catch(() => undefined);
  expect(readdirSync(join(mail.root, 'mail/example.com/taro/cur'))).toEqual(['1.a.host:2,S']);
});
test('its file does not outlive the station', async () => {
  await mail.call('message.open', { id: `${id}!2` });
  const folder = join(mail.root, 'run', 'inside');
  expect(readdirSync(folder)).toHaveLength(1);
  await mail.mail.close();
  expect(existsSync(folder)).toBe(false);
  mail = await mail.reopen();
});
test('all files come as one ZIP that other programs read', async () => {
  const zip = join(mail.root, 'all.zip');
  writeFileSync(zip, await bytes(id, 'all'));
  const read = `import zipfile,sys; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print([(i.filename, z.read(i)[:6].decode()) for i in z.infolist()])`;
  expect(execFileSync('python3', ['-c', read, zip], { encoding: 'utf8' }).trim()).toBe(
    "[('message.eml', 'From: '), ('note.txt', 'first'), ('NOTE (2).txt', 'second')]",
  );
});
