// An IMAP account as a source of a station, on a real Dovecot: exactly once over runs, restarts, lost connections and a folder
// numbered anew; and its bytes.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import type { AccountInput } from '../../../shared/account.js';
import type { FetchReport } from '../../../shared/fetch.js';
import { corpus, readMail } from '../../support/corpus.js';
import { audit, filesOf, makeScenario, type ScenarioHome, scenarioMessages, withoutHead } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { startTcpProxy } from '../../support/tcp-proxy.js';
import { open, password } from './client.js';

const names = Array.from({ length: 12 }, (_, index) => `joe${index}`);
const homes: string[] = [];
let dovecot: Dovecot;
let user = '';
let turn = 0;

beforeAll(async () => {
  dovecot = await startDovecot({ protocols: ['imap'], tls: false, users: names.map((name) => ({ name, password })) });
});
afterAll(() => dovecot?.stop());
beforeEach(() => {
  user = names[turn++] ?? '';
});
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

function scenario(kind: 'keep' | 'delete', more: Partial<AccountInput> = {}): ScenarioHome {
  const account = { protocol: 'imap' as const, port: dovecot.imapPort, user, fetch: { retention: { kind } }, ...more };
  const made = makeScenario(account, password, null);
  homes.push(made.home);
  return made;
}

async function run(home: string): Promise<FetchReport> {
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const [report] = await running.station['fetch.now']({ id: null, check: false });
  await running.close();
  if (report === undefined) throw new Error('no report');
  return report;
}

async function deposit(messages: readonly Buffer[]): Promise<void> {
  for (const bytes of messages) await dovecot.deposit(user, bytes);
}

async function uidls(): Promise<string[]> {
  const session = await open({ port: dovecot.imapPort, user });
  const listing = await session.list();
  session.abort();
  return listing.map(({ uidl }) => uidl);
}

/** What a server does after a disaster: new UIDVALIDITY, every message numbered again. */
async function renumber(): Promise<void> {
  const before = await uidls();
  const maildir = dovecot.maildirOf(user);
  for (const name of readdirSync(maildir)) if (/^dovecot[.-](?:index|uidlist)/.test(name)) rmSync(join(maildir, name));
  const after = await uidls();
  expect(after.length).toBe(before.length);
  expect(after.filter((uidl) => before.includes(uidl))).toEqual([]);
}

/** An IMAP literal cannot hold NUL (RFC 9051, CHAR8): Dovecot gives 0x80 for it. */
const served = (messages: readonly Buffer[]) => messages.map((bytes) => bytes.map((octet) => (octet === 0 ? 0x80 : octet)) as Buffer);

const nothing = { lost: 0, duplicated: 0, changed: 0, left: 0 };

it('keeps: five runs, new mail between them, all unread there and once here', async () => {
  const { home, maildir } = scenario('keep');
  const sent = [...scenarioMessages(5, 'first')];
  await deposit(sent);
  const delivered = [(await run(home)).delivered, (await run(home)).delivered];
  const more = scenarioMessages(3, 'second');
  await deposit(more);
  sent.push(...more);
  delivered.push((await run(home)).delivered, (await run(home)).delivered, (await run(home)).delivered);
  expect(delivered).toEqual([5, 0, 3, 0, 0]);
  expect(audit(served(sent), [maildir], 0)).toEqual(nothing);
  expect(filesOf(dovecot.maildirOf(user)).map((path) => path.split(':2,')[1] ?? '')).toEqual(sent.map(() => ''));
});

it('deletes: what was delivered, after it was', async () => {
  const { home, maildir } = scenario('delete');
  const sent = scenarioMessages(4, 'gone');
  await deposit(sent);
  const report = await run(home);
  expect([report.delivered, report.deleted, report.failure]).toEqual([4, 4, null]);
  expect(audit(served(sent), [maildir], filesOf(dovecot.maildirOf(user)).length)).toEqual(nothing);
  expect((await run(home)).delivered).toBe(0);
});

