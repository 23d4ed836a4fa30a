// IMAP folders in the list, the reader and the search beside local ones, on a real Dovecot.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, openBrowser } from '../../../electron/imap/browse.js';
import { toFailure } from '../../../shared/error.js';
import type { Mailbox } from '../../../shared/message.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { imapOptions, login, password, shownAccounts } from '../../support/imap-mail.js';
import { openTestMail, type TestMail } from '../../support/mail.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';

let dovecot: Dovecot;
let test: TestMail;
let proxy: TcpProxy;
let user = '';
let turn = 0;
const names = Array.from({ length: 40 }, (_, index) => `joe${index}`);

beforeAll(async () => {
  dovecot = await startDovecot({
    protocols: ['imap'],
    tls: false,
    users: names.map((name) => ({ name, password })),
    extra:
      'namespace inbox {\n  mailbox Sent {\n    special_use = \\Sent\n    auto = subscribe\n  }\n  mailbox Trash {\n    special_use = \\Trash\n    auto = subscribe\n  }\n}',
  });
});
afterAll(() => dovecot?.stop());
beforeEach(async () => {
  user = names[turn++] ?? '';
  proxy = await startTcpProxy(dovecot.imapPort);
});
afterEach(async () => {
  await test?.close();
  await proxy.close();
});

const mail = (subject: string, body = 'body') =>
  `From: "山田" <y@a.example>\nTo: ${user}@a.example\nSubject: ${subject}\nMessage-ID: <${subject.replaceAll(' ', '-')}@a>\n\n${body}\n`;
