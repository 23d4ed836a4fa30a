// What may happen to a real clamd while mail is on its way to it. Nothing is called clean that was not scanned, and
// afterwards everything works again.
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { scannerSettings } from '../../../shared/settings.js';
import { startClamd, type TestClamdOptions, testSignatures } from '../../support/clamd.js';
import { mailWith } from '../../support/samples.js';
import { eicar, type TestScanner, testScanner } from '../../support/scanner.js';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function pair(settings: Parameters<typeof testScanner>[0] = {}, options: TestClamdOptions = {}) {
  const clamd = await startClamd(options);
  stops.push(() => clamd.stop());
  const made = await testScanner({ clamd: `unix:${clamd.socket}`, timeout: 2, ...settings });
  stops.push(() => made.close());
  await made.scanner.ready();
  return { clamd, scanner: made.scanner };
}
const clean = Buffer.from('From: a@example.com\nSubject: x\n\nhello\n');
const bad = mailWith(Buffer.from(eicar));
const kindOf = async (scanner: TestScanner['scanner'], bytes: Buffer) => (await scanner.scan(bytes, bytes.length)).verdict.kind;

/** `first`, then `during`, then the rest of the message. */
function interrupted(during: () => Promise<void>): Readable {
  return Readable.from(
    (async function* () {
      yield bad.subarray(0, 100);
      await during();
      yield bad.subarray(100);
    })(),
  );
}

it('killed in the middle of a message: unavailable, and scanning again when it is back', async () => {
  const { clamd, scanner } = await pair();
  const { verdict } = await scanner.scan(
    interrupted(() => clamd.kill()),
    bad.length,
  );
  expect(verdict.kind).toBe('unavailable');
  await expect(scanner.ready()).rejects.toMatchObject({ code: 'scanner-unavailable', temporary: true });
  expect(scanner.state().state).toBe('down');
  await clamd.restart();
  await scanner.ready();
  expect(await kindOf(scanner, bad)).toBe('infected');
});

it('hung: unavailable when the deadline has passed, and scanning again when it wakes', async () => {
  const { clamd, scanner } = await pair();
  process.kill(clamd.pid, 'SIGSTOP');
  expect(await kindOf(scanner, bad)).toBe('unavailable');
  await expect(scanner.ready()).rejects.toMatchObject({ code: 'scanner-unavailable' });
  process.kill(clamd.pid, 'SIGCONT');
  await scanner.ready();
  expect(await kindOf(scanner, bad)).toBe('infected');
});

it('hung under a message of 50 MB: what is not taken is not read into memory', async () => {
  const { clamd, scanner } = await pair({ timeout: 3 });
  process.kill(clamd.pid, 'SIGSTOP');
  let read = 0;
  const body = (async function* () {
    for (; read < 50_000_000; read += 65_536) yield Buffer.alloc(65_536, 'x');
  })();
  // The canary just now was good, so the message is on its way before anything is noticed.
  expect((await scanner.scan(body, 50_000_000)).verdict.kind).toBe('unavailable');
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(2_000_000);
  process.kill(clamd.pid, 'SIGCONT');
});

it('its socket removed: unavailable, the reason names the socket', async () => {
  const { clamd, scanner } = await pair();
  // A session that is open goes on and truly scans; a message that needs a connection gets none.
  await rm(clamd.socket);
  const { verdict } = await scanner.scan(Readable.from([bad]), bad.length);
  expect(verdict).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining(clamd.socket) });
  await clamd.restart();
  await scanner.ready();
  expect(await kindOf(scanner, clean)).toBe('clean');
});

it('its temporary folder removed: blind, not clean', async () => {
  const { clamd, scanner } = await pair();
  await rm(`${clamd.root}/tmp`, { recursive: true });
  expect(await kindOf(scanner, clean)).toBe('unavailable');
  await expect(scanner.ready()).rejects.toMatchObject({ code: 'scanner-blind' });
  expect(scanner.state()).toMatchObject({ state: 'blind', failure: { code: 'scanner-blind', temporary: true } });
  await clamd.restart();
  await scanner.ready();
  expect(scanner.state()).toMatchObject({ state: 'ready', failure: null });
});

