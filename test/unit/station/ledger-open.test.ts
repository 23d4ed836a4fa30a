// Opening the ledger: what is damaged is set aside, what is only busy or forbidden is left as it was, and what was not closed is not believed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, expect, test } from 'vitest';
import { openLedger } from '../../../electron/station/ledger.js';

const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});
function place(): string {
  const home = mkdtempSync(join(tmpdir(), 'todoku-ledger-'));
  homes.push(home);
  return join(home, 'ledger.db');
}
const names = (path: string) => readdirSync(join(path, '..')).filter((name) => name.includes('.broken-'));
/** One account, its run ended. */
function ended(path: string): void {
  const ledger = openLedger(path);
  ledger.beginRun('joe');
  ledger.endRun('joe', 'digest');
  ledger.close();
}
const openRuns = (path: string) => {
  const database = new Database(path);
  const rows = database.prepare('SELECT account, open, digest FROM run').all();
  database.close();
  return rows;
};

/** A program that keeps even readers out, as one that makes a backup may. In a process of its own: the package's locks outlive `close`. */
async function holding(path: string): Promise<ChildProcess> {
  const program = `
    import Database from 'libsql';
    const database = new Database(process.argv[1]);
    database.exec('CREATE TABLE run (account); PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    console.log('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

test('a file of other octets is set aside, and an empty one begun', () => {
  const path = place();
  ended(path);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(100, 0x78), 0, 100, 0);
  closeSync(file);
  const ledger = openLedger(path);
  expect([ledger.fresh, names(path).length]).toEqual([true, 1]);
  ledger.close();
});

test('a file that another program holds is not set aside', async () => {
  const path = place();
  const other = await holding(path);
  const octets = readFileSync(path);
  expect(() => openLedger(path)).toThrow(/locked/);
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(names(path)).toEqual([]);
  expect(readFileSync(path).equals(octets)).toBe(true);
});

test('a ledger that was closed is believed', () => {
  const path = place();
  ended(path);
  openLedger(path, true).close();
  expect(openRuns(path)).toEqual([{ account: 'joe', open: 0, digest: 'digest' }]);
});

test('a log that was left behind makes every account look again; beside a station that runs it means nothing', () => {
  const path = place();
  ended(path);
  const running = openLedger(path);
  running.saveReport({ account: 'joe' } as never, 0);
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  // Not closed: that would empty the log.
  openLedger(path);
  expect(openRuns(path)).toEqual([{ account: 'joe', open: 0, digest: 'digest' }]);
  openLedger(path, true).close();
  expect(openRuns(path)).toEqual([{ account: 'joe', open: 1, digest: null }]);
  running.close();
});