async function start(...subjects: readonly string[]): Promise<void> {
  for (const subject of subjects) await dovecot.deposit(user, mail(subject));
  test = await openTestMail({ settings: shownAccounts(proxy.port, user), imap: login() });
  await test.mail.settled();
}
const box = async (): Promise<Mailbox> => {
  const found = (await test.call('mailbox.list', {})).find(({ kind }) => kind === 'imap');
  if (found === undefined) throw new Error('no IMAP mailbox');
  return found;
};
const folder = async (name: string) => (await box()).folders.find((one) => one.name === name)?.id ?? '';
const rows = async (name: string) => (await test.call('message.list', { folder: await folder(name) })).rows;
const subjects = async (name: string) => (await rows(name)).map(({ subject }) => subject);
async function until<T>(ask: () => Promise<T>, good: (value: T) => boolean): Promise<T> {
  for (let value = await ask(); ; value = await ask()) {
    if (good(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const other = (): Promise<Browser> => openBrowser(imapOptions(dovecot.imapPort, user));
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => toFailure(error).code,
  );

describe('reading', () => {
  it('the tree, the list, a message, its text searched, and all of it offline', async () => {
    await start('one', '二つ目');
    const { folders, remote, account } = await box();
    expect([account, remote?.state]).toEqual([user, 'online']);
    expect(folders.map(({ name, role, total, unread }) => [name, role, total, unread])).toEqual([
      ['', 'inbox', 2, 2],
      ['Sent', 'sent', 0, 0],
      ['Trash', 'trash', 0, 0],
    ]);
    const [second] = (await rows('')).filter(({ subject }) => subject === '二つ目');
    expect(second).toMatchObject({ from: [{ name: '山田', address: 'y@a.example' }], verdict: 'not-scanned', preview: '' });
    const id = second?.id ?? '';
    expect((await test.call('message.open', { id })).text.trim()).toBe('body');
    expect((await rows('')).find((row) => row.id === id)?.preview).toBe('body');
    expect((await test.call('message.list', { folder: await folder(''), search: 'body' })).rows.map((row) => row.id)).toEqual([id]);
    const kept = readdirSync(join(test.root, 'imap'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const entry of kept) expect(statSync(join(entry.parentPath, entry.name)).mode & 0o777).toBe(0o600);

    await proxy.close();
    await until(box, (now) => now.remote?.state === 'offline');
    test = await test.reopen();
    expect(await subjects('')).toHaveLength(2);
    expect((await test.call('message.open', { id })).text.trim()).toBe('body');
    const [first] = (await rows('')).filter(({ subject }) => subject === 'one');
    expect(await failureOf(test.call('message.open', { id: first?.id ?? '' }))).toBe('refused');
    expect((await box()).remote).toMatchObject({ state: 'offline', failure: { code: 'refused' } });
  });

  it('a message does not say itself that it was scanned', async () => {
    await dovecot.deposit(user, `X-Virus-Status: Clean\nX-Todoku-Delivery: x\n${mail('forged')}`);
    await start();
    const [row] = await rows('');
    expect([row?.verdict, (await test.call('message.open', { id: row?.id ?? '' })).verdict.kind]).toEqual(['not-scanned', 'not-scanned']);
  });

  it('new mail is shown, and what another client does', async () => {
    await start('one');
    await dovecot.deposit(user, mail('two'));
    await until(
      () => subjects(''),
      (list) => list.length === 2,
    );
    const client = await other();
    const at = { path: 'INBOX', validity: (await client.open('INBOX')).validity };
    await client.flag(at, [1], 'F', true);
    await until(
      () => rows(''),
      (list) => list.some(({ subject, flags }) => subject === 'one' && flags.flagged),
    );
    await client.remove(at, [2]);
    await until(
      () => subjects(''),
      (list) => list.length === 1,
    );
    await client.close();
  });

  it('what the server finds in bodies that are not here is merged with what is found here', async () => {
    await dovecot.deposit(user, mail('hidden', 'the word is xylophone'));
    await start('xylophone here', 'other');
    const search = async () =>
      (await test.call('message.list', { folder: await folder(''), search: 'xylophone' })).rows.map((row) => row.subject);
    expect((await until(search, (list) => list.length === 2)).sort()).toEqual(['hidden', 'xylophone here']);
    expect((await test.call('message.list', { folder: await folder(''), search: 'subject:hidden xylophone' })).rows).toEqual([]);
  });

  it('a folder numbered anew is read anew, and its old messages are not taken for new ones', async () => {
    await start('one');
    await test.call('folder.create', { mailbox: (await box()).id, name: 'Work' });
    const client = await other();
    const put = (subject: string) => client.append('Work', Buffer.from(mail(subject).replaceAll('\n', '\r\n')), '', new Date());
    await put('old');
    await test.call('message.list', { folder: await folder('Work') });
    await until(
      () => subjects('Work'),
      (list) => list.includes('old'),
    );
    const [old] = await rows('Work');
    await test.call('message.open', { id: old?.id ?? '' });
    await client.removeFolder('Work');
    rmSync(join(dovecot.maildirOf(user), '.Work'), { recursive: true, force: true });
    await client.create('Work');
    await put('new');
    await client.close();
    test = await test.reopen();
    await test.mail.settled();
    expect(await subjects('Work')).toEqual(['new']);
    const [fresh] = await rows('Work');
    expect((await test.call('message.open', { id: fresh?.id ?? '' })).envelope.subject).toBe('new');
    expect(await failureOf(test.call('message.open', { id: old?.id ?? '' }))).toBe('not-found');
  });
});

describe('doing', () => {
  it('flags, a move that keeps the id and its way back, a copy, and removal', async () => {
    await start('one', 'two', 'three');
    const [row] = (await rows('')).filter(({ subject }) => subject === 'one');
    const ids = [row?.id ?? ''];
    await test.call('message.flag', { ids, flag: 'flagged', on: true });
    await test.call('message.move', { ids, folder: await folder('Trash') });
    expect((await rows('Trash')).map(({ id, flags }) => [id, flags.flagged])).toEqual([[ids[0], true]]);
    await test.call('message.move', { ids, folder: await folder('') });
    expect((await rows('')).map(({ id }) => id)).toContain(ids[0]);
    const copied = await test.call('message.copy', { ids, folder: await folder('Sent') });
    expect((await rows('Sent')).map(({ id }) => id)).toEqual(copied);
    await test.call('message.remove', { ids: [...copied] });
    await test.mail.settled();
    const client = await other();
    for (const [path, count] of [
      ['INBOX', 3],
      ['Trash', 0],
      ['Sent', 0],
    ] as const)
      expect([path, (await client.open(path)).exists]).toEqual([path, count]);
    await client.close();
  });

  it('folders are made, renamed with their messages, and removed', async () => {
    await start('one');
    await test.call('folder.create', { mailbox: (await box()).id, name: '書類' });
    await test.call('message.move', { ids: (await rows('')).map(({ id }) => id), folder: await folder('書類') });
    await test.call('folder.rename', { folder: await folder('書類'), name: '仕事/2026' });
    await test.mail.settled();
    await until(
      () => subjects('仕事/2026'),
      (list) => list.length === 1,
    );
    await test.call('folder.subscribe', { folder: await folder('仕事/2026'), subscribed: false });
    expect((await box()).folders.find(({ name }) => name === '仕事/2026')?.subscribed).toBe(false);
    await test.call('folder.remove', { folder: await folder('仕事/2026') });
    expect((await box()).folders.map(({ name }) => name)).not.toContain('仕事/2026');
  });

  it('between the server and a local mailbox, both ways, to the octet', async () => {
    await start('there');
    const cur = join(test.maildir('a.example/local'), 'cur');
    for (const part of ['cur', 'new', 'tmp'])
      (await import('node:fs')).mkdirSync(join(test.maildir('a.example/local'), part), { recursive: true });
    await test.mail.refresh();
    const local = (await test.call('mailbox.list', {})).find(({ kind }) => kind === 'local')?.folders[0]?.id ?? '';
    const [row] = await rows('');
    await test.call('message.flag', { ids: [row?.id ?? ''], flag: 'seen', on: true });
    const ids = await test.call('message.move', { ids: [row?.id ?? ''], folder: local });
    const [file = ''] = readdirSync(cur);
    expect((await import('node:fs')).readFileSync(join(cur, file), 'utf8')).toBe(mail('there'));
    expect([(await rows('')).length, file.endsWith(':2,S'), ids.length]).toEqual([0, true, 1]);
    await test.call('message.move', { ids: [...ids], folder: await folder('Sent') });
    expect([readdirSync(cur), (await rows('Sent')).map(({ flags }) => flags.seen)]).toEqual([[], [true]]);
    const [back] = await rows('Sent');
    expect((await test.mail.readRaw(back?.id ?? '')).toString()).toBe(mail('there'));
  });

  it('offline nothing is done, nothing is lost, and it goes on when the server is back', async () => {
    await start('one');
    const port = proxy.port;
    const ids = (await rows('')).map(({ id }) => id);
    await proxy.close();
    expect(await failureOf(test.call('message.move', { ids, folder: await folder('Trash') }))).toMatch(/^(refused|connection-lost)$/);
    expect(await subjects('')).toEqual(['one']);
    await dovecot.deposit(user, mail('meanwhile'));
    proxy = await startTcpProxy(dovecot.imapPort, '127.0.0.1', port);
    await until(
      () => subjects(''),
      (list) => list.length === 2,
    );
    await test.call('message.move', { ids, folder: await folder('Trash') });
    expect(await subjects('Trash')).toEqual(['one']);
  });
});

it('an account that is removed, paused or made a source leaves the tree, and a removed one takes its messages along', async () => {
  await start('one');
  await test.call('message.open', { id: (await rows(''))[0]?.id ?? '' });
  expect(existsSync(join(test.root, 'imap', user))).toBe(true);
  await test.configure({ accounts: [] });
  expect((await test.call('mailbox.list', {})).filter(({ kind }) => kind === 'imap')).toEqual([]);
  expect((await test.call('message.list', {})).rows).toEqual([]);
  expect(existsSync(join(test.root, 'imap', user))).toBe(false);
});
