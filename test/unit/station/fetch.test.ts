// One run against a maildrop in memory, with a real ledger and real Maildirs. Each test reads as: what lies on the server,
// what is run, what lies where afterwards.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FetchDeps, runFetch } from '../../../electron/station/fetch.js';
import { type Ledger, openLedger } from '../../../electron/station/ledger.js';
import { type Account, type AccountInput, account as accountSchema } from '../../../shared/account.js';
import { MailError } from '../../../shared/error.js';
import type { FetchReport } from '../../../shared/fetch.js';
import { scannerSettings } from '../../../shared/settings.js';
import type { Verdict } from '../../../shared/verdict.js';
import { type Dropped, type MemoryDrop, memoryDrop } from '../../support/memory-source.js';

let root: string;
let ledger: Ledger;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'todoku-fetch-'));
  for (const folder of ['run', 'problems', 'quarantine']) mkdirSync(join(root, folder));
  ledger = openLedger(join(root, 'ledger.db'));
});
afterEach(() => {
  ledger.close();
  rmSync(root, { recursive: true, force: true });
});

const inbox = () => join(root, 'mail', 'a.example', 'joe');
const message = (word: string, octets = 0) => Buffer.from(`Subject: ${word}\nFrom: <from@b.example>\n\n${word}\n${'x'.repeat(octets)}\n`);
const dropped = (...words: string[]): Dropped[] => words.map((word) => ({ uidl: `uid-${word}`, bytes: message(word) }));
const clean: Verdict = { kind: 'clean' };

function account(fetch: AccountInput['fetch'] = {}, more: Partial<AccountInput> = {}): Account {
  return accountSchema.parse({
    id: 'joe',
    name: 'Joe',
    host: 'pop.b.example',
    port: 995,
    user: 'joe',
    drop: { kind: 'singledrop', to: ['joe@a.example'] },
    fetch,
    ...more,
  });
}

function deps(drop: MemoryDrop, one: Account, change: Partial<FetchDeps> = {}): FetchDeps {
  return {
    account: one,
    ledger,
    check: false,
    signal: new AbortController().signal,
    host: 'station.example',
    runFolder: join(root, 'run'),
    problems: join(root, 'problems'),
    quarantine: join(root, 'quarantine'),
    scannerSettings: scannerSettings.parse({}),
    scannerReady: async () => undefined,
    scanner: { scan: async () => ({ verdict: clean, milliseconds: 1, scannedWith: 'ClamAV test' }) },
    resolve: () => ({
      destinations: [{ kind: 'maildir', maildir: inbox(), address: 'joe@a.example', originalTo: 'joe@a.example' }],
      refusals: [],
      drop: 'single-drop',
    }),
    onRefused: async () => null,
    onward: { send: async () => ({ refused: [], deferred: null, doubtful: [] }), forget: () => undefined },
    single: one.drop.kind === 'singledrop' && one.drop.to.length === 1,
    maildirs: async () => [inbox()],
    arrived: () => undefined,
    announce: () => undefined,
    statistics: () => undefined,
    open: async () => drop.open(),
    ...change,
  };
}
const run = (drop: MemoryDrop, one: Account, change: Partial<FetchDeps> = {}): Promise<FetchReport> => runFetch(deps(drop, one, change));

function files(maildir: string): string[] {
  return ['new', 'cur'].flatMap((part) => names(join(maildir, part)).map((name) => join(maildir, part, name)));
}
function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
/** Bodies of the delivered messages, our header lines cut off, in order of their first word. */
const delivered = () =>
  files(inbox())
    .map((path) => readFileSync(path, 'utf8').replace(/^[\s\S]*?(?=Subject: )/, ''))
    .sort();
const subjects = () => delivered().map((text) => /^Subject: (.*)/.exec(text)?.[1]);

