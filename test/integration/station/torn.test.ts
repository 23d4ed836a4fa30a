// A disk that tears writes: the ledger and its write-ahead log, copied while a station runs and cut, zeroed or garbled at random
// places, open again; what stands in the Maildirs is adopted, what does not is fetched; nothing is lost, nothing comes twice.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import { audit, makeScenario, scenarioMessages } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { type Random, seeded } from '../../support/mailgen.js';

const seeds = Array.from({ length: 24 }, (_, index) => index + 1);
const sent = scenarioMessages(12, 'torn');
let dovecot: Dovecot;
/** Copies of the home after the first, second and third run, each taken while the station was open. */
const copies: string[] = [];

beforeAll(async () => {
  dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users: [{ name: 'torn', password: 'secret' }] });
  const { home } = makeScenario({ port: dovecot.pop3Port, user: 'torn' }, 'secret', null);
  // A ledger that was once closed: what a run in the log begins with is not its first state.
  await (await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] })).close();
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  for (const part of [sent.slice(0, 4), sent.slice(4, 8), sent.slice(8)]) {
    for (const bytes of part) await dovecot.deposit('torn', bytes);
    await running.station['fetch.now']({ id: null, check: false });
    const copy = mkdtempSync(join(tmpdir(), 'todoku-torn-'));
    for (const name of readdirSync(home).filter((file) => !file.startsWith('lock')))
      cpSync(join(home, name), join(copy, name), { recursive: true });
    copies.push(copy);
  }
  await running.close();
  rmSync(home, { recursive: true, force: true });
});
afterAll(async () => {
  await dovecot?.stop();
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
});

const ways = ['cut', 'zeros', 'garbage', 'cut-sector', 'empty'] as const;

/** Damages the tail of the log; returns what was done. SQLite's -shm is what a machine that lost its power has not. */
function tear(home: string, random: Random): string {
  const path = join(home, 'ledger.db-wal');
  rmSync(join(home, 'ledger.db-shm'), { force: true });
  const bytes = readFileSync(path);
  const way = ways[Math.floor(random() * ways.length)] ?? 'cut';
  const at = way === 'cut-sector' ? Math.floor((random() * bytes.length) / 512) * 512 : Math.floor(random() * bytes.length);
  const tail = bytes.subarray(way === 'empty' ? 0 : at);
  if (way === 'zeros') tail.fill(0);
  else if (way === 'garbage') for (let index = 0; index < tail.length; index += 1) tail[index] = random() * 256;
  writeFileSync(path, way === 'zeros' || way === 'garbage' ? bytes : bytes.subarray(0, bytes.length - tail.length));
  return `${way} at ${at} of ${bytes.length}`;
}

async function fetchAgain(copy: string): Promise<void> {
  const running = await openStation({ home: copy, keyring: null, sample: false, schedule: false, notices: [] });
  const [report] = await running.station['fetch.now']({ id: null, check: false });
  await running.close();
  expect(report?.failure).toBeNull();
}

test.each(seeds)('torn by seed %i', async (seed) => {
  const random = seeded(seed);
  const copy = mkdtempSync(join(tmpdir(), 'todoku-torn-'));
  cpSync(copies[seed % copies.length] ?? '', copy, { recursive: true });
  expect(existsSync(join(copy, 'ledger.db-wal'))).toBe(true);
  const done = tear(copy, random);
  await fetchAgain(copy);
  expect(audit(sent, [join(copy, 'mail', 'a.example', 'joe')], 0), done).toEqual({ lost: 0, duplicated: 0, changed: 0, left: 0 });
  rmSync(copy, { recursive: true, force: true });
});

test('a ledger whose log is gone and whose first page is torn is set aside, and what stands is adopted', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'todoku-torn-'));
  cpSync(copies[2] ?? '', copy, { recursive: true });
  for (const suffix of ['-wal', '-shm']) rmSync(join(copy, `ledger.db${suffix}`), { force: true });
  const bytes = readFileSync(join(copy, 'ledger.db'));
  bytes.fill(0xa5, 100);
  writeFileSync(join(copy, 'ledger.db'), bytes);
  await fetchAgain(copy);
  expect(readdirSync(copy).some((name) => name.startsWith('ledger.db.broken-'))).toBe(true);
  expect(audit(sent, [join(copy, 'mail', 'a.example', 'joe')], 0)).toEqual({ lost: 0, duplicated: 0, changed: 0, left: 0 });
  rmSync(copy, { recursive: true, force: true });
});
