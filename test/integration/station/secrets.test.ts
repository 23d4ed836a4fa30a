// S18: the password stands in secrets.json and nowhere else: not in logs, transcripts, answers or other files; files 0600, folders 0700.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import { makeScenario, scenarioMessages } from '../../support/crash.js';
import { type FakePop3, fakeUser, startFakePop3 } from '../../support/fake-pop3.js';

const password = 'Tr0ub4dor-and-3-secrets';
const inBase64 = [password, `\0${fakeUser}\0${password}`].map((text) => Buffer.from(text).toString('base64'));
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function place(capabilities?: readonly string[]): Promise<{ server: FakePop3; home: string }> {
  const messages = scenarioMessages(2, 'secrets').map((bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'));
  const server = await startFakePop3({ accounts: [{ user: fakeUser, password, messages }], capabilities });
  const { home } = makeScenario({ port: server.port, user: fakeUser, fetch: { timeout: 5 } }, password, null);
  endings.push(
    () => server.close(),
    () => rmSync(home, { recursive: true, force: true }),
  );
  return { server, home };
}

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
const tells = (text: string) => [password, ...inBase64].some((secret) => text.includes(secret));

test.each([
  ['a good login', undefined, undefined],
  ['a refused login', undefined, 'other'],
  ['AUTH PLAIN', ['SASL PLAIN', 'UIDL', 'TOP'], undefined],
])('%s: no file but secrets.json and no answer of the contract holds the password', async (_, capabilities, otherUser) => {
  const { home, server } = await place(capabilities);
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const heard: string[] = [];
  running.subscribe((name, body) => heard.push(JSON.stringify([name, body])));
  const { station } = running;
  const [first] = (await station['settings.read']({})).accounts;
  if (first === undefined) throw new Error('no account');
  if (otherUser !== undefined)
    await station['account.save']({ account: { ...first, user: otherUser }, secret: null } as Parameters<
      (typeof station)['account.save']
    >[0]);
  const answers = [
    await station['fetch.now']({ id: null, check: false }),
    await station['settings.read']({}),
    await station['account.list']({}),
    await station['status.read']({}),
  ];
  await running.close();
  // It did go over the wire: what is looked for can be found.
  expect(server.lines.some(tells)).toBe(true);
  expect(JSON.stringify(answers)).not.toContain(password);
  expect(heard.filter(tells)).toEqual([]);
  expect(everyFile(home).filter((path) => !path.endsWith('/secrets.json') && tells(readFileSync(path, 'latin1')))).toEqual([]);
});

test.each([
  ['poll', ['poll', '--verbose']],
  ['poll as JSON', ['poll', '--json', '--verbose']],
  ['account test', ['account', 'test', 'Joe', '--verbose']],
  ['account list', ['account', 'list', '--json']],
  ['config get', ['config', 'get', '--json']],
  ['status', ['status', '--json', '--verbose']],
])('todoku %s says no password', async (_, parameters) => {
  const { home } = await place();
  const cli = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'cli.js');
  const child = spawn(process.execPath, [cli, ...parameters, '--home', home]);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  await new Promise((resolve) => child.on('close', resolve));
  expect(said).not.toBe('');
  expect(tells(said)).toBe(false);
});

test('files are 0600 and folders 0700, whatever the umask', async () => {
  const { home } = await place();
  const before = process.umask(0);
  try {
    const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
    await running.station['fetch.now']({ id: null, check: false });
    await running.station['settings.write']({ language: 'ja' });
    await running.close();
  } finally {
    process.umask(before);
  }
  const wide = readdirSync(home, { recursive: true, withFileTypes: true })
    .map((entry) => ({ path: join(entry.parentPath, entry.name), mode: statSync(join(entry.parentPath, entry.name)).mode & 0o777 }))
    .filter(({ mode }) => (mode & 0o077) !== 0);
  expect(wide.map(({ path, mode }) => `${path.slice(home.length)} ${mode.toString(8)}`)).toEqual([]);
});
