// Mail that a station hands on: to a real Postfix by SMTP, to a real Dovecot by LMTP and into its IMAP folder. What each answer makes
// of the message; kill -9 of the station at each step; answers that are lost. Lost 0 always; where a copy may be the second one, it is said.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'libsql';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import type { AccountInput } from '../../../shared/account.js';
import type { FetchReport, FetchStepName } from '../../../shared/fetch.js';
import { type AnswerProxy, startAnswerProxy } from '../../support/answer-proxy.js';
import { filesOf, type Kill, makeScenario, runStation } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { isRoot, type Postfix, startPostfix } from '../../support/postfix.js';

type Kind = 'smtp' | 'lmtp' | 'imap';
const kinds: readonly Kind[] = isRoot ? ['smtp', 'lmtp', 'imap'] : ['lmtp', 'imap'];
const count = 3;
const steps: readonly FetchStepName[] = ['route', 'scan', 'hand', 'handed', 'synced', 'record', 'delete'];
const messagesOf = (step: FetchStepName) => (step === 'hand' || step === 'handed' ? [1, count] : [2]);
const matrix = kinds.flatMap((kind) =>
  steps.flatMap((step) => messagesOf(step).map((message): { kind: Kind; kill: Kill } => ({ kind, kill: { step, message } }))),
);
const extra = ['codes', 'partial', 'lost-smtp', 'lost-lmtp', 'lost-imap', 'folder', 'full', 'box'];
/** The user whose maildrop a scenario fetches, and the one it is handed to. */
const from = (index: number | string) => `from${index}`;
const to = (index: number | string) => `to${index}@example.com`;

let dovecot: Dovecot;
let postfix: Postfix | null = null;
const homes: string[] = [];
const proxies: AnswerProxy[] = [];