test('new messages arrive once, with our lines on top and the bytes below untouched', async () => {
  const drop = memoryDrop(dropped('one', 'two'));
  const report = await run(drop, account());
  expect(report).toMatchObject({ messages: 2, seen: 0, delivered: 2, deleted: 0, exit: 0, failure: null });
  expect(delivered()).toEqual([message('one').toString(), message('two').toString()]);
  const [first = ''] = files(inbox()).map((path) => readFileSync(path, 'utf8'));
  expect(first.split('\nSubject')[0]).toMatch(
    /^Return-Path: <from@b\.example>\nX-Original-To: joe@a\.example\nDelivered-To: joe@a\.example\nX-Virus-Scanned: ClamAV test\nX-Virus-Status: Clean\nReceived: from pop\.b\.example \[127\.0\.0\.1\]\n\tby station\.example with POP3S \(Todoku-[\d.]+\)\n\tfor <joe@a\.example> \(single-drop\); \w{3}, \d\d \w{3} \d{4} [\d:]{8} \+0000 \(UTC\)$/,
  );
  expect(names(join(inbox(), 'tmp'))).toEqual([]);
  const again = await run(drop, account());
  expect(again).toMatchObject({ messages: 2, seen: 2, delivered: 0, exit: 1 });
  expect(drop.retrieved).toBe(2);
});

test('delete mode: DELE after the ledger, "deleted" only after QUIT', async () => {
  const drop = memoryDrop(dropped('one', 'two'));
  drop.quitFails = true;
  const refused = await run(drop, account({ retention: { kind: 'delete' } }));
  expect(refused).toMatchObject({ delivered: 2, deleted: 0, failure: { code: 'quit-refused' }, exit: 7 });
  expect(drop.messages).toHaveLength(2);
  drop.quitFails = false;
  const again = await run(drop, account({ retention: { kind: 'delete' } }));
  expect(again).toMatchObject({ delivered: 0, deleted: 2, exit: 1 });
  expect(drop.messages).toEqual([]);
  expect(subjects()).toEqual(['one', 'two']);
});

test('a connection lost in the middle: what came is kept, the rest comes next time, nothing twice', async () => {
  const drop = memoryDrop(dropped('one', 'two', 'three', 'four'));
  drop.breakAt = 3;
  expect(await run(drop, account({ retention: { kind: 'delete' } }))).toMatchObject({ failure: { code: 'connection-lost' }, exit: 2 });
  drop.breakAt = null;
  await run(drop, account({ retention: { kind: 'delete' } }));
  expect(subjects()).toEqual(['four', 'one', 'three', 'two']);
  expect(drop.messages).toEqual([]);
});

test('equal UIDLs in one listing are two messages', async () => {
  const drop = memoryDrop([
    { uidl: 'same', bytes: message('one') },
    { uidl: 'same', bytes: message('two') },
  ]);
  const report = await run(drop, account());
  expect(report.delivered).toBe(2);
  expect(report.notes).toContainEqual(expect.objectContaining({ kind: 'duplicate-uidl', uidl: 'same' }));
  expect(await run(drop, account())).toMatchObject({ seen: 2, delivered: 0 });
});

test('a UIDL used again after deletion: the same content is not delivered twice, other content is', async () => {
  const deleting = account({ retention: { kind: 'delete' } });
  const drop = memoryDrop([{ uidl: 'reused', bytes: message('one') }]);
  await run(drop, deleting);
  drop.messages = [{ uidl: 'reused', bytes: message('one') }];
  expect(await run(drop, deleting)).toMatchObject({ delivered: 0, deleted: 1 });
  drop.messages = [{ uidl: 'reused', bytes: message('two') }];
  expect(await run(drop, deleting)).toMatchObject({ delivered: 1, deleted: 1 });
  expect(subjects()).toEqual(['one', 'two']);
  expect(drop.messages).toEqual([]);
});

test('without UIDL the content is the identity; equal messages are still two', async () => {
  const drop = memoryDrop([
    { uidl: null, bytes: message('one') },
    { uidl: null, bytes: message('one') },
    { uidl: null, bytes: message('two') },
  ]);
  expect(await run(drop, account())).toMatchObject({ delivered: 3 });
  expect(await run(drop, account())).toMatchObject({ delivered: 0, seen: 3 });
  drop.messages.push({ uidl: null, bytes: message('three') });
  expect(await run(drop, account())).toMatchObject({ delivered: 1 });
  expect(subjects()).toEqual(['one', 'one', 'three', 'two']);
});

