// Bounces as they are sent: the seed's unknown user, to a real Postfix, read by Python's email package; to whom none is sent; how many
// an hour; and one for one message, whenever the station is killed.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import type { AccountInput } from '../../../shared/account.js';
import type { BounceRow } from '../../../shared/station.js';
import { type AnswerProxy, startAnswerProxy } from '../../support/answer-proxy.js';
import { type EventKill, filesOf, type Kill, makeScenario, runStation } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { isRoot, type Postfix, startPostfix } from '../../support/postfix.js';

const said = '550 5.1.1 <test.kkk@example.com>: Recipient address rejected: User unknown in virtual mailbox table';
const kills: readonly (Kill | EventKill)[] = [
  { step: 'spool', message: 1 },
  { event: 'bounce.changed', nth: 1 },
  { step: 'route', message: 1 },
  { step: 'synced', message: 1 },
  { step: 'record', message: 1 },
  { step: 'quit', message: null },
  { step: 'end', message: null },
  { event: 'bounce.changed', nth: 2 },
];
const users = ['seed', 'none', 'rate', 'lost', 'killed', ...kills.keys()].map(String);

describe.skipIf(!isRoot)('bounces (a real Postfix needs root)', () => {
  let dovecot: Dovecot;
  let postfix: Postfix;
  const homes: string[] = [];
  const proxies: AnswerProxy[] = [];
  beforeAll(async () => {
    dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users: users.map((name) => ({ name, password: 'secret' })) });
    postfix = await startPostfix({
      main: {
        virtual_mailbox_domains: 'sender.example',
        virtual_mailbox_maps: `inline:{${users.map((name) => `${name}@sender.example=${name}/`).join(', ')}}`,
        virtual_mailbox_limit: '0',
        mailbox_size_limit: '0',
      },
    });
  });
  afterAll(async () => {
    await dovecot?.stop();
    await postfix?.stop();
  });
  afterEach(async () => {
    for (const proxy of proxies.splice(0)) await proxy.close();
    for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
  });

  /** The seed's: a message fetched for test.kkk@example.com, whom the declared domain does not know. */
  function scenario(user: string, port = postfix.port, routing: object = {}): string {
    const account: Partial<AccountInput> & { port: number; user: string } = {
      port: dovecot.pop3Port,
      user,
      fetch: { retention: { kind: 'delete' } },
      drop: { kind: 'singledrop', to: ['test.kkk@example.com'] },
      refusal: 'bounce',
      sending: { host: '127.0.0.1', port, security: 'none', anonymous: true },
    };
    const { home } = makeScenario(account, 'secret', null);
    homes.push(home);
    const path = join(home, 'settings.json');
    const settings = JSON.parse(readFileSync(path, 'utf8')) as { routing: object };
    settings.routing = { ...settings.routing, domains: ['example.com'], postmaster: 'postmaster@own.example', ...routing };
    writeFileSync(path, JSON.stringify(settings));
    return home;
  }
  const mail = (user: string, subject: string, more = '') =>
    `Return-Path: <${user}@sender.example>\n${more}From: <${user}@sender.example>\nSubject: ${subject}\nMessage-ID: <${subject}@sender.example>\n\nbody\n`;
  const postmaster = (home: string) =>
    filesOf(join(home, 'mail', 'own.example', 'postmaster')).map((path) => /^Subject: (.*)/m.exec(readFileSync(path, 'utf8'))?.[1]);
  const inbox = (user: string) => filesOf(join(postfix.mail, user));

  async function run(home: string): Promise<readonly BounceRow[]> {
    const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
    const [report] = await running.station['fetch.now']({ id: null, check: false });
    expect(report?.failure).toBe(null);
    const rows = await running.station['bounce.list']({ days: 1 });
    await running.close();
    return rows;
  }
  async function arrived(user: string): Promise<string> {
    for (const until = Date.now() + 30_000; ; await wait(50)) {
      const [first] = inbox(user);
      if (first !== undefined) return first;
      if (Date.now() > until) throw new Error(`no bounce for ${user}:\n${postfix.log()}`);
    }
  }

  test("the seed's bounce, as Python's email package reads it", async () => {
    await dovecot.deposit('seed', mail('seed', 'hello'));
    const [row] = await run(scenario('seed'));
    expect(row).toMatchObject({ final: 'test.kkk@example.com', status: '5.1.1', smtpCode: 550, diagnostic: { type: 'smtp', text: said } });
    expect(row?.returned).toMatchObject({ state: 'sent', to: 'seed@sender.example' });
    const raw = readFileSync(await arrived('seed'));
    const read = JSON.parse(execFileSync('python3', [join(import.meta.dirname, 'parse.py')], { input: raw, encoding: 'utf8' }));
    expect(read).toMatchObject({
      type: 'multipart/report',
      report: 'delivery-status',
      parts: ['text/plain', 'message/delivery-status', 'text/rfc822-headers'],
      defects: [],
      returned: 'hello',
    });
    expect(read.header).toMatchObject({ 'Auto-Submitted': 'auto-replied', 'Return-Path': '<>', To: 'seed@sender.example' });
    expect(read.header['Message-ID']).toMatch(/^<todoku-dsn-[0-9a-f]{32}@\S+>$/);
    expect(Math.abs(Date.parse(read.date) - Date.now())).toBeLessThan(3_600_000);
    expect(read.recipients).toHaveLength(1);
    expect(read.recipients[0]).toMatchObject({ 'Final-Recipient': 'rfc822; test.kkk@example.com', Action: 'failed', Status: '5.1.1' });
    expect(read.recipients[0]['Diagnostic-Code'].replace(/\s+/g, ' ')).toBe(`smtp; ${said}`);
    expect(read.text).toContain(`SMTP error: ${said}`);
  });

  test('nobody is told who must not be: the message goes to the postmaster, and is a row', async () => {
    const forbidden: readonly [string, string][] = [
      ['null-sender', mail('none', 'null-sender').replace('<none@sender.example>', '<>')],
      ['no-return-path', mail('none', 'no-return-path').replace(/^Return-Path.*\n/, '')],
      ['list', mail('none', 'list', 'List-Id: <list.sender.example>\n')],
      ['bulk', mail('none', 'bulk', 'Precedence: bulk\n')],
      ['auto', mail('none', 'auto', 'Auto-Submitted: auto-generated\n')],
      ['daemon', mail('none', 'daemon').replace('<none@', '<MAILER-DAEMON@')],
    ];
    for (const [, text] of forbidden) await dovecot.deposit('none', text);
    const home = scenario('none');
    const rows = await run(home);
    expect(rows.map(({ returned }) => [returned?.state, returned?.why])).toEqual(forbidden.map(() => ['not', 'forbidden']));
    expect(postmaster(home).sort()).toEqual(forbidden.map(([name]) => name).sort());
    expect(inbox('none')).toEqual([]);
  });

  test('what is over the limit of an hour goes to the postmaster', async () => {
    for (const word of ['one', 'two', 'three']) await dovecot.deposit('rate', mail('rate', word));
    const home = scenario('rate', postfix.port, { bouncesPerHour: 2 });
    const rows = await run(home);
    expect(rows.map(({ returned }) => returned?.state).sort()).toEqual(['not', 'sent', 'sent']);
    expect(postmaster(home)).toHaveLength(1);
  });

  test('the answer to a bounce is lost: it is not sent again', async () => {
    const proxy = await startAnswerProxy({ host: '127.0.0.1', port: postfix.port }, /\r\n\.\r\n$/, /^250 /m);
    proxies.push(proxy);
    proxy.lose(1);
    await dovecot.deposit('lost', mail('lost', 'lost'));
    const home = scenario('lost', proxy.port);
    expect((await run(home)).map(({ returned }) => returned?.state)).toEqual(['lost']);
    expect((await run(home)).map(({ returned }) => returned?.state)).toEqual(['lost']);
    await arrived('lost');
    expect(inbox('lost')).toHaveLength(1);
  });

  test('killed between the end of a bounce and its answer: it is not sent again', async () => {
    const proxy = await startAnswerProxy({ host: '127.0.0.1', port: postfix.port }, /\r\n\.\r\n$/, /^250 /m);
    proxies.push(proxy);
    await dovecot.deposit('killed', mail('killed', 'killed'));
    const home = scenario('killed', proxy.port);
    const program = join(import.meta.dirname, '../../support/crash-child.js');
    const child = spawn(process.execPath, [program, JSON.stringify({ home, kill: null })], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    proxy.lose(1, () => child.kill('SIGKILL'));
    expect(await ended).toBe('SIGKILL');
    expect((await run(home)).map(({ returned }) => returned?.state)).toEqual(['lost']);
    await arrived('killed');
    expect(inbox('killed')).toHaveLength(1);
  });

  test('kill -9 anywhere: one bounce for one message, and nothing left', { timeout: 300_000 }, async () => {
    const counts: Record<string, number> = {};
    for (const [index, kill] of kills.entries()) {
      const user = String(index);
      await dovecot.deposit(user, mail(user, `kill-${index}`));
      const home = scenario(user);
      const { killed } = await runStation(home, kill);
      const rows = await run(home);
      expect([killed, rows.map(({ returned }) => returned?.state)], JSON.stringify(kill)).toEqual([true, ['sent']]);
      await arrived(user);
      counts[JSON.stringify(kill)] = inbox(user).length;
      expect(filesOf(dovecot.maildirOf(user))).toEqual([]);
      expect(postmaster(home)).toEqual([]);
    }
    console.log(`bounce crash matrix: kill -9 | scenarios ${kills.length} | bounces ${Object.values(counts).join(' ')}`);
    expect(Object.values(counts)).toEqual(kills.map(() => 1));
  });
});
