// The doctor: every finding has its sentences in both languages, what is given away names nobody, and looking changes nothing.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { doctorCommand } from '../../../electron/command/doctor.js';
import { examine } from '../../../electron/station/doctor.js';
import { checkKeyring, checkTray, checkVersions } from '../../../electron/station/doctor-desktop.js';
import { homePaths, makeHome } from '../../../electron/station/home.js';
import { openLedger } from '../../../electron/station/ledger.js';
import { takeLock } from '../../../electron/station/lock.js';
import { openSettings } from '../../../electron/station/settings.js';
import { account } from '../../../shared/account.js';
import { checkNames, type DoctorReport, findings, found, publicFacts } from '../../../shared/doctor.js';
import { doctorEn } from '../../../shared/doctor-en.js';
import { doctorJa } from '../../../shared/doctor-ja.js';
import { anonymousText, tellCheck } from '../../../shared/doctor-text.js';
import { settings as schema } from '../../../shared/settings.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'todoku-doctor-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const nowhere = { confs: [], sockets: [], ports: [], programs: [], databases: [] };
const look = () => examine({ home: homePaths(root), keyring: null, places: nowhere });
const findingOf = (report: DoctorReport, name: string) => report.checks.find((check) => check.name === name)?.finding;
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe.each(checkNames)('%s', (name) => {
  test.each(Object.keys(findings[name]))('%s is told in both languages, with the same facts', (finding) => {
    const pick = (words: object) => (words as Record<string, Record<string, readonly [string, string]>>)[name]?.[finding] ?? ['', ''];
    const [en, ja] = [pick(doctorEn), pick(doctorJa)];
    expect(en[0]).not.toBe('');
    expect(ja[0]).not.toBe('');
    expect(placeholders(ja.join(' '))).toEqual(placeholders(en.join(' ')));
    const { level } = found(name, finding as never);
    // What is bad says what to do.
    if (level === 'bad' || level === 'warning') expect(tellCheck(found(name, finding as never), 'ja').next).not.toBe('');
  });
});

test('a folder that is not there is told as such, and not made', async () => {
  rmSync(root, { recursive: true });
  const report = await look();
  expect(report.checks.map(({ name }) => name)).toEqual(checkNames);
  expect(['folder', 'settings', 'ledger', 'catalog'].map((name) => findingOf(report, name))).toEqual([
    'missing',
    'absent',
    'absent',
    'absent',
  ]);
  expect(report.checks.filter(({ finding }) => finding === 'failed')).toEqual([]);
  expect(() => statSync(root)).toThrow();
});

async function makeStation(): Promise<void> {
  const home = await makeHome(root);
  await openSettings(home, () => undefined).update((current) => ({
    ...current,
    accounts: [
      account.parse({
        id: 'a1',
        name: 'Hanako private',
        protocol: 'pop3',
        host: 'pop.secret-host.example',
        port: 995,
        user: 'hanako@person.example',
        drop: { kind: 'singledrop', to: ['hanako@person.example'] },
        secret: { kind: 'file' },
        enabled: false,
      }),
    ],
  }));
  openLedger(home.ledger).close();
}

const snapshot = () =>
  readdirSync(root)
    .sort()
    .map((name) => {
      const path = join(root, name);
      const stat = statSync(path);
      return [name, stat.mode, stat.isFile() && !name.endsWith('-shm') ? readFileSync(path).toString('base64') : ''];
    });

test('a whole station is whole, and looking at it changes no octet of it', async () => {
  await makeStation();
  const before = snapshot();
  const report = await look();
  expect(['folder', 'modes', 'lock', 'settings', 'ledger', 'secrets'].map((name) => findingOf(report, name))).toEqual([
    'ok',
    'ok',
    'free',
    'ok',
    'ok',
    'ok',
  ]);
  expect(snapshot()).toEqual(before);
});