test('one message the server refuses does not stop the next, and is parked after three runs', async () => {
  const drop = memoryDrop(dropped('one', 'two', 'three'));
  drop.refused.add(2);
  expect(await run(drop, account())).toMatchObject({ delivered: 2, deferred: 1, exit: 10 });
  expect(await run(drop, account())).toMatchObject({ delivered: 0, deferred: 1 });
  expect(await run(drop, account())).toMatchObject({ parked: 1 });
  expect(ledger.failures('joe')).toMatchObject([{ uidl: 'uid-two', attempts: 3, parked: true }]);
  const before = drop.retrieved;
  expect(await run(drop, account())).toMatchObject({ seen: 3, exit: 1 });
  expect(drop.retrieved).toBe(before);
});

test('size limit: larger mail stays and is reported once', async () => {
  const drop = memoryDrop([{ uidl: 'big', bytes: message('big', 5000) }, ...dropped('small')]);
  const first = await run(drop, account({ sizeLimit: 1000 }));
  expect(first).toMatchObject({ delivered: 1, oversized: 1 });
  expect(first.notes).toContainEqual(expect.objectContaining({ kind: 'oversized', uidl: 'big' }));
  expect((await run(drop, account({ sizeLimit: 1000 }))).notes).toEqual([]);
  expect(await run(drop, account({ sizeLimit: 0 }))).toMatchObject({ delivered: 1 });
});

test("limits a run leave the rest for the next, with fetchmail's 13", async () => {
  const drop = memoryDrop(dropped('one', 'two', 'three'));
  expect(await run(drop, account({ maxMessages: 2 }))).toMatchObject({ delivered: 2, left: 1, exit: 13 });
  expect(await run(drop, account({ maxMessages: 2 }))).toMatchObject({ delivered: 1, left: 0, exit: 0 });
  expect(await run(memoryDrop([...drop.messages, ...dropped('four', 'five')]), account({ maxOctets: 10 }))).toMatchObject({
    delivered: 1,
    left: 1,
  });
});

test('a batch limit closes the session so that deletes take effect, and goes on', async () => {
  const drop = memoryDrop(dropped('one', 'two', 'three', 'four', 'five'));
  let sessions = 0;
  const open = async () => {
    sessions += 1;
    return drop.open();
  };
  expect(await run(drop, account({ batchLimit: 2, retention: { kind: 'delete' } }), { open })).toMatchObject({
    messages: 5,
    delivered: 5,
    deleted: 5,
  });
  expect(sessions).toBe(3);
});

test('delete after N days counts from the first delivery', async () => {
  const drop = memoryDrop(dropped('one'));
  const days = account({ retention: { kind: 'days', days: 7 } });
  await run(drop, days);
  expect(await run(drop, days)).toMatchObject({ deleted: 0 });
  for (const entry of [...ledger.entries('joe').values()]) await ledger.record({ ...entry, firstSeen: Date.now() - 8 * 86_400_000 });
  expect(await run(drop, days)).toMatchObject({ deleted: 1 });
  expect(drop.messages).toEqual([]);
});

test('an infected message goes to the quarantine with its reason, not to the mailbox', async () => {
  const scan = async (body: AsyncIterable<Uint8Array> | Buffer) => ({
    verdict: (body as Buffer).includes('evil') ? ({ kind: 'infected', signatures: ['Eicar-Test-Signature'] } as const) : clean,
    milliseconds: 1,
    scannedWith: 'ClamAV test',
  });
  const report = await run(memoryDrop(dropped('good', 'evil')), account(), { scanner: { scan } });
  expect(report).toMatchObject({ delivered: 1, quarantined: 1, verdicts: { clean: 1, infected: 1 } });
  expect(subjects()).toEqual(['good']);
  const [held = ''] = files(join(root, 'quarantine'));
  expect(readFileSync(held, 'utf8')).toContain('X-Virus-Status: Infected (Eicar-Test-Signature)');
  const [reason = ''] = names(join(root, 'quarantine', 'reason'));
  expect(JSON.parse(readFileSync(join(root, 'quarantine', 'reason', reason), 'utf8'))).toMatchObject({
    account: 'joe',
    mailboxes: [{ address: 'joe@a.example' }],
    verdict: { kind: 'infected' },
  });
});

test('required scanner down: nothing is retrieved', async () => {
  const drop = memoryDrop(dropped('one'));
  const scannerReady = async () => {
    throw new MailError('scanner-unavailable', 'no clamd', true);
  };
  expect(await run(drop, account(), { scannerReady })).toMatchObject({ delivered: 0, failure: { code: 'scanner-unavailable' }, exit: 10 });
  expect(drop.retrieved).toBe(0);
});

