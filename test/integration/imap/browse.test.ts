// An account as mailboxes, on a real Dovecot: the tree, rows, bodies, what is done to messages and folders, and waiting for mail.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, type Numbered, openBrowser } from '../../../electron/imap/browse.js';
import type { ImapOptions } from '../../../electron/imap/connect.js';
import { openWatch } from '../../../electron/imap/idle.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { startTcpProxy } from '../../support/tcp-proxy.js';
import { failureOf } from '../pop3/client.js';
import { password } from './client.js';

let dovecot: Dovecot;
let browser: Browser;
let user = '';
let turn = 0;
const names = Array.from({ length: 30 }, (_, index) => `joe${index}`);

beforeAll(async () => {
  dovecot = await startDovecot({
    protocols: ['imap'],
    tls: false,
    users: names.map((name) => ({ name, password })),
    extra:
      'mail_plugins = quota\nprotocol imap {\n  mail_plugins = quota imap_quota\n}\nplugin {\n  quota = maildir:User quota\n  quota_rule = *:storage=1G\n}\nnamespace inbox {\n  mailbox Sent {\n    special_use = \\Sent\n    auto = subscribe\n  }\n}',
  });
});
afterAll(() => dovecot?.stop());
const options = (given: Partial<ImapOptions> = {}): ImapOptions => ({
  host: '127.0.0.1',
  port: dovecot.imapPort,
  security: 'none',
  user,
  secret: password,
  auth: 'auto',
  timeoutSeconds: 10,
  pin: null,
  pinnedPem: null,
  ...given,
});
beforeEach(async () => {
  user = names[turn++] ?? '';
  browser = await openBrowser(options());
});
afterEach(() => browser.close());

const mail = (subject: string, body = 'body') => `From: "Tarō" <t@a.example>\nSubject: ${subject}\nMessage-ID: <${subject}@a>\n\n${body}\n`;
async function inbox(...subjects: string[]): Promise<Numbered> {
  for (const subject of subjects) await dovecot.deposit(user, mail(subject));
  return at('INBOX');
}
const at = async (path: string): Promise<Numbered> => ({ path, validity: (await browser.open(path)).validity });
const bodyOf = async (folder: Numbered, uid: number) => {
  const parts: Uint8Array[] = [];
  const there = await browser.body(folder, uid, 100, async (part) => parts.push(Uint8Array.from(part)));
  return there ? Buffer.concat(parts).toString() : null;
};
const subjects = async (folder: Numbered) =>
  (await browser.rows(folder, await browser.uids(folder))).map(({ header }) => /Subject: (.*)\r/.exec(Buffer.from(header).toString())?.[1]);

describe('reading', () => {
  it('the tree, with special use, subscription and counts', async () => {
    await inbox('one', 'two');
    await browser.create('書類/2026年');
    const tree = await browser.tree();
    expect(tree.map(({ name, role, subscribed, total, unread }) => [name, role, subscribed, total, unread])).toEqual(
      expect.arrayContaining([
        ['', 'inbox', true, 2, 2],
        ['Sent', 'sent', true, 0, 0],
        ['書類/2026年', null, true, 0, 0],
      ]),
    );
    expect(tree.find(({ name }) => name === '')?.mark).not.toBe('');
    expect(await browser.quota()).toEqual({ used: expect.any(Number), limit: 1024 ** 3 });
  });

  it('rows newest first by number, or by UID, without marking anything', async () => {
    const folder = await inbox('one', 'two', 'three');
    const [two, three] = await browser.newest(folder, 2);
    expect([two?.uid, three?.uid, three?.letters]).toEqual([2, 3, '']);
    expect(Buffer.from(three?.header ?? []).toString()).toMatch(/^From: "Tarō" <t@a\.example>\r\nSubject: three\r\n/);
    expect(await bodyOf(folder, 1)).toBe(mail('one'));
    expect((await browser.rows(folder, [1, 3])).map(({ uid, letters, octets }) => [uid, letters, octets])).toEqual([
      [1, '', 72],
      [3, '', 76],
    ]);
    expect(await browser.search(folder, ['body', 'two'])).toEqual([2]);
    expect(await browser.search(folder, ['nowhere'])).toEqual([]);
  });

  it('attachments are counted from the structure', async () => {
    const parts = ['text/plain', 'application/pdf; name=a.pdf', 'message/rfc822'].map(
      (type) => `--b\nContent-Type: ${type}\n\nSubject: x\n\nx\n`,
    );
    await dovecot.deposit(user, `Subject: parts\nContent-Type: multipart/mixed; boundary=b\n\n${parts.join('')}--b--\n`);
    const [row] = await browser.newest(await at('INBOX'), 1);
    expect(row?.attachments).toBe(2);
  });

  it('only what changed since', async () => {
    const folder = await inbox('one', 'two', 'three');
    const { modseq } = await browser.open('INBOX');
    await browser.flag(folder, [2], 'S', true);
    expect([...(await browser.flags(folder, modseq))]).toEqual([[2, 'S']]);
    expect([...(await browser.flags(folder, null))]).toEqual([
      [1, ''],
      [2, 'S'],
      [3, ''],
    ]);
  });

  it('a folder that is not there, and one numbered anew', async () => {
    expect((await failureOf(browser.open('Nowhere'))).code).toBe('not-found');
    const folder = await inbox('one');
    expect((await failureOf(browser.rows({ ...folder, validity: '1' }, [1]))).code).toBe('conflict');
    await browser.create('Old');
    const old = await at('Old');
    await browser.removeFolder('Old');
    rmSync(join(dovecot.maildirOf(user), '.Old'), { recursive: true, force: true });
    await browser.create('Old');
    expect((await failureOf(browser.flag(old, [1], 'S', true))).code).toBe('conflict');
  });
});