test('modes, a damaged ledger, newer settings and a held lock are found', async () => {
  await makeStation();
  chmodSync(join(root, 'ledger.db'), 0o644);
  writeFileSync(join(root, 'ledger.db'), Buffer.alloc(8192, 7));
  writeFileSync(join(root, 'settings.json'), JSON.stringify({ ...schema.parse({}), version: 99 }));
  chmodSync(join(root, 'settings.json'), 0o600);
  const lock = takeLock(root);
  const report = await look();
  lock.release();
  expect(['modes', 'ledger', 'settings', 'lock'].map((name) => findingOf(report, name))).toEqual(['open', 'damaged', 'newer', 'held']);
  expect(readFileSync(join(root, 'settings.json'), 'utf8')).toContain('99');
});

test('a lock whose holder does not say who it is', async () => {
  await makeStation();
  const holder = new Database(join(root, 'station.lock'));
  holder.exec('BEGIN EXCLUSIVE');
  const report = await look();
  holder.exec('ROLLBACK');
  holder.close();
  expect(findingOf(report, 'lock')).toBe('unknown');
});

test('no clamd and no signatures', async () => {
  const path = process.env.PATH;
  process.env.PATH = '';
  const report = await look().finally(() => {
    process.env.PATH = path;
  });
  expect([findingOf(report, 'clamd'), findingOf(report, 'signatures')]).toEqual(['missing', 'none']);
});

test('what is given away has no name, host, address or folder in it, whatever was found', async () => {
  const secret = 'hanako@person.example';
  const facts = {
    version: '1',
    engine: 'ClamAV',
    node: '20',
    runtime: '',
    mode: '0644',
    code: 'EACCES',
    free: '1 GB',
    count: 1,
    of: 2,
    pid: 3,
  };
  const named = Object.fromEntries(['path', 'root', 'where', 'said', 'host', 'account', 'anything'].map((name) => [name, secret]));
  const checks = checkNames.flatMap((name) =>
    Object.keys(findings[name]).map((finding) => found(name, finding as never, { ...facts, ...named })),
  );
  const report = { ...(await look()), checks };
  for (const language of ['en', 'ja'] as const) expect(anonymousText(report, language)).not.toContain(secret);
  expect(publicFacts.filter((name) => Object.hasOwn(named, name))).toEqual([]);
});

test('the command: JSON with sentences, an anonymous report, and 1 when something is bad', async () => {
  await makeStation();
  writeFileSync(join(root, 'secrets.json'), '{');
  const out: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: () => undefined, stdin: Readable.from([]), home: root, verbose: false };
  expect(await doctorCommand({ anonymous: false }, { ...io, json: true, language: 'ja' })).toBe(1);
  const told = JSON.parse(out.pop() ?? '') as { checks: { name: string; title: string; next: string }[] };
  expect(told.checks.map(({ name }) => name)).toEqual(checkNames);
  expect(told.checks.find(({ name }) => name === 'keyring')?.title).toBe('キーリング');
  await doctorCommand({ anonymous: true }, { ...io, json: false, language: 'en' });
  expect(out.join('\n')).not.toMatch(new RegExp(`${root}|secret-host|hanako`, 'i'));
});

test('keyring, tray and versions', async () => {
  const home = await makeHome(root);
  const settings = schema.parse({});
  const keyring = (strong: boolean) => ({ strong, seal: async () => '', open: async () => '' });
  expect(checkKeyring({ home, settings, keyring: keyring(true) }).finding).toBe('strong');
  expect(checkKeyring({ home, settings, keyring: keyring(false) }).finding).toBe('weak');
  writeFileSync(home.secrets, JSON.stringify({ 'a/receive': { sealed: true, value: 'x' } }), { mode: 0o600 });
  expect(checkKeyring({ home, settings, keyring: null })).toMatchObject({ finding: 'sealed', facts: { count: 1 } });
  expect((await checkTray({}, 'linux')).finding).toBe('headless');
  expect((await checkTray({ DISPLAY: ':9' }, 'linux')).finding).toBe('missing');
  expect(checkVersions({ node: '18.20.0' }, {}).finding).toBe('old');
  expect(checkVersions({ node: '20.18.1', electron: '33.2.1', chrome: '130' }, { TODOKU_EVALUATION_RUNTIME: '1' }).finding).toBe(
    'evaluation',
  );
});
