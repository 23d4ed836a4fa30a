// freshclam against an update server of the test: what the state says after each way this can go.
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { explainRun } from '../../../electron/scanner/freshclam-says.js';
import { openSignatures, type Signatures } from '../../../electron/scanner/signatures.js';
import type { Failure } from '../../../shared/error.js';
import { explain } from '../../../shared/failure-text.js';
import { settings as settingsSchema } from '../../../shared/settings.js';
import { cutShort, type Mirror, plain, silent, startMirror } from '../../support/mirror.js';
import { nowhere } from '../../support/places.js';
import { eicar, testScanner } from '../../support/scanner.js';

const hdb = 'aa15bcf478d165efd2065190eb473bcb:544:ClamAV-Test-File\n';
const ndb = `Eicar-Test-Signature:0:*:${Buffer.from(eicar, 'latin1').toString('hex')}\n`;

let home: string;
let mirror: Mirror;
let updates: number;
const open: Signatures[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'todoku-fresh-'));
  mirror = await startMirror();
  updates = 0;
  for (const name of ['run', 'log']) await mkdir(join(home, name));
  // freshclam gives up root for the owner of the folder, and must reach it.
  await chmod(home, 0o755);
});
afterEach(async () => {
  for (const signatures of open.splice(0)) await signatures.close();
  await mirror.stop();
  await rm(home, { recursive: true, force: true });
});

interface Over {
  readonly mirror?: string | null;
  readonly hour?: number | null;
  readonly now?: () => number;
  readonly onUpdate?: () => Promise<void>;
}
async function signatures(over: Over = {}): Promise<Signatures> {
  const settings = settingsSchema.parse({
    scanner: { database: join(home, 'db') },
    signatures: { hour: over.hour ?? null, mirror: over.mirror === undefined ? `${mirror.url}/a.ndb ${mirror.url}/b.hdb` : over.mirror },
  });
  const made = await openSignatures({
    settings: () => settings,
    own: join(home, 'own'),
    runFolder: join(home, 'run'),
    logFolder: join(home, 'log'),
    places: nowhere,
    patience: 2,
    attempts: 1,
    log: () => {},
    onChange: () => {},
    onUpdate: async () => {
      updates += 1;
      await over.onUpdate?.();
    },
    ...(over.now === undefined ? {} : { now: over.now }),
  });
  open.push(made);
  return made;
}

it('fetches, tests, counts; says when; and what is up to date is not an update', async () => {
  mirror.serve('/a.ndb', plain(200, ndb, { 'last-modified': 'Tue, 24 Nov 2026 00:00:00 GMT' }));
  mirror.serve('/b.hdb', plain(200, hdb + hdb, { 'last-modified': 'Tue, 24 Nov 2026 00:00:00 GMT' }));
  const fresh = await signatures();
  expect(fresh.state()).toMatchObject({ state: 'unknown', databases: [], lastRun: null });
  const state = await fresh.update();
  expect(state).toMatchObject({ state: 'fresh', failure: null, coolDownUntil: null, progress: null });
  expect(state.databases).toEqual([
    { name: 'a.ndb', version: null, built: null, signatures: 1 },
    { name: 'b.hdb', version: null, built: null, signatures: 2 },
  ]);
  expect(state.lastRun).not.toBeNull();
  expect(state.log.join('\n')).toContain('a.ndb updated');
  expect(updates).toBe(1);
  for (const name of ['a.ndb', 'b.hdb']) mirror.serve(`/${name}`, plain(304));
  await fresh.update();
  expect(updates).toBe(1);
  expect(fresh.state().failure).toBeNull();
});

it('two who ask at once share one run', async () => {
  mirror.serve('/a.ndb', plain(200, ndb));
  const fresh = await signatures({ mirror: `${mirror.url}/a.ndb` });
  const both = [fresh.update(), fresh.update()];
  expect(fresh.state().state).toBe('updating');
  await Promise.all(both);
  expect(mirror.asked).toEqual(['/a.ndb']);
});