it('restarted with signatures that do not know the canary: blind', async () => {
  const { clamd, scanner } = await pair();
  const folder = await mkdtemp(join(tmpdir(), 'todoku-signatures-'));
  stops.push(() => rm(folder, { recursive: true }));
  await writeFile(`${folder}/other.hdb`, '00000000000000000000000000000000:1:Other\n');
  await clamd.restart(folder);
  await expect(scanner.reload()).rejects.toMatchObject({ code: 'scanner-blind' });
  expect(await kindOf(scanner, clean)).toBe('unavailable');
});

it('its signatures removed: what is loaded goes on or nothing is scanned, and neither is clean; back again, it sees', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'todoku-signatures-'));
  stops.push(() => rm(folder, { recursive: true }));
  for (const name of await readdir(testSignatures)) await copyFile(join(testSignatures, name), join(folder, name));
  const { clamd, scanner } = await pair({}, { signatures: folder });
  for (const name of await readdir(folder)) await rm(join(folder, name));
  await scanner.reload().catch(() => {});
  const kinds = [];
  for (let n = 0; n < 20; n += 1) kinds.push(await kindOf(scanner, bad));
  expect(kinds.filter((kind) => kind !== 'infected' && kind !== 'unavailable')).toEqual([]);
  for (const name of await readdir(testSignatures)) await copyFile(join(testSignatures, name), join(folder, name));
  await clamd.restart();
  await scanner.ready();
  expect([await kindOf(scanner, bad), await kindOf(scanner, clean)]).toEqual(['infected', 'clean']);
});

it('does not take mail apart: blind at once', async () => {
  const clamd = await startClamd({ extra: 'ScanMail no' });
  stops.push(() => clamd.stop());
  const made = await testScanner({ clamd: `unix:${clamd.socket}` });
  stops.push(() => made.close());
  await expect(made.scanner.ready()).rejects.toMatchObject({ code: 'scanner-blind' });
});

it('down while 200 messages wait: none is clean; all are scanned when it is back', async () => {
  const { clamd, scanner } = await pair();
  await clamd.kill();
  const down = await Promise.all(Array.from({ length: 200 }, () => kindOf(scanner, clean)));
  expect(new Set(down)).toEqual(new Set(['unavailable']));
  await clamd.restart();
  await scanner.ready();
  const up = await Promise.all(Array.from({ length: 200 }, (_, n) => kindOf(scanner, n % 2 === 0 ? clean : bad)));
  expect(up.filter((kind) => kind === 'clean').length).toBe(100);
  expect(up.filter((kind) => kind === 'infected').length).toBe(100);
});

it('a smaller StreamMaxLength than ours: unscannable, although its answer is lost with the connection', async () => {
  for (const tcp of [false, true]) {
    const { clamd, scanner } = await pair({ timeout: 20 }, { extra: 'StreamMaxLength 1M', tcp });
    if (tcp) await scanner.configure(scannerSettings.parse({ clamd: `tcp:127.0.0.1:${clamd.port}` }));
    await scanner.ready();
    for (let round = 0; round < 10; round += 1) {
      const body = Readable.from(Array.from({ length: 300 }, () => Buffer.alloc(65_536, 'x')));
      const { verdict } = await scanner.scan(body, null);
      expect(verdict).toMatchObject({ kind: 'unscannable', reason: expect.stringContaining('larger') });
    }
    expect(scanner.state().state).toBe('ready');
  }
});

it('several hosts: one dies in the middle, the other takes over; it is asked again when it is back', async () => {
  const [one, two] = [await startClamd({ tcp: true }), await startClamd({ tcp: true })];
  stops.push(
    () => one.stop(),
    () => two.stop(),
  );
  const made = await testScanner({ clamd: `tcp:127.0.0.1:${one.port},127.0.0.1:${two.port}`, timeout: 5 });
  stops.push(() => made.close());
  await made.scanner.ready();
  await one.kill();
  const kinds = await Promise.all(Array.from({ length: 20 }, () => kindOf(made.scanner, bad)));
  expect(new Set(kinds)).toEqual(new Set(['infected']));
  await two.kill();
  expect(await kindOf(made.scanner, bad)).toBe('unavailable');
  await one.restart();
  await made.scanner.ready();
  expect(await kindOf(made.scanner, bad)).toBe('infected');
  expect(made.scanner.state().where).toBe(`127.0.0.1:${one.port}, 127.0.0.1:${two.port}`);
});