test('scanner dies during the run: nothing is delivered unscanned, all of it after recovery', async () => {
  const drop = memoryDrop(dropped('one', 'two', 'three'));
  let up = true;
  const scanner = {
    scan: async () => ({ verdict: { kind: 'unavailable', reason: 'no answer' } as const, milliseconds: 1, scannedWith: '' }),
  };
  const scannerReady = async () => {
    if (!up) throw new MailError('scanner-unavailable', 'no clamd', true);
    up = false;
  };
  expect(await run(drop, account({ retention: { kind: 'delete' } }), { scanner, scannerReady })).toMatchObject({
    delivered: 0,
    deleted: 0,
    failure: { code: 'scanner-unavailable' },
  });
  expect(files(inbox())).toEqual([]);
  expect(await run(drop, account({ retention: { kind: 'delete' } }))).toMatchObject({ delivered: 3, deleted: 3 });
});

test('optional scanner down: delivered, and marked not scanned', async () => {
  const scanner = {
    scan: async () => ({ verdict: { kind: 'unavailable', reason: 'no answer' } as const, milliseconds: 1, scannedWith: '' }),
  };
  await run(memoryDrop(dropped('one')), account(), { scanner, scannerSettings: scannerSettings.parse({ mode: 'optional' }) });
  expect(readFileSync(files(inbox())[0] ?? '', 'utf8')).toContain('X-Virus-Status: Not-Scanned (no answer)');
});

test('a Maildir that cannot be written ends the run and loses nothing', async () => {
  const drop = memoryDrop(dropped('one', 'two'));
  const blocked = join(root, 'ledger.db', 'not-a-folder');
  const resolve: FetchDeps['resolve'] = () => ({
    destinations: [{ kind: 'maildir', maildir: blocked, address: 'joe@a.example', originalTo: 'joe@a.example' }],
    refusals: [],
    drop: 'single-drop',
  });
  expect(await run(drop, account({ retention: { kind: 'delete' } }), { resolve })).toMatchObject({
    delivered: 0,
    deleted: 0,
    failure: { code: 'maildir' },
    exit: 10,
  });
  expect(await run(drop, account({ retention: { kind: 'delete' } }))).toMatchObject({ delivered: 2, deleted: 2 });
});

test('after a ledger is lost, what stands in the Maildir is adopted, not fetched again', async () => {
  const drop = memoryDrop(dropped('one', 'two'));
  await run(drop, account());
  ledger.close();
  rmSync(join(root, 'ledger.db'));
  ledger = openLedger(join(root, 'ledger.db'));
  expect(await run(drop, account())).toMatchObject({ delivered: 0, adopted: 2 });
  expect(drop.retrieved).toBe(2);
  expect(subjects()).toEqual(['one', 'two']);
});

test('--check counts and touches nothing', async () => {
  const drop = memoryDrop(dropped('one', 'two'));
  expect(await run(drop, account({ retention: { kind: 'delete' } }), { check: true })).toMatchObject({
    messages: 2,
    seen: 0,
    delivered: 0,
    deleted: 0,
  });
  expect(drop.messages).toHaveLength(2);
  expect(drop.retrieved).toBe(0);
});

test('a message larger than memory goes by a file and is equal to the octet', async () => {
  const bytes = message('large', 3_000_000);
  await run(memoryDrop([{ uidl: 'large', bytes }]), account());
  expect(delivered()).toEqual([bytes.toString()]);
  expect(names(join(root, 'run'))).toEqual([]);
});

test('refused with policy "keep": it stays on the server and is not asked for again', async () => {
  const drop = memoryDrop(dropped('one'));
  const resolve: FetchDeps['resolve'] = () => ({
    destinations: [],
    refusals: [{ address: 'x@a.example', refusal: { code: 550, status: '5.1.1', text: 'User unknown' } }],
    drop: 'single-drop',
  });
  expect(await run(drop, account({ retention: { kind: 'delete' } }), { resolve })).toMatchObject({ refused: 1, deleted: 0, delivered: 0 });
  expect(await run(drop, account({ retention: { kind: 'delete' } }), { resolve })).toMatchObject({ seen: 1, refused: 0 });
  expect(drop.messages).toHaveLength(1);
});

