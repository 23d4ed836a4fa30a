// Bad input (issue 2) as a table: each fault is named in two languages with a remedy, and when it is mended the next run delivers
// every message exactly once.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunningStation } from '../../../electron/station/context.js';
import { openStation } from '../../../electron/station/open.js';
import type { AccountInput } from '../../../shared/account.js';
import { type Failure, MailError, toFailure } from '../../../shared/error.js';
import { explain } from '../../../shared/failure-text.js';
import type { FetchReport } from '../../../shared/fetch.js';
import { startClamd } from '../../support/clamd.js';
import { audit, makeScenario, type ScenarioHome, scenarioMessages } from '../../support/crash.js';
import { startFakeClamd } from '../../support/fake-clamd.js';
import { type FakePop3, type Fault, fakePassword, fakeUser, type Script, startFakePop3 } from '../../support/fake-pop3.js';
import { freePort } from '../../support/ports.js';

type Mend = () => void | Promise<void>;
type Answer = NonNullable<Script['answer']>;

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const crlf = (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
const password = (home: string, value: string) =>
  writeFileSync(join(home, 'secrets.json'), JSON.stringify({ 'joe/receive': { sealed: false, value } }), { mode: 0o600 });
const edit = (home: string, change: (settings: { accounts: AccountInput[]; scanner: object }) => unknown) => {
  const path = join(home, 'settings.json');
  const value = JSON.parse(readFileSync(path, 'utf8'));
  change(value);
  writeFileSync(path, JSON.stringify(value), { mode: 0o600 });
};

async function open(home: string): Promise<RunningStation> {
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  endings.push(() => running.close());
  return running;
}

/** One run in a station of its own: what `todoku poll` is. */
async function runOnce(home: string): Promise<FetchReport> {
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  try {
    const [report] = await running.station['fetch.now']({ id: null, check: false });
    if (report === undefined) throw new Error('no report');
    return report;
  } finally {
    await running.close();
  }
}

/** The failure of the run, or of its first message that could not be taken, or of the opening. */
async function failureOf(home: string): Promise<Failure> {
  try {
    const report = await runOnce(home);
    const failure = report.failure ?? report.notes.find((note) => note.failure !== null)?.failure;
    if (failure === undefined || failure === null) throw new Error(`nothing failed: ${JSON.stringify(report)}`);
    return failure;
  } catch (error) {
    if (error instanceof MailError) return toFailure(error);
    throw error;
  }
}

/** Both languages say what and what next; both name the account, unless it is the whole station that cannot run. */
function expectSaid(failure: Failure, account: boolean): void {
  for (const language of ['en', 'ja'] as const) {
    const { what, next } = explain(failure, language);
    expect(next, `${failure.code} in ${language} names a remedy`).not.toBe('');
    if (account) expect(what).toContain('Joe');
    if (language === 'ja') expect(what + next).toMatch(/[ぁ-ん]/);
  }
}

interface Stage extends ScenarioHome {
  readonly server: FakePop3;
  readonly sent: readonly Buffer[];
}

/** A good server with three messages; `fault` answers until disarmed. */
async function stage(word: string, fault?: Answer, more: Partial<AccountInput> = {}, clamd: string | null = null) {
  const sent = scenarioMessages(3, word);
  const armed = { on: true };
  const server = await startFakePop3({
    accounts: [{ user: fakeUser, password: fakePassword, messages: sent.map(crlf) }],
    answer: (line, usual) => (armed.on ? fault?.(line, usual) : undefined),
  });
  const made = makeScenario(
    { port: server.port, user: fakeUser, fetch: { retention: { kind: 'delete' }, timeout: 1 }, ...more },
    fakePassword,
    clamd,
  );
  endings.push(
    () => server.close(),
    () => rmSync(made.home, { recursive: true, force: true }),
  );
  return { ...made, server, sent, disarm: () => Object.assign(armed, { on: false }) };
}

async function expectWhole({ home, maildir, sent, server }: Stage): Promise<void> {
  const report = await runOnce(home);
  expect({ failure: report.failure, deferred: report.deferred }).toEqual({ failure: null, deferred: 0 });
  const left = () => server.maildrop(fakeUser).list().length;
  expect(audit(sent, [maildir], left())).toEqual({ lost: 0, duplicated: 0, changed: 0, left: 0 });
  await runOnce(home);
  expect(audit(sent, [maildir], left())).toEqual({ lost: 0, duplicated: 0, changed: 0, left: 0 });
}

const flood = (prefix: string, letter: string) => Buffer.concat([Buffer.from(prefix), Buffer.alloc(100_000_000, letter)]);
const on = (start: string, what: string | Buffer | Fault | (() => Buffer)): Answer => {
  return (line) => (line.startsWith(start) ? (typeof what === 'function' ? what() : what) : undefined);
};
/** Half a message and no more. The lines that were sent ahead get no answer either. */
const endless: Answer = (line) => {
  if (line.startsWith('RETR 2')) return `+OK here\r\n${'a line of a message that does not end\r\n'.repeat(100_000)}`;
  return line.startsWith('RETR 3') ? 'stall' : undefined;
};

describe('the server', () => {
  const cases: readonly (readonly [name: string, code: Failure['code'] | readonly Failure['code'][], answer: Answer])[] = [
    ['reset', 'connection-lost', on('LIST', 'reset')],
    ['closed', 'connection-lost', on('UIDL', 'close')],
    ['stalled at login', 'timeout', on('PASS', 'stall')],
    ['stalled in a message', 'timeout', on('RETR 2', 'stall')],
    ['garbage for a listing', 'protocol', on('LIST', '\x00\xff\xfe what is this?\r\n')],
    ['garbage for a message', 'protocol', on('RETR 1', '\x00\xff\xfe what is this?\r\n')],
    ['a message that never ends', 'timeout', endless],
    ['a status line of 100 MB', 'limit', on('LIST', () => flood('+OK ', 'x'))],
    ['a status line of 100 MB for a message', 'limit', on('RETR 2', () => flood('+OK ', 'x'))],
    ['a wrong password as the server says', 'auth', on('PASS', '-ERR [AUTH] no\r\n')],
    ['in use', 'mailbox-busy', on('PASS', '-ERR [IN-USE] locked\r\n')],
    ['out of order for now', ['server-temporary', 'server-busy'], on('PASS', '-ERR [SYS/TEMP] later\r\n')],
    [
      'sizes that are lies',
      [],
      (line, usual) =>
        line === 'LIST'
          ? usual()
              .toString()
              .replace(/^(\d+) \d+/gm, '$1 7')
          : undefined,
    ],
    ['no UIDL', [], on('UIDL', '-ERR unknown\r\n')],
  ];
  test.each(cases.filter(([, code]) => code.length > 0))('%s: %s', { timeout: 60_000 }, async (name, code, answer) => {
    // The server of the 100 MB lives in this program: building them takes its time.
    const timeout = name.includes('100 MB') ? 60 : 1;
    const place = await stage(name.replaceAll(' ', '-'), answer, { fetch: { retention: { kind: 'delete' }, timeout } });
    const failure = await failureOf(place.home);
    expect([code].flat()).toContain(failure.code);
    expectSaid(failure, true);
    place.disarm();
    await expectWhole(place);
  });
  test.each(cases.filter(([, code]) => code.length === 0))('%s: everything arrives once all the same', async (name, _, answer) => {
    const place = await stage(name.replaceAll(' ', '-'), answer);
    await runOnce(place.home);
    place.disarm();
    await expectWhole(place);
  });
});

describe('reaching the server', () => {
  test('wrong password', async () => {
    const place = await stage('password');
    password(place.home, 'not this one');
    const failure = await failureOf(place.home);
    expect(failure.code).toBe('auth');
    expectSaid(failure, true);
    expect(JSON.stringify(failure)).not.toContain('not this one');
    password(place.home, fakePassword);
    await expectWhole(place);
  });
  test('unknown host', async () => {
    const place = await stage('host', undefined, { host: 'pop.nowhere.invalid' });
    const failure = await failureOf(place.home);
    expect(failure.code).toBe('dns');
    expectSaid(failure, true);
    edit(place.home, ({ accounts }) => Object.assign(accounts[0] ?? {}, { host: '127.0.0.1' }));
    await expectWhole(place);
  });
  test('refused', async () => {
    const place = await stage('refused', undefined, { port: await freePort() });
    const failure = await failureOf(place.home);
    expect(failure.code).toBe('refused');
    expectSaid(failure, true);
    edit(place.home, ({ accounts }) => Object.assign(accounts[0] ?? {}, { port: place.server.port }));
    await expectWhole(place);
  });
  const greetings: readonly (readonly [
    string,
    Failure['code'] | readonly Failure['code'][],
    (write: (bytes: Buffer) => boolean) => void,
  ])[] = [
    ['no greeting', 'timeout', () => undefined],
    ['garbage', ['protocol', 'greeting', 'tls-on-plain-port'], (write) => void write(Buffer.from('\x16\x03\x01 SSH-2.0?\r\n', 'latin1'))],
    ['a greeting of 100 MB', 'limit', (write) => void write(flood('+OK ', 'x'))],
    ['-ERR', ['greeting', 'server-refused', 'server-permanent'], (write) => void write(Buffer.from('-ERR go away\r\n'))],
  ];
  test.each(greetings)('greeting: %s', { timeout: 60_000 }, async (name, code, greet) => {
    const bad = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      greet((bytes) => socket.write(bytes));
    });
    await new Promise<void>((resolve) => bad.listen(0, '127.0.0.1', resolve));
    endings.push(() => bad.close());
    const address = bad.address();
    const place = await stage('greeting', undefined, {
      port: typeof address === 'object' ? (address?.port ?? 0) : 0,
      fetch: { retention: { kind: 'delete' }, timeout: name.includes('100 MB') ? 60 : 1 },
    });
    const failure = await failureOf(place.home);
    expect([code].flat()).toContain(failure.code);
    expectSaid(failure, true);
    edit(place.home, ({ accounts }) => Object.assign(accounts[0] ?? {}, { port: place.server.port }));
    await expectWhole(place);
  });
});

