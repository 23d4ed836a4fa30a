import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { beginDelivery } from '../../../electron/maildir/deliver.js';
import { deliveryKey, parseName } from '../../../electron/maildir/names.js';
import { homePaths } from '../../../electron/station/home.js';
import { openTestMail, type TestMail } from '../../support/mail.js';
import { fillMaildir, generateMessages } from '../../support/mailgen.js';

const messages = generateMessages(30, 5);
let mail: TestMail;
let inbox = '';
let maildir = '';

beforeEach(async () => {
  const root = mkdtempSync(join(tmpdir(), 'todoku-mail-'));
  maildir = join(homePaths(root).mail, 'example.com', 'taro');
  fillMaildir(maildir, messages);
  mail = await openTestMail({ root });
  await mail.mail.settled();
  inbox = await folderId('');
});
afterEach(() => mail.close());

async function folderId(name: string): Promise<string> {
  const boxes = await mail.call('mailbox.list', {});
  return boxes.flatMap((box) => box.folders).find((folder) => folder.name === name)?.id ?? '';
}
async function create(name: string): Promise<string> {
  const [box] = await mail.call('mailbox.list', {});
  await mail.call('folder.create', { mailbox: box?.id ?? '', name });
  return folderId(name);
}
const list = (query: Parameters<typeof mail.call<'message.list'>>[1] = {}) => mail.call('message.list', { limit: 500, ...query });
const filesIn = (folder: string) => ['new', 'cur'].flatMap((part) => readdirSync(join(folder, part)));
/** What the list says and what the disk says, as 'base flags'. */
async function agreement(): Promise<void> {
  await mail.mail.settled();
  const boxes = await mail.call('mailbox.list', {});
  for (const folder of boxes.flatMap((box) => box.folders)) {
    const path = folder.name === '' ? maildir : join(maildir, `.${folder.name.replaceAll('/', '.')}`);
    const { rows, total } = await list({ folder: folder.id });
    expect(total).toBe(filesIn(path).length);
    const present = await Promise.all(rows.map(({ id }) => mail.mail.fileOf(id)));
    expect(present.sort()).toEqual(
      ['new', 'cur'].flatMap((part) => readdirSync(join(path, part)).map((name) => join(path, part, name))).sort(),
    );
    const seen = filesIn(path).filter((name) => parseName(name).flags.includes('S')).length;
    expect(rows.filter(({ flags }) => flags.seen).length).toBe(seen);
    expect(folder.unread).toBe(folder.total - seen);
  }
}

test('the newest message comes first, with what its header says', async () => {
  const { rows, total, unread } = await list();
  const newest = messages.at(-1);
  expect(total).toBe(30);
  expect(unread).toBe(messages.filter(({ flags }) => !flags.includes('S')).length);
  expect(rows[0]).toMatchObject({
    subject: newest?.subject,
    messageId: newest?.messageId,
    from: [{ name: newest?.from[0], address: newest?.from[1] }],
    octets: newest?.raw.length,
  });
});

test('a flag is a rename, and both sides know it', async () => {
  const { rows } = await list();
  const ids = rows.slice(0, 5).map(({ id }) => id);
  await mail.call('message.flag', { ids, flag: 'flagged', on: true });
  await mail.call('message.flag', { ids, flag: 'seen', on: false });
  const after = (await list()).rows.slice(0, 5);
  expect(after.map(({ flags }) => [flags.flagged, flags.seen])).toEqual(Array.from({ length: 5 }, () => [true, false]));
  await agreement();
});

test('a move keeps the id, the flags and the base name', async () => {
  const archive = await create('Archive/2024');
  const { rows } = await list();
  const ids = rows.slice(0, 3).map(({ id }) => id);
  const bases = await Promise.all(ids.map(async (id) => parseName((await mail.mail.fileOf(id)).split('/').at(-1) ?? '').base));
  expect(await mail.call('message.move', { ids, folder: archive })).toEqual(ids);
  expect(
    filesIn(join(maildir, '.Archive.2024'))
      .map((name) => parseName(name).base)
      .sort(),
  ).toEqual(bases.sort());
  expect((await list({ folder: archive })).rows.map(({ id }) => id)).toEqual(ids);
  await agreement();
});

