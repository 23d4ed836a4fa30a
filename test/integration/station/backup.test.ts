// Backup and restore: to the octet, with and without secrets, over mail that is here, from damaged files, and killed (SIGKILL) before
// each file operation of either.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { inParallel, makeScenario } from '../../support/crash.js';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const temporary = () => {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-backup-'));
  made.push(folder);
  return folder;
};

function run(args: readonly string[], kill: number | null = null) {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, '..', '..', 'support', 'command-child.js'),
    JSON.stringify({ args, kill }),
  ]);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  return new Promise<{ readonly code: number | null; readonly killed: boolean; readonly text: string }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, killed: signal === 'SIGKILL', text })),
  );
}

/** File operations that make the data folder, before the command's own. */
const madeBefore = 7;

/** A station with mail in an inbox, a Japanese sub-folder and the quarantine. */
function source(small = false): string {
  const { home } = makeScenario({ port: 1, user: 'joe' }, 'geheim-backup', null);
  made.push(home);
  const box = join(home, 'mail', 'a.example', 'joe');
  for (const folder of [box, join(box, '.&Tg1m+A-'), join(home, 'quarantine')])
    for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(folder, part), { recursive: true });
  mkdirSync(join(home, 'quarantine', 'reason'));
  const files: Readonly<Record<string, Buffer>> = {
    'mail/a.example/joe/new/1.M1P1Q1.host,S=9': Buffer.from('Subject: a\n\n\xff\0\r\n', 'latin1'),
    'mail/a.example/joe/cur/2.M1P1Q2.host:2,FS': Buffer.alloc(400_000, 'b\n'),
    'mail/a.example/joe/.&Tg1m+A-/cur/3.M1P1Q3.host:2,': Buffer.from('Subject: c\n\nc\n'),
    'mail/a.example/joe/subscriptions': Buffer.from('&Tg1m+A-\n'),
    'quarantine/new/4.M1P1Q4.host': Buffer.from('Subject: held\n\nheld\n'),
    'quarantine/reason/4.M1P1Q4.host.json': Buffer.from('{}'),
  };
  for (const [name, bytes] of Object.entries(files)) {
    if (small && !/joe\/new|quarantine/.test(name)) continue;
    writeFileSync(join(home, name), bytes, { mode: 0o600 });
    utimesSync(join(home, name), 1_700_000_000, 1_700_000_000);
  }
  writeFileSync(join(box, 'tmp', 'half'), 'never seen');
  return home;
}