test('a server that loses UIDL and gets it back: nothing twice, either way', async () => {
  const bytes = [message('one'), message('two')];
  const drop = memoryDrop(bytes.map((one) => ({ uidl: null, bytes: one })));
  await run(drop, account());
  drop.messages = bytes.map((one, index) => ({ uidl: `u${index}`, bytes: one }));
  expect(await run(drop, account())).toMatchObject({ delivered: 0, seen: 2 });
  const before = drop.retrieved;
  expect(await run(drop, account())).toMatchObject({ delivered: 0, seen: 2 });
  expect(drop.retrieved).toBe(before);
  drop.messages = bytes.map((one) => ({ uidl: null, bytes: one }));
  expect(await run(drop, account())).toMatchObject({ delivered: 0, seen: 2 });
  expect(subjects()).toEqual(['one', 'two']);
});

test('a Maildir of which a crash left only tmp/ is completed', async () => {
  mkdirSync(join(inbox(), 'tmp'), { recursive: true });
  expect(await run(memoryDrop(dropped('one', 'two')), account())).toMatchObject({ delivered: 2, failure: null });
});

test('an alias that runs in a circle (451) keeps the mail waiting', async () => {
  const drop = memoryDrop(dropped('one'));
  const resolve: FetchDeps['resolve'] = () => ({
    destinations: [],
    refusals: [{ address: 'x@a.example', refusal: { code: 451, status: '4.6.0', text: '451 4.6.0 Alias expansion error' } }],
    drop: 'single-drop',
  });
  expect(await run(drop, account({ retention: { kind: 'delete' } }), { resolve })).toMatchObject({ deferred: 1, delivered: 0, deleted: 0 });
  expect(await run(drop, account({ retention: { kind: 'delete' } }))).toMatchObject({ delivered: 1, deleted: 1 });
});

test('the same listing again is known without reading the ledger, until anything in it or about it changes', async () => {
  const drop = memoryDrop(dropped('one', 'two'));
  await run(drop, account());
  await run(drop, account());
  const read = vi.spyOn(ledger, 'entries');
  expect(await run(drop, account())).toMatchObject({ seen: 2, exit: 1 });
  expect(read).not.toHaveBeenCalled();
  expect(await run(drop, account({ retention: { kind: 'delete' } }))).toMatchObject({ deleted: 2 });
  drop.messages = dropped('one', 'three');
  expect(await run(drop, account())).toMatchObject({ delivered: 1 });
});

test('without UIDL, what was refused and kept is never deleted, and is delivered once somebody takes it', async () => {
  const drop = memoryDrop([{ uidl: null, bytes: message('one') }]);
  const deleting = account({ retention: { kind: 'delete' } });
  const resolve: FetchDeps['resolve'] = () => ({
    destinations: [],
    refusals: [{ address: 'x@a.example', refusal: { code: 550, status: '5.1.1', text: 'User unknown' } }],
    drop: 'single-drop',
  });
  await run(drop, deleting, { resolve });
  await run(drop, deleting, { resolve });
  expect(drop.messages).toHaveLength(1);
  expect(await run(drop, deleting)).toMatchObject({ delivered: 1, deleted: 1 });
});

test('a DELE that fails leaves what the user asked for standing', async () => {
  const drop = memoryDrop(dropped('one'));
  drop.refused.add(1);
  for (let times = 0; times < 3; times += 1) await run(drop, account());
  const [parked] = ledger.failures('joe');
  if (parked === undefined) throw new Error('nothing is parked');
  ledger.fail({ ...parked, settle: 'delete' });
  const deaf = () => ({ ...drop.open(), delete: () => Promise.reject(new MailError('server-refused', '-ERR', true)) });
  await run(drop, account(), { open: async () => deaf() });
  expect(ledger.failures('joe')).toMatchObject([{ settle: 'delete' }]);
  await run(drop, account());
  expect(drop.messages).toEqual([]);
});

test('an account that is removed and made again fetches what is not here, and adopts what is', async () => {
  const drop = memoryDrop(dropped('one', 'two'));
  await run(drop, account());
  rmSync(files(inbox()).find((path) => readFileSync(path, 'utf8').includes('Subject: two')) ?? '');
  ledger.forgetAccount('joe');
  expect(await run(drop, account())).toMatchObject({ adopted: 1, delivered: 1 });
  expect(subjects()).toEqual(['one', 'two']);
});