it('a clamd of ours without signatures gets them, loads them, and sees', async () => {
  mirror.serve('/a.ndb', plain(200, ndb));
  await mkdir(join(home, 'db'));
  const { scanner, close } = await testScanner({ database: join(home, 'db') });
  await expect(scanner.ready()).rejects.toMatchObject({ message: expect.stringContaining('no signatures') });
  const fresh = await signatures({ mirror: `${mirror.url}/a.ndb`, onUpdate: () => scanner.reload() });
  await fresh.update();
  expect(scanner.state().state).toBe('ready');
  expect((await scanner.scan(Buffer.from(`Subject: x\n\n${eicar}`), 80)).verdict.kind).toBe('infected');
  // New ones are loaded without a new start.
  const pid = scanner.state().pid;
  mirror.serve('/a.ndb', plain(200, ndb.replace('Eicar-Test-Signature', 'Another-Name')));
  await fresh.update();
  expect((await scanner.scan(Buffer.from(`Subject: y\n\n${eicar}`), 80)).verdict).toMatchObject({
    signatures: ['Another-Name.UNOFFICIAL'],
  });
  expect(scanner.state().pid).toBe(pid);
  await close();
});

/** What the person reads, in both languages: of signatures, and not of mail. */
function expectSentence(failure: Failure | null, english: RegExp, japanese: RegExp): void {
  if (failure === null) throw new Error('no failure');
  const words = (language: 'en' | 'ja') => Object.values(explain(failure, language)).join(' ');
  expect(words('en')).toMatch(english);
  expect(words('ja')).toMatch(japanese);
  expect(words('en')).not.toMatch(/next poll|transcript|mail stays/i);
}

interface Failing {
  readonly name: string;
  readonly shown: RegExp;
  readonly japanese: RegExp;
  readonly arrange: () => unknown;
  readonly mirror?: () => string;
  readonly code: string;
  readonly says: RegExp;
}
const failing: readonly Failing[] = [
  {
    name: 'the file is not there',
    shown: /does not have the file/,
    japanese: /ファイルがない/,
    arrange: () => {},
    code: 'server-permanent',
    says: /does not have the file/,
  },
  {
    name: 'nobody listens',
    shown: /no network, or a firewall/,
    japanese: /ファイアウォール/,
    arrange: () => {},
    mirror: () => 'http://127.0.0.1:1/a.ndb',
    code: 'unreachable',
    says: /no network/,
  },
  {
    name: 'no such host',
    shown: /no network, or no DNS/,
    japanese: /DNS が使えません/,
    arrange: () => {},
    mirror: () => 'http://nowhere.invalid/a.ndb',
    code: 'dns',
    says: /no network, or no DNS/,
  },
  {
    name: 'silence',
    shown: /does not answer in time/,
    japanese: /時間内に応答しません/,
    arrange: () => mirror.serve('/a.ndb', silent),
    code: 'timeout',
    says: /in time/,
  },
  {
    name: 'half a file',
    shown: /broken database/,
    japanese: /壊れたデータベース/,
    arrange: () => mirror.serve('/a.ndb', cutShort(ndb.slice(0, 50), ndb.length)),
    code: 'protocol',
    says: /broken database/,
  },
  {
    name: 'garbage',
    shown: /broken database/,
    japanese: /壊れたデータベース/,
    arrange: () => mirror.serve('/a.ndb', plain(200, '<html>captive portal</html>')),
    code: 'protocol',
    says: /broken database/,
  },
];
for (const { name, shown, japanese, arrange, code, says, ...more } of failing) {
  it(`${name}: ${code}, what was there stays`, async () => {
    await mkdir(join(home, 'db'));
    await writeFile(join(home, 'db', 'a.ndb'), ndb);
    await utimes(join(home, 'db', 'a.ndb'), 0, 0);
    if (process.getuid?.() === 0) await chmod(join(home, 'db'), 0o755);
    arrange();
    const fresh = await signatures({ mirror: more.mirror?.() ?? `${mirror.url}/a.ndb` });
    const { failure, state } = await fresh.update();
    expect(failure).toMatchObject({ code, message: expect.stringMatching(says), temporary: true });
    expect(state).not.toBe('updating');
    expectSentence(failure, shown, japanese);
    expect(await readFile(join(home, 'db', 'a.ndb'), 'latin1')).toBe(ndb);
    expect(updates).toBe(0);
  });
}