describe('doing', () => {
  it('every flag on and off, and other programs keep theirs', async () => {
    const folder = await inbox('one');
    for (const letter of 'SFRPDT') await browser.flag(folder, [1], letter, true);
    expect((await browser.flags(folder, null)).get(1)).toBe('DFPRST');
    for (const letter of 'SFRPT') await browser.flag(folder, [1], letter, false);
    expect((await browser.flags(folder, null)).get(1)).toBe('D');
  });

  it('move and copy say the new numbers; what is removed is gone, and nothing else', async () => {
    const folder = await inbox('one', 'two', 'three');
    await browser.create('A');
    const there = await at('A');
    expect(await browser.move(folder, [1], 'A')).toEqual({ validity: there.validity, uids: new Map([[1, 1]]) });
    expect(await browser.copy(folder, [2, 3], 'A')).toEqual({
      validity: there.validity,
      uids: new Map([
        [2, 2],
        [3, 3],
      ]),
    });
    await browser.flag(folder, [2], 'T', true);
    await browser.remove(folder, [3]);
    expect(await browser.uids(await at('INBOX'))).toEqual([2]);
    expect(await subjects(await at('A'))).toEqual(['one', 'two', 'three']);
    expect(await bodyOf(folder, 3)).toBe(null);
    expect((await failureOf(browser.move(await at('INBOX'), [2], 'Nowhere'))).code).toBe('server-refused');
  });

  it('append with its flags and the time it arrived', async () => {
    const when = new Date('2020-02-03T04:05:06Z');
    const made = await browser.append('Sent', Buffer.from(mail('sent').replaceAll('\n', '\r\n')), 'RS', when);
    const folder = await at('Sent');
    expect(made).toEqual({ validity: folder.validity, uid: 1 });
    expect(await browser.newest(folder, 1)).toMatchObject([{ letters: 'RS', received: when.getTime() }]);
    expect((await failureOf(browser.append('Nowhere', Buffer.from('x'), '', when))).code).toBe('server-refused');
  });

  it('folders are made, renamed, subscribed to and removed', async () => {
    await browser.create('A/B');
    expect((await failureOf(browser.create('A/B'))).code).toMatch(/^(conflict|server-refused)$/);
    const path = (await browser.tree()).find(({ name }) => name === 'A/B')?.path ?? '';
    await browser.open(path);
    await browser.rename(path, 'A/C');
    const renamed = (await browser.tree()).find(({ name }) => name === 'A/C');
    expect(renamed?.subscribed).toBe(true);
    await browser.subscribe(renamed?.path ?? '', false);
    expect((await browser.tree()).find(({ name }) => name === 'A/C')?.subscribed).toBe(false);
    await browser.removeFolder(renamed?.path ?? '');
    expect((await browser.tree()).map(({ name }) => name)).not.toContain('A/C');
  });
});

describe('connections', () => {
  it('what comes, goes and is marked is told while nothing is asked', async () => {
    const folder = await inbox('one', 'two');
    let told = (): void => undefined;
    const next = () => new Promise<void>((resolve) => (told = resolve));
    const watch = await openWatch({ ...options(), folder: 'INBOX', onChange: () => told() });
    for (const event of [
      () => dovecot.deposit(user, mail('three')),
      () => browser.flag(folder, [1], 'F', true),
      () => browser.remove(folder, [2]),
    ]) {
      const happened = next();
      await event();
      await happened;
    }
    watch.close();
  });

  it('the end of a connection is told once, and what was under way fails', async () => {
    const proxy = await startTcpProxy(dovecot.imapPort);
    const ends: (string | null)[] = [];
    const other = await openBrowser(options({ port: proxy.port, onClosed: (why) => ends.push(why?.code ?? null) }));
    const failed = failureOf(Promise.all([other.tree(), proxy.close()]));
    expect((await failed).code).toBe('connection-lost');
    expect(other.usable).toBe(false);
    expect((await failureOf(other.open('INBOX'))).code).toBe('connection-lost');
    expect(ends).toHaveLength(1);
  });
});