beforeAll(async () => {
  const names = [...matrix.keys(), ...extra];
  dovecot = await startDovecot({
    protocols: ['pop3', 'imap', 'lmtp'],
    tls: false,
    users: names.flatMap((index) => [
      { name: from(index), password: 'secret' },
      { name: to(index), password: 'secret' },
    ]),
  });
  if (isRoot)
    postfix = await startPostfix({
      main: {
        virtual_mailbox_domains: 'example.com',
        virtual_mailbox_maps: `inline:{${names.map((index) => `${to(index)}=${index}/`).join(', ')}}`,
        virtual_mailbox_limit: '0',
        mailbox_size_limit: '0',
        message_size_limit: '20000',
        smtpd_sender_restrictions:
          'check_sender_access inline:{ {later@b.example = 450 4.1.7 later}, {bad@b.example = 553 5.1.8 bad sender}, {spam@b.example = 571 5.7.1 spam} }',
        smtpd_recipient_restrictions:
          'check_recipient_access inline:{ {tls@example.com = 530 5.7.0 Must issue a STARTTLS command first}, {grey@example.com = 450 4.2.0 greylisted} } permit_mynetworks',
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

const mail = (word: string, sender = 's@b.example', octets = 0) =>
  Buffer.from(
    `Return-Path: <${sender}>\nFrom: <${sender}>\nSubject: ${word}\nMessage-ID: <${word}@b.example>\n\n.${word}\n${'x\n'.repeat(octets / 2)}`,
  );

/** An account of its own for `index`, with the IMAP account that it may append to beside it, paused. */
function scenario(index: number | string, target: AccountInput['target'], more: Partial<AccountInput> = {}) {
  const made = makeScenario(
    {
      port: dovecot.pop3Port,
      user: from(index),
      fetch: { retention: { kind: 'delete' } },
      drop: { kind: 'singledrop', to: [to(index)] },
      ...(target === undefined ? {} : { target }),
      ...more,
    },
    'secret',
    null,
  );
  homes.push(made.home);
  change(made.home, (settings) => {
    settings.accounts.push({
      ...settings.accounts[0],
      ...{ id: 'box', name: 'Box', protocol: 'imap', port: dovecot.imapPort, user: to(index), enabled: false },
      target: { kind: 'maildir' },
    });
  });
  const secrets = JSON.parse(readFileSync(join(made.home, 'secrets.json'), 'utf8')) as object;
  writeJson(join(made.home, 'secrets.json'), { ...secrets, 'box/receive': { sealed: false, value: 'secret' } });
  return made;
}
// biome-ignore lint/suspicious/noExplicitAny: settings as they lie on disk
function change(home: string, how: (settings: any) => void): void {
  const path = join(home, 'settings.json');
  const settings = JSON.parse(readFileSync(path, 'utf8'));
  how(settings);
  writeJson(path, settings);
}
function writeJson(path: string, content: unknown): void {
  rmSync(path);
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
}
function targetOf(kind: Kind): NonNullable<AccountInput['target']> {
  if (kind === 'smtp') return { kind, host: '127.0.0.1', port: postfix?.port ?? 0 };
  if (kind === 'lmtp') return { kind, socket: dovecot.lmtpSocket };
  return { kind, account: 'box', folder: 'INBOX' };
}
const boxOf = (kind: Kind, index: number | string) =>
  kind === 'smtp' ? join(postfix?.mail ?? '', String(index)) : dovecot.maildirOf(to(index));

async function run(home: string): Promise<FetchReport> {
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const [report] = await running.station['fetch.now']({ id: 'joe', check: false });
  await running.close();
  if (report === undefined) throw new Error('no report');
  return report;
}
const subjects = (maildir: string) => filesOf(maildir).map((path) => /^Subject: (.*)/m.exec(readFileSync(path, 'latin1'))?.[1] ?? '');

/** Postfix delivers by itself, later: waits for each word at least once, and until its queue is empty. */
async function arrived(kind: Kind, index: number | string, words: readonly string[]): Promise<readonly string[]> {
  for (const until = Date.now() + 30_000; ; await wait(50)) {
    const found = subjects(boxOf(kind, index));
    const queued =
      kind === 'smtp' ? ['incoming', 'active', 'maildrop'].flatMap((name) => files(join(postfix?.root ?? '', 'queue', name))) : [];
    if ((words.every((word) => found.includes(word)) && queued.length === 0) || Date.now() > until) return [...found].sort();
  }
}
function files(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => /[0-9A-F]{6,}/.test(name));
  } catch {
    return [];
  }
}
const left = (index: number | string) => filesOf(dovecot.maildirOf(from(index))).length;
const noted = (report: FetchReport | undefined) => report?.notes.filter(({ kind }) => kind === 'possible-duplicate').length ?? 0;

test('kill -9 at each step of mail that is handed on', { timeout: 600_000 }, async () => {
  const rows: { name: string; killed: boolean; lost: number; twice: number; told: number; left: number }[] = [];
  for (const [index, { kind, kill }] of matrix.entries()) {
    const words = Array.from({ length: count }, (_, number) => `${kind}-${index}-${number}`);
    for (const word of words) await dovecot.deposit(from(index), mail(word));
    const { home } = scenario(index, targetOf(kind));
    const { killed } = await runStation(home, kill);
    const last = await runStation(home, null);
    const report = last.reports.find(({ account }) => account === 'joe');
    expect(report?.failure ?? null, `${kind} ${kill.step}`).toBe(null);
    const found = await arrived(kind, index, words);
    const times = words.map((word) => found.filter((one) => one === word).length);
    rows.push({
      ...{ name: `${kind} ${kill.step} ${kill.message}`, killed, left: left(index), told: noted(report) },
      ...{ lost: times.filter((one) => one === 0).length, twice: times.filter((one) => one > 1).length },
    });
  }
  const sum = (key: 'lost' | 'twice' | 'told' | 'left') => rows.reduce((all, row) => all + row[key], 0);
  console.log(
    `relay crash matrix: kill -9 | scenarios ${rows.length} | kills ${rows.filter(({ killed }) => killed).length} | lost ${sum('lost')} | twice ${sum('twice')}, told ${sum('told')} | left on the server ${sum('left')}`,
  );
  expect(rows.filter((row) => row.lost + row.left > 0 || row.twice > row.told)).toEqual([]);
  expect(rows.filter(({ killed }) => !killed).map(({ name }) => name)).toEqual([]);
  // An IMAP folder is asked: no second copy, and nothing to tell.
  expect(rows.filter(({ name, twice, told }) => name.startsWith('imap') && twice + told > 0)).toEqual([]);
  // A doubt is only where the end of the message may have been sent.
  expect(rows.filter(({ name, told }) => told > 0 && !name.includes('hand')).map(({ name }) => name)).toEqual([]);
});

test.each(kinds)('the answer to a message is lost after it: %s', async (kind) => {
  const index = `lost-${kind}`;
  const words = [`${index}-a`, `${index}-b`];
  for (const word of words) await dovecot.deposit(from(index), mail(word));
  const place =
    kind === 'lmtp' ? { path: dovecot.lmtpSocket } : { host: '127.0.0.1', port: kind === 'smtp' ? (postfix?.port ?? 0) : dovecot.imapPort };
  const proxy =
    kind === 'imap' ? await startAnswerProxy(place, null, /^\S+ OK \[APPENDUID/m) : await startAnswerProxy(place, /\r\n\.\r\n$/, /^250 /m);
  proxies.push(proxy);
  const through = kind === 'smtp' ? { kind, host: '127.0.0.1', port: proxy.port } : { kind, host: '127.0.0.1', port: proxy.port };
  const { home } = scenario(index, kind === 'imap' ? targetOf(kind) : (through as AccountInput['target']));
  if (kind === 'imap')
    change(home, (settings) => {
      settings.accounts[1].port = proxy.port;
    });
  proxy.lose(1);
  const first = await run(home);
  expect(first).toMatchObject({ failure: null, deferred: 1 });
  expect(first.notes.map(({ failure }) => failure?.code)).toEqual(['relay-doubt']);
  const second = await run(home);
  expect(second).toMatchObject({ failure: null, deferred: 0, delivered: 1 });
  const found = await arrived(kind, index, words);
  expect([...new Set(found)].sort()).toEqual(words);
  const twice = found.length - words.length;
  console.log(`answer lost after the message, ${kind}: copies ${found.length} of ${words.length} messages, told ${noted(second)}`);
  expect([twice, noted(second)]).toEqual(kind === 'imap' ? [0, 0] : [1, 1]);
  // The second copy can be told from another message: both carry the delivery key.
  const keys = filesOf(boxOf(kind, index)).map((path) => /^X-Todoku-Delivery: (\S+)/m.exec(readFileSync(path, 'latin1'))?.[1]);
  expect(new Set(keys).size).toBe(words.length);
  expect(left(index)).toBe(0);
});

test.skipIf(!isRoot)('a real Postfix: each code, and what becomes of the message', async () => {
  const index = 'codes';
  const cases: readonly [string, Buffer][] = [
    ['250', mail('good')],
    ['450', mail('later', 'later@b.example')],
    ['553', mail('bad', 'bad@b.example')],
    ['571', mail('spam', 'spam@b.example')],
    ['552', mail('big', 's@b.example', 60_000)],
  ];
  for (const [, bytes] of cases) await dovecot.deposit(from(index), bytes);
  const { home, maildir } = scenario(index, { ...targetOf('smtp'), antispam: [571] } as AccountInput['target'], { refusal: 'bounce' });
  const report = await run(home);
  expect(report).toMatchObject({ failure: null, deferred: 1, refused: 0 });
  expect(await arrived('smtp', index, ['good'])).toEqual(['good']);
  // 552 is bounced; a bad sender and spam never are (as in fetchmail): they go to the postmaster, here the account's own mailbox.
  expect(subjects(join(home, 'mail', 'example.com', 'tocodes')).sort()).toEqual(['bad', 'spam']);
  expect(subjects(maildir)).toEqual([]);
  const database = new Database(join(home, 'ledger.db'));
  const rows = database.prepare('SELECT state, why, sender FROM bounce ORDER BY why, sender').all();
  database.close();
  expect(rows).toMatchObject([{ state: 'failed' }, { state: 'not', why: 'quiet' }, { state: 'not', why: 'quiet' }]);
  expect(left(index)).toBe(1);
});

test.skipIf(!isRoot)('530 and 4xx wait; 550 is refused; and one recipient that waits holds no other up twice', async () => {
  const index = 'partial';
  await dovecot.deposit(from(index), mail('three'));
  const { home } = scenario(index, targetOf('smtp'), {
    drop: { kind: 'singledrop', to: [to(index), 'nobody@example.com', 'tls@example.com'] },
  });
  expect(await run(home)).toMatchObject({ failure: null, deferred: 1 });
  change(home, (settings) => {
    settings.accounts[0].drop.to = [to(index), 'nobody@example.com'];
  });
  expect(await run(home)).toMatchObject({ failure: null, deferred: 0 });
  expect(await arrived('smtp', index, ['three'])).toEqual(['three']);
  expect(left(index)).toBe(0);
});

test('LMTP answers for each recipient: who has the message is not sent it again', async () => {
  const index = 'full';
  const box = dovecot.maildirOf(to('full'));
  rmSync(box, { recursive: true });
  writeFileSync(box, '');
  await dovecot.deposit(from(index), mail('partly'));
  const { home } = scenario(index, targetOf('lmtp'), { drop: { kind: 'singledrop', to: [to('box'), to('full'), 'nobody@example.com'] } });
  expect(await run(home)).toMatchObject({ failure: null, deferred: 1 });
  expect(subjects(dovecot.maildirOf(to('box')))).toEqual(['partly']);
  rmSync(box);
  expect(await run(home)).toMatchObject({ failure: null, deferred: 0 });
  expect(subjects(dovecot.maildirOf(to('box')))).toEqual(['partly']);
  expect(subjects(box)).toEqual(['partly']);
  expect(left(index)).toBe(0);
});

test('a folder that is not there is made; a mailbox may have a target of its own', async () => {
  const index = 'folder';
  await dovecot.deposit(from(index), mail('filed'));
  const { home } = scenario(index, undefined);
  change(home, (settings) => {
    settings.routing.mailboxes.push({
      address: to(index),
      path: 'x/',
      limit: null,
      target: { kind: 'imap', account: 'box', folder: 'Archive/2026' },
    });
  });
  expect(await run(home)).toMatchObject({ failure: null, delivered: 1 });
  const folder = readdirSync(dovecot.maildirOf(to(index))).find((name) => name.startsWith('.Archive')) ?? '';
  expect(subjects(join(dovecot.maildirOf(to(index)), folder))).toEqual(['filed']);
  const [text = ''] = filesOf(join(dovecot.maildirOf(to(index)), folder)).map((path) => readFileSync(path, 'latin1'));
  expect(text).toContain(`Delivered-To: ${to(index)}\n`);
});