describe('the message', () => {
  const cases: readonly (readonly [name: string, bytes: () => Buffer])[] = [
    ['without header', () => Buffer.from('\njust text\n')],
    ['without header and empty line', () => Buffer.from('just text, no colon\nand more\n')],
    ['with NULs', () => Buffer.from('Subject: n\0ul\n\na\0b\0\0\n\0\n')],
    ['without a body', () => Buffer.from('Subject: head only\n')],
    ['with 10,000 header lines', () => Buffer.from(`${'X-Many: line\n'.repeat(10_000)}\nbody\n`)],
    ['of dots', () => Buffer.from('Subject: dots\n\n.\n..\n...\n.x\n')],
    ['of one line of 5 MB', () => Buffer.from(`Subject: long\n\n${'y'.repeat(5_000_000)}\n`)],
    ['with a header line of 5 MB', () => Buffer.from(`Subject: ${'y'.repeat(5_000_000)}\n\nbody\n`)],
    ['of 50 MB', () => Buffer.from(`Subject: big\n\n${`${'z'.repeat(76)}\n`.repeat(650_000)}`)],
  ];
  const deliver = async (bytes: readonly Buffer[], timeout = 20) => {
    const server = await startFakePop3({ accounts: [{ user: fakeUser, password: fakePassword, messages: bytes }] });
    const made = makeScenario({ port: server.port, user: fakeUser, fetch: { retention: { kind: 'delete' }, timeout } }, fakePassword, null);
    endings.push(
      () => server.close(),
      () => rmSync(made.home, { recursive: true, force: true }),
    );
    const report = await runOnce(made.home);
    return { ...made, server, report };
  };
  test.each(cases)('%s arrives whole, once', { timeout: 120_000 }, async (_, bytes) => {
    const sent = bytes();
    const { report, maildir, server } = await deliver([crlf(sent)]);
    expect({ failure: report.failure, delivered: report.delivered, parked: report.parked }).toEqual({
      failure: null,
      delivered: 1,
      parked: 0,
    });
    expect(audit([sent], [maildir], server.maildrop(fakeUser).list().length)).toEqual({ lost: 0, duplicated: 0, changed: 0, left: 0 });
  });
  test.each([
    ['a bare CR', 'Subject: cr\r\n\r\na\rb\r\n', 'Subject: cr\n\na\rb\n'],
    ['no final newline', 'Subject: end\r\n\r\nno newline', 'Subject: end\n\nno newline\n'],
    ['0 octets', '', ''],
    ['a bare LF', 'Subject: lf\n\na\nb\r\n', 'Subject: lf\n\na\nb\n'],
  ])('%s: delivered with what the server can say of it', async (_, wire, wanted) => {
    const { report, maildir, server } = await deliver([Buffer.from(wire, 'latin1')]);
    expect({ failure: report.failure, delivered: report.delivered }).toEqual({ failure: null, delivered: 1 });
    expect(audit([Buffer.from(wanted)], [maildir], server.maildrop(fakeUser).list().length)).toMatchObject({
      duplicated: 0,
      left: 0,
      lost: 0,
    });
  });
  test('a header of 100 MB: said, and the other messages arrive', { timeout: 180_000 }, async () => {
    const place = await stage(
      'header',
      on('RETR 2', () =>
        Buffer.concat([Buffer.from('+OK\r\nSubject: '), Buffer.alloc(100_000_000, 'h'), Buffer.from('\r\n\r\nb\r\n.\r\n')]),
      ),
      { fetch: { retention: { kind: 'keep' }, timeout: 60 } },
    );
    const report = await runOnce(place.home);
    const found = audit(place.sent, [place.maildir], 0);
    expect({ duplicated: found.duplicated, taken: report.delivered + report.deferred + report.parked }).toEqual({
      duplicated: 0,
      taken: 3,
    });
    place.disarm();
  });
});