for (const [status, code, hours, headers, shown, japanese] of [
  [403, 'server-refused', 24, {}, /has blocked this address \(403\) and is not asked again before \w/, /拒否しました \(403\)/],
  [429, 'server-busy', 2, { 'retry-after': '7200' }, /too often from this address \(429\).*before \w/, /多すぎました \(429\)/],
] as const) {
  it(`${status}: cooling for ${hours} hours, and not asked again in them`, async () => {
    mirror.serve('/a.ndb', plain(status, '', headers));
    const fresh = await signatures({ mirror: `${mirror.url}/a.ndb` });
    const state = await fresh.update();
    expect(state).toMatchObject({ state: 'cooling', failure: { code, message: expect.stringContaining(String(status)) } });
    expectSentence(state.failure, shown, japanese);
    const left = Date.parse(state.coolDownUntil ?? '') - Date.now();
    expect(Math.round(left / 3_600_000)).toBe(hours);
    expect(mirror.asked.length).toBe(1);
    const again = await fresh.update();
    expect(again).toMatchObject({ state: 'cooling', failure: { code: 'server-busy' } });
    expectSentence(again.failure, /does not want to be asked before \w/, /控えるよう/);
    expect(mirror.asked.length).toBe(1);
    const later = await signatures({ mirror: `${mirror.url}/a.ndb`, now: () => Date.now() + (hours + 1) * 3_600_000 });
    expect(later.state()).toMatchObject({ state: 'unknown', coolDownUntil: null });
  });
}

it('a log that cannot be written is explained before freshclam starts', async () => {
  await rm(join(home, 'log'), { recursive: true });
  await writeFile(join(home, 'log'), 'a file where the folder should be');
  const fresh = await signatures();
  const { failure } = await fresh.update();
  expectSentence(failure, /may not write its log .*freshclam\.log/, /ログ .*freshclam\.log に書き込めません/);
  expect(failure).toMatchObject({
    code: 'not-writable',
    path: join(home, 'log', 'freshclam.log'),
    message: expect.stringContaining('log'),
  });
  expect(mirror.asked).toEqual([]);
});

it('the log of another user (as root left it): the sentence names the file, and who must own it', async () => {
  const run = { exit: 1, coolDown: null, said: ['ERROR: Failed to open log file /var/log/clamav/freshclam.log: Permission denied'] };
  expectSentence(explainRun(run)?.toJSON() ?? null, /log \/var\/log\/clamav\/freshclam\.log\..*to the user who runs/, /所有者/);
});

it('a clock that is behind the signatures is said, and no age is told', async () => {
  const run = { exit: 0, coolDown: null, said: ['WARNING: Your local version has a timestamp in the future'] };
  expectSentence(explainRun(run)?.toJSON() ?? null, /clock is slow.*age cannot be told/, /時計が遅れています/);
});

it('runs at its hour', async () => {
  const morning = new Date(2026, 10, 24, 0, 30).getTime();
  const fresh = await signatures({ hour: 1, now: () => morning });
  expect(fresh.state().nextRun).toBe(new Date(2026, 10, 24, 1, 0).toISOString());
  const evening = await signatures({ hour: 1, now: () => morning + 3_600_000 });
  expect(evening.state().nextRun).toBe(new Date(2026, 10, 25, 1, 0).toISOString());
  expect((await signatures({ hour: null })).state().nextRun).toBeNull();
});

it('age: amber after three days, red after seven, nothing when it lies in the future', async () => {
  const built = Math.floor(Date.UTC(2026, 10, 1) / 1000);
  await mkdir(join(home, 'db'));
  await writeFile(
    join(home, 'db', 'daily.cvd'),
    `ClamAV-VDB:01 Nov 2026 00-00 +0000:27813:2075000:90:md5:dsig:builder:${built}`.padEnd(512),
  );
  await copyFile(join(home, 'db', 'daily.cvd'), join(home, 'db', 'broken.cvd'));
  await writeFile(join(home, 'db', 'broken.cvd'), 'not a database');
  const states = [1, 4, 8, -3].map(async (days) => {
    const state = (await signatures({ now: () => (built + days * 86_400) * 1000 })).state();
    expect(state.databases.find(({ name }) => name === 'daily.cvd')).toEqual({
      name: 'daily.cvd',
      version: 27813,
      built: '2026-11-01T00:00:00.000Z',
      signatures: 2_075_000,
    });
    return state.state;
  });
  expect(await Promise.all(states)).toEqual(['fresh', 'old', 'stale', 'unknown']);
});