test('a copy has an id of its own and no delivery key', async () => {
  const work = await create('Work');
  const [first] = (await list()).rows;
  const [copy] = await mail.call('message.copy', { ids: [first?.id ?? ''], folder: work });
  expect(copy).not.toBe(first?.id);
  expect(readFileSync(await mail.mail.fileOf(copy ?? ''))).toEqual(messages.at(-1)?.raw);
  await agreement();
});

test('removed messages are gone, and asking for them says so', async () => {
  const ids = (await list()).rows.slice(0, 2).map(({ id }) => id);
  await mail.call('message.remove', { ids });
  await expect(mail.call('message.open', { id: ids[0] ?? '' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(mail.call('message.flag', { ids, flag: 'seen', on: true })).rejects.toMatchObject({ code: 'not-found' });
  await agreement();
});

test('an id of another catalog is not mistaken for one of this', async () => {
  const [first] = (await list()).rows;
  const row = first?.id.split('.')[1] ?? '';
  await expect(mail.call('message.remove', { ids: [`0123456789ab.${row}`] })).rejects.toMatchObject({ code: 'not-found' });
  expect(filesIn(maildir).length).toBe(30);
});

test('what another program does appears: a flag, a new message, one taken away, a folder', async () => {
  const [a, b] = readdirSync(join(maildir, 'cur'));
  renameSync(join(maildir, 'cur', a ?? ''), join(maildir, 'cur', `${parseName(a ?? '').base}:2,FSTa`));
  unlinkSync(join(maildir, 'cur', b ?? ''));
  writeFileSync(join(maildir, 'new', '1700000000.M1P1.other'), 'From: x@y\nSubject: from outside\n\nhello\n');
  await expect.poll(async () => (await list({ search: 'outside' })).total).toBe(1);
  await agreement();
  expect((await list()).total).toBe(30);
  expect(mail.events.some(({ name, body }) => name === 'mailbox.changed' && (body as { folder: string }).folder === inbox)).toBe(true);
});

test('a folder that another program subscribes is announced', async () => {
  await create('Lists');
  const announced = () => mail.events.filter(({ name }) => name === 'mailbox.changed').length;
  const shown = async () => (await mail.call('mailbox.list', {}))[0]?.folders.find(({ name }) => name === 'Lists')?.subscribed;
  expect(await shown()).toBe(true);
  await agreement();
  const before = announced();
  writeFileSync(join(maildir, 'subscriptions.new'), '');
  renameSync(join(maildir, 'subscriptions.new'), join(maildir, 'subscriptions'));
  await expect.poll(shown).toBe(false);
  await expect.poll(announced).toBeGreaterThan(before);
});

test('a flag that another program changed a moment ago is kept', async () => {
  const [first] = (await list()).rows;
  const path = await mail.mail.fileOf(first?.id ?? '');
  const { base } = parseName(path.split('/').at(-1) ?? '');
  renameSync(path, join(maildir, 'cur', `${base}:2,RSax`));
  await mail.call('message.flag', { ids: [first?.id ?? ''], flag: 'flagged', on: true });
  expect(existsSync(join(maildir, 'cur', `${base}:2,FRSax`))).toBe(true);
  await agreement();
});

test('a delivered message is a row as soon as `arrived` resolves', async () => {
  const delivery = await beginDelivery(maildir, deliveryKey('a', 'u1', 10));
  await delivery.write([Buffer.from('From: x@y\nSubject: just delivered\n\nhello\n')]);
  await delivery.seal();
  const id = await mail.mail.arrived(await delivery.link());
  expect((await list({ search: 'just delivered' })).rows.map((row) => row.id)).toEqual([id]);
  await agreement();
  expect((await list({ search: 'just delivered' })).rows.map((row) => row.id)).toEqual([id]);
});

test('a mailbox that was not there is found with its first message', async () => {
  const delivery = await beginDelivery(join(mail.root, 'mail', 'example.org', 'hanako'), 'k');
  await delivery.write([Buffer.from('Subject: first of hanako\n\nx\n')]);
  await delivery.seal();
  await mail.mail.arrived(await delivery.link());
  const boxes = await mail.call('mailbox.list', {});
  expect(boxes.map(({ address, folders }) => [address, folders[0]?.total])).toEqual([
    ['taro@example.com', 30],
    ['hanako@example.org', 1],
  ]);
});

test('folders are made, renamed with their messages, and removed', async () => {
  const work = await create('仕事');
  const ids = (await list()).rows.slice(0, 2).map(({ id }) => id);
  await mail.call('message.move', { ids, folder: work });
  await mail.call('folder.rename', { folder: work, name: '会社/営業' });
  expect(await folderId('仕事')).toBe('');
  const renamed = await folderId('会社/営業');
  expect((await list({ folder: renamed })).rows.map(({ id }) => id).sort()).toEqual([...ids].sort());
  await expect(mail.call('folder.rename', { folder: inbox, name: 'x' })).rejects.toMatchObject({ code: 'usage' });
  await mail.call('folder.remove', { folder: renamed });
  expect(await folderId('会社/営業')).toBe('');
  expect((await list()).total).toBe(28);
});

test.each(['../up', 'a.b', 'a//b', 'x\u202ey', 'NUL', 'x'.repeat(255)])('a folder cannot be called %j', async (name) => {
  const [box] = await mail.call('mailbox.list', {});
  await expect(mail.call('folder.create', { mailbox: box?.id ?? '', name })).rejects.toThrow();
  expect((await mail.call('mailbox.list', {}))[0]?.folders.length).toBe(1);
});

test('after a restart nothing is read again, and ids stay', async () => {
  const before = (await list()).rows.map(({ id }) => id);
  mail = await mail.reopen();
  expect((await list()).rows.map(({ id }) => id)).toEqual(before);
  expect(mail.mail.rebuilding).toBe(false);
  await agreement();
});

test.each([
  ['missing', (path: string) => rmSync(path)],
  ['garbage', (path: string) => writeFileSync(path, 'this is no database')],
  ['cut in half', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 20_000))],
  ['of zeros', (path: string) => writeFileSync(path, Buffer.alloc(100_000))],
])('a catalog that is %s is read again from the Maildirs', async (_how, spoil) => {
  await mail.mail.close();
  const { catalog } = homePaths(mail.root);
  for (const suffix of ['-wal', '-shm']) rmSync(catalog + suffix, { force: true });
  spoil(catalog);
  mail = await openTestMail({ root: mail.root });
  await mail.mail.settled();
  expect((await list()).total).toBe(30);
  await agreement();
});

test('the parts of a message: attachment, source, and nothing else', async () => {
  const { rows } = await list({ search: 'has:attachment' });
  const id = rows[0]?.id ?? '';
  const view = await mail.call('message.open', { id });
  const [attachment] = view.attachments;
  const part = await mail.mail.openPart(id, attachment?.part ?? '');
  const chunks: Uint8Array[] = [];
  for await (const chunk of part.body) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe(view.envelope.subject);
  expect(part.octets).toBe(attachment?.octets);
  const source = await mail.mail.openPart(id, 'source');
  const raw: Uint8Array[] = [];
  for await (const chunk of source.body) raw.push(chunk);
  expect(Buffer.concat(raw)).toEqual(await mail.mail.readRaw(id));
  await expect(mail.mail.openPart(id, '9.9')).rejects.toMatchObject({ code: 'not-found' });
  await expect(mail.mail.openPart(id, 'html')).rejects.toMatchObject({ code: 'not-found' });
});

test('HTML points its cid: links at the parts of the message', async () => {
  const html = '<img src="cid:logo@x"><img src="cid:other@x">';
  writeFileSync(
    join(maildir, 'new', '1800000000.M1P1.x'),
    `Subject: with a logo\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n${html}\n--b\nContent-Type: image/png\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n`,
  );
  await expect.poll(async () => (await list({ search: 'logo' })).total).toBe(1);
  const id = (await list({ search: 'logo' })).rows[0]?.id ?? '';
  const view = await mail.call('message.open', { id });
  expect(view).toMatchObject({ hasHtml: true, attachments: [{ part: '2', inline: true, contentId: 'logo@x' }] });
  const part = await mail.mail.openPart(id, 'html');
  const chunks: Uint8Array[] = [];
  for await (const chunk of part.body) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toContain(`<img src="/part/${id}/2"><img src="cid:other@x">`);
});