describe('this machine', () => {
  test('Maildir not writable: a file in its place', async () => {
    const place = await stage('maildir');
    mkdirSync(join(place.home, 'mail', 'a.example'), { recursive: true });
    writeFileSync(place.maildir, 'in the way');
    const failure = await failureOf(place.home);
    expect(['maildir', 'not-writable', 'io', 'delivery']).toContain(failure.code);
    expectSaid(failure, true);
    expect(place.server.maildrop(fakeUser).list()).toHaveLength(3);
    rmSync(place.maildir);
    await expectWhole(place);
  });
  test('disk full', { timeout: 60_000 }, async () => {
    const place = await stage('disk');
    const small = join(place.home, 'mail');
    mkdirSync(small, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
    let mounted = true;
    const unmount = () => {
      if (mounted) execFileSync('umount', ['-l', small]);
      mounted = false;
    };
    endings.push(unmount);
    writeFileSync(join(small, 'ballast'), Buffer.alloc(56 * 1024));
    const failure = await failureOf(place.home);
    expect(failure.code).toBe('disk-full');
    expectSaid(failure, true);
    expect(place.server.maildrop(fakeUser).list().length).toBeGreaterThan(0);
    rmSync(join(small, 'ballast'));
    await expectWhole(place);
    unmount();
  });
  const ledgers: readonly (readonly [string, (path: string) => void])[] = [
    ['torn', (path) => truncateSync(path, 5000)],
    ['garbage', (path) => writeFileSync(path, 'this is not a database, but long enough to look at '.repeat(50))],
    ['missing', (path) => rmSync(path)],
  ];
  test.each(ledgers)('ledger %s: nothing is fetched twice', async (_, harm) => {
    const place = await stage('ledger', undefined, { fetch: { retention: { kind: 'keep' }, timeout: 5 } });
    await runOnce(place.home);
    for (const suffix of ['-wal', '-shm']) rmSync(join(place.home, `ledger.db${suffix}`), { force: true });
    harm(join(place.home, 'ledger.db'));
    expect((await runOnce(place.home)).failure).toBeNull();
    expect(audit(place.sent, [place.maildir], 0)).toEqual({ lost: 0, duplicated: 0, changed: 0, left: 0 });
  });
  test('two stations on one folder', async () => {
    const place = await stage('two');
    await open(place.home);
    const failure = await failureOf(place.home);
    expect(failure.code).toBe('locked');
    expectSaid(failure, false);
    await endings.pop()?.();
    await expectWhole(place);
  });
  test('a settings file cut in half: set aside, the last good copy used, and said', async () => {
    const place = await stage('settings');
    const path = join(place.home, 'settings.json');
    const first = await open(place.home);
    await first.station['settings.write']({ poll: { sessions: 7 } } as never);
    await endings.pop()?.();
    truncateSync(path, Math.floor(readFileSync(path).length / 2));
    const second = await open(place.home);
    const { notices } = await second.station['status.read']({});
    expect(notices.map(({ kind }) => kind)).toContain('settings-restored');
    await endings.pop()?.();
    expect(readdirSync(place.home).filter((name) => name.startsWith('settings.json.broken-'))).toHaveLength(1);
    await expectWhole(place);
  });
});

describe('the scanner', () => {
  const expectHeldBack = async (place: Stage, mend: Mend) => {
    const failure = await failureOf(place.home);
    expect(['scanner-unavailable', 'scanner-blind', 'scan-failed']).toContain(failure.code);
    expectSaid(failure, true);
    expect(place.server.maildrop(fakeUser).list()).toHaveLength(3);
    await mend();
    await expectWhole(place);
  };
  const mendTo = (place: Stage) => async () => {
    const clamd = await startClamd();
    endings.push(() => clamd.stop());
    edit(place.home, ({ scanner }) => Object.assign(scanner, { clamd: `unix:${clamd.socket}` }));
  };
  const slow = { fetch: { retention: { kind: 'delete' as const }, timeout: 20 } };
  test('dead', { timeout: 120_000 }, async () => {
    const place = await stage('dead', undefined, slow, `unix:${join(tmpdir(), 'todoku-no-clamd.sock')}`);
    await expectHeldBack(place, mendTo(place));
  });
  test.each([
    ['hung', null],
    ['answering nothing', ''],
    ['answering garbage', 'what?\0'],
  ])('%s', { timeout: 180_000 }, async (_, answer) => {
    const clamd = await startFakeClamd();
    endings.push(() => clamd.stop());
    clamd.behave({ answer });
    const place = await stage('hung', undefined, slow, `unix:${clamd.socket}`);
    edit(place.home, ({ scanner }) => Object.assign(scanner, { timeout: 2 }));
    await expectHeldBack(place, mendTo(place));
  });
  test('blind: it does not know EICAR', { timeout: 120_000 }, async () => {
    const signatures = join(tmpdir(), `todoku-blind-${process.pid}`);
    mkdirSync(signatures, { recursive: true });
    writeFileSync(join(signatures, 'none.hdb'), `${'0'.repeat(32)}:1:Nothing.At.All\n`);
    const clamd = await startClamd({ signatures });
    endings.push(
      () => clamd.stop(),
      () => rmSync(signatures, { recursive: true, force: true }),
    );
    const place = await stage('blind', undefined, slow, `unix:${clamd.socket}`);
    await expectHeldBack(place, mendTo(place));
  });
});