/** All that was saved, as name -> octets and time. */
function mailOf(home: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const top of ['mail', 'quarantine'])
    for (const entry of readdirSync(join(home, top), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(home.length + 1);
      if (!entry.isFile() || /\/tmp\//.test(name)) continue;
      found[name] = `${statSync(path).mtimeMs} ${readFileSync(path).toString('base64')}`;
    }
  return found;
}
const settingsOf = (home: string) => JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'));

test('all comes back to the octet, with its time; secrets only where they were asked for', async () => {
  const home = source();
  const place = temporary();
  const [plain, secret] = [join(place, 'plain.tar'), join(place, 'secret.tar')];
  expect(await run(['backup', plain, '--home', home])).toMatchObject({ code: 0, text: expect.stringContaining('4 messages') });
  expect((await run(['backup', secret, '--secrets', '--home', home])).code).toBe(0);
  expect(readFileSync(plain).includes('geheim-backup')).toBe(false);
  expect(statSync(secret).mode & 0o777).toBe(0o600);
  expect(readdirSync(place).sort()).toEqual(['plain.tar', 'secret.tar']);
  for (const [file, secrets] of [
    [plain, 0],
    [secret, 1],
  ] as const) {
    const other = temporary();
    const { code, text } = await run(['restore', file, '--json', '--home', other]);
    expect([code, JSON.parse(text.trim().split('\n')[0] ?? '')]).toEqual([
      0,
      expect.objectContaining({ messages: 4, present: 0, settings: true, secrets, aside: null }),
    ]);
    expect(mailOf(other)).toEqual(mailOf(home));
    expect(settingsOf(other)).toEqual(settingsOf(home));
    expect(existsSync(join(other, 'secrets.json'))).toBe(secrets === 1);
  }
});

test('a backup never overwrites a file, and a restore never overwrites mail, newer secrets or settings', async () => {
  const home = source();
  const file = join(temporary(), 'b.tar');
  await run(['backup', file, '--secrets', '--home', home]);
  const before = readFileSync(file);
  expect((await run(['backup', file, '--home', home])).code).not.toBe(0);
  expect(readFileSync(file).equals(before)).toBe(true);
  // Since then one was read, one moved, one removed, one came; the password was changed, and the account's name.
  const box = join(home, 'mail', 'a.example', 'joe');
  renameSync(join(box, 'new', '1.M1P1Q1.host,S=9'), join(box, 'cur', '1.M1P1Q1.host,S=9:2,S'));
  renameSync(join(box, 'cur', '2.M1P1Q2.host:2,FS'), join(box, '.&Tg1m+A-', 'cur', '2.M1P1Q2.host:2,FS'));
  rmSync(join(box, '.&Tg1m+A-', 'cur', '3.M1P1Q3.host:2,'));
  writeFileSync(join(box, 'new', '5.M1P1Q5.host'), 'new');
  writeFileSync(join(home, 'secrets.json'), JSON.stringify({ 'joe/receive': { sealed: false, value: 'newer' } }));
  const changed = { ...settingsOf(home), theme: 'dark' };
  writeFileSync(join(home, 'settings.json'), JSON.stringify(changed));
  const now = mailOf(home);
  const { code, text } = await run(['restore', file, '--json', '--home', home]);
  const told = JSON.parse(text.trim().split('\n')[0] ?? '');
  expect([code, told]).toEqual([0, expect.objectContaining({ messages: 1, present: 3, secrets: 0 })]);
  const { 'mail/a.example/joe/.&Tg1m+A-/cur/3.M1P1Q3.host:2,': back, ...rest } = mailOf(home);
  expect(back).toBeDefined();
  expect(rest).toEqual(now);
  expect(readFileSync(join(home, 'secrets.json'), 'utf8')).toContain('newer');
  expect(settingsOf(home).theme).toBe('system');
  expect(JSON.parse(readFileSync(told.aside, 'utf8')).theme).toBe('dark');
});

test('a file that is cut, changed or none of ours restores nothing', async () => {
  const file = join(temporary(), 'b.tar');
  await run(['backup', file, '--home', source()]);
  const whole = readFileSync(file);
  const at = whole.indexOf('Subject: c');
  const changed = Buffer.from(whole);
  changed[at] = 0x73;
  for (const bytes of [whole.subarray(0, whole.length - 4096), whole.subarray(0, 300_000), changed, Buffer.from('no tar at all')]) {
    const bad = join(temporary(), 'bad.tar');
    writeFileSync(bad, bytes);
    const home = temporary();
    const { code, text } = await run(['restore', bad, '--home', home]);
    expect([code, text]).toEqual([expect.not.toBeOneOf([0, null]), expect.stringContaining('no whole backup')]);
    expect([mailOf(home), existsSync(join(home, 'settings.json'))]).toEqual([{}, false]);
  }
});

test('killed before each file operation of a restore: nothing is torn, and done again all is there once', {
  timeout: 300_000,
}, async () => {
  const home = source(true);
  const file = join(temporary(), 'b.tar');
  await run(['backup', file, '--secrets', '--home', home]);
  const whole = mailOf(home);
  const calls = Number((await run(['restore', file, '--home', temporary()])).text.trim().split('\n').at(-1));
  expect(calls).toBeGreaterThan(20);
  const wrong = await inParallel(
    Array.from({ length: calls - madeBefore }, (_, index) => madeBefore + index + 1),
    2,
    async (kill) => {
      const other = temporary();
      const { killed } = await run(['restore', file, '--home', other], kill);
      const torn = existsSync(join(other, 'quarantine'))
        ? Object.entries(mailOf(other)).filter(([name, bytes]) => whole[name] !== bytes && /\/(?:new|cur)\//.test(name))
        : [];
      const again = await run(['restore', file, '--home', other]);
      const end = Object.fromEntries(Object.entries(mailOf(other)).filter(([name]) => name in whole || /\/(?:new|cur)\//.test(name)));
      const ok = killed && torn.length === 0 && again.code === 0 && JSON.stringify(end) === JSON.stringify(whole);
      return ok ? null : { kill, killed, torn: torn.map(([name]) => name), again: again.text.slice(0, 200), end: Object.keys(end) };
    },
  );
  expect(wrong.filter((one) => one !== null)).toEqual([]);
});

test('killed before each file operation of a backup: its name is given to a whole one only', { timeout: 300_000 }, async () => {
  const home = source(true);
  const calls = Number((await run(['backup', join(temporary(), 'b.tar'), '--home', home])).text.trim().split('\n').at(-1));
  const wrong = await inParallel(
    Array.from({ length: calls - madeBefore }, (_, index) => madeBefore + index + 1),
    2,
    async (kill) => {
      const file = join(temporary(), 'b.tar');
      const { killed } = await run(['backup', file, '--home', home], kill);
      const there = existsSync(file);
      const restored = there ? (await run(['restore', file, '--home', temporary()])).code : 0;
      const again = there ? 0 : (await run(['backup', file, '--home', home])).code;
      return killed && restored === 0 && again === 0 ? null : { kill, killed, there, restored, again };
    },
  );
  expect(wrong.filter((one) => one !== null)).toEqual([]);
});