it('a folder numbered anew brings nothing twice, and new mail once', async () => {
  const { home, maildir } = scenario('keep');
  const sent = [...scenarioMessages(4, 'anew')];
  // Two that are equal stay two.
  const twin = sent[0] ?? Buffer.alloc(0);
  await deposit([...sent, twin]);
  expect((await run(home)).delivered).toBe(5);
  await renumber();
  const more = scenarioMessages(1, 'later');
  await deposit(more);
  sent.push(...more);
  expect((await run(home)).delivered).toBe(1);
  expect((await run(home)).delivered).toBe(0);
  await renumber();
  expect((await run(home)).delivered).toBe(0);
  expect(audit(served(sent), [maildir], 0)).toEqual({ ...nothing, duplicated: 1 });
});

it('what is to be deleted after the folder was numbered anew is deleted, and not delivered again', async () => {
  const { home, maildir } = scenario('keep');
  const sent = scenarioMessages(3, 'undeleted');
  await deposit(sent);
  expect((await run(home)).delivered).toBe(3);
  await renumber();
  const settings = join(home, 'settings.json');
  const text = readFileSync(settings, 'utf8');
  writeFileSync(settings, text.replace('"retention":{"kind":"keep"}', '"retention":{"kind":"delete"}'), { mode: 0o600 });
  expect(await run(home)).toMatchObject({ failure: null, delivered: 0, deleted: 3 });
  expect(audit(served(sent), [maildir], filesOf(dovecot.maildirOf(user)).length)).toEqual(nothing);
});

it.each(['keep', 'delete'] as const)('%s: the connection lost anywhere, run after run', async (kind) => {
  const proxy = await startTcpProxy(dovecot.imapPort);
  const { home, maildir } = scenario(kind, { port: proxy.port });
  const sent = scenarioMessages(8, `cut-${kind}`);
  await deposit(sent);
  const codes = new Set<string>();
  for (let cut = 300; cut < 16_000; cut += 900) {
    proxy.cutAfter(cut);
    codes.add((await run(home)).failure?.code ?? 'none');
  }
  proxy.cutAfter(null);
  const last = await run(home);
  expect(last.failure).toBe(null);
  expect([...codes].filter((code) => !['none', 'connection-lost', 'quit-refused'].includes(code))).toEqual([]);
  expect(codes).toContain('connection-lost');
  const left = kind === 'delete' ? filesOf(dovecot.maildirOf(user)).length : 0;
  expect(audit(served(sent), [maildir], left)).toEqual(nothing);
  await proxy.close();
});

it('a wrong password is the account’s failure, and nothing is touched', async () => {
  await deposit(scenarioMessages(1, 'untouched'));
  const { home } = scenario('delete');
  const broken = makeScenario({ protocol: 'imap', port: dovecot.imapPort, user }, 'wrong', null);
  homes.push(home, broken.home);
  expect((await run(broken.home)).failure).toMatchObject({ code: 'auth', account: 'Joe', user });
  expect(filesOf(dovecot.maildirOf(user)).length).toBe(1);
});

it('6,046 mails arrive to the octet', { timeout: 600_000 }, async () => {
  const { home, maildir } = scenario('keep');
  const asLf = (bytes: Buffer) => bytes.toString('latin1').replaceAll('\r\n', '\n');
  const wanted = new Map<string, number>();
  for (const mail of corpus()) {
    const bytes = readMail(mail);
    await dovecot.deposit(user, bytes);
    wanted.set(asLf(bytes), (wanted.get(asLf(bytes)) ?? 0) + 1);
  }
  const report = await run(home);
  expect(report).toMatchObject({ failure: null, delivered: 6046, deferred: 0 });
  const strange = filesOf(maildir).filter((path) => {
    const key = withoutHead(readFileSync(path)).toString('latin1');
    const left = wanted.get(key) ?? 0;
    wanted.set(key, left - 1);
    return left === 0;
  });
  console.log(`IMAP byte exactness: 6046 mails, ${strange.length} differ, ${(report.milliseconds / 1000).toFixed(1)} s`);
  expect(strange).toEqual([]);
  expect((await run(home)).delivered).toBe(0);
});
