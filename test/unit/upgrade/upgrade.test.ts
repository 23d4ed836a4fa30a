// Upgrades: the data folder of every released version opens in this one, with nothing lost and nothing fetched again; what a newer
// version wrote is refused in words, and not touched. The folders are in test/fixture/upgrade, one a version.
//   TODOKU_KEEP_UPGRADE=1 npx vitest run --project unit test/unit/upgrade    keeps this version's
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, describe, expect, test } from 'vitest';
import { catalogVersion } from '../../../electron/station/catalog-schema.js';
import type { RunningStation } from '../../../electron/station/context.js';
import { ledgerVersion } from '../../../electron/station/ledger-schema.js';
import { openStation } from '../../../electron/station/open.js';
import { MailError } from '../../../shared/error.js';
import { explain } from '../../../shared/failure-text.js';
import { settingsVersion } from '../../../shared/settings.js';
import { version } from '../../../shared/version.js';
import { makeUpgradeHome, subjects, upgradeServer, whole } from '../../support/upgrade.js';

const fixtures = join(import.meta.dirname, '..', '..', 'fixture', 'upgrade');
const kept = ['settings.json', 'settings.json.last-good', 'secrets.json', 'ledger.db', 'catalog.db', 'mail'];

const places: string[] = [];
const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
  for (const place of places.splice(0)) rmSync(place, { recursive: true, force: true });
});
function copyOf(released: string): string {
  const home = mkdtempSync(join(tmpdir(), 'todoku-upgrade-'));
  places.push(home);
  cpSync(join(fixtures, released), home, { recursive: true });
  return home;
}
async function open(home: string): Promise<RunningStation> {
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  closings.push(() => running.close());
  return running;
}

test.runIf(process.env.TODOKU_KEEP_UPGRADE === '1')('keeps the folder of this version', async () => {
  const home = join(tmpdir(), 'todoku-upgrade');
  places.push(home);
  rmSync(home, { recursive: true, force: true });
  await makeUpgradeHome(home);
  checkpoint(join(home, 'catalog.db'));
  for (const name of kept) cpSync(join(home, name), join(fixtures, version, name), { recursive: true });
});

const released = readdirSync(fixtures);
test('the folder of this version is kept', () => expect(released).toContain(version));

describe.each(released)('from %s', (from) => {
  test('accounts, settings, routes and mail are there, and no message is fetched again', async () => {
    const home = copyOf(from);
    const server = await upgradeServer(['one that is new']);
    closings.push(() => server.close());
    const { station } = await open(home);
    const settings = await station['settings.read']({});
    expect(settings).toMatchObject({
      version: settingsVersion,
      language: 'ja',
      fontSize: 15,
      scanner: { mode: 'off', quarantineDays: 30 },
    });
    expect(settings.routing.aliases).toEqual([{ from: 'info@mori.example', to: ['ayumi@mori.example'] }]);
    const [state] = await station['account.list']({});
    expect(state).toMatchObject({ account: { id: 'work', name: '仕事' }, secretKnown: true });
    if (state === undefined) return;
    await station['account.save']({ account: { ...state.account, port: server.port }, secret: null, sendingSecret: null });
    const [report] = await station['fetch.now']({ id: null, check: false });
    expect(report).toMatchObject({ delivered: 1, failure: null });
    const listed = async () => (await station['message.list'](whole)).rows.map(({ subject }) => subject).sort();
    await expect.poll(listed, { timeout: 10_000 }).toEqual([...subjects, 'one that is new'].sort());
  });

  test('a catalog of another version is read anew from the mail', async () => {
    const home = copyOf(from);
    setVersion(join(home, 'catalog.db'), catalogVersion + 1);
    const { station } = await open(home);
    await expect.poll(async () => (await station['message.list'](whole)).total, { timeout: 10_000 }).toBe(subjects.length);
  });
});

/** All of it in the one file. */
function checkpoint(path: string): void {
  const database = new Database(path);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
function setVersion(path: string, to: number): void {
  const database = new Database(path);
  database.exec(`PRAGMA user_version = ${to}`);
  database.close();
}
const digests = (home: string) =>
  kept
    .filter((name) => name !== 'mail' && existsSync(join(home, name)))
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(home, name)))
        .digest('hex'),
    ]);

describe('written by a newer version', () => {
  test.each([
    [
      'settings-newer',
      (home: string) => {
        const path = join(home, 'settings.json');
        writeFileSync(
          path,
          JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), version: settingsVersion + 1, unheard: { of: 1 } }),
        );
      },
    ],
    ['ledger-newer', (home: string) => setVersion(join(home, 'ledger.db'), ledgerVersion + 1)],
  ])('%s: a sentence in both languages, and every octet as it was', async (code, write) => {
    const home = copyOf(version);
    write(home);
    const before = digests(home);
    const error = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(MailError);
    const failure = (error as MailError).toJSON();
    expect(failure.code).toBe(code);
    for (const language of ['en', 'ja'] as const) {
      const { what, next } = explain(failure, language);
      expect([what.length > 10, next.length > 5]).toEqual([true, true]);
    }
    expect(digests(home)).toEqual(before);
    // The lock is free again: the older program may go on with its own folder.
    expect(existsSync(join(home, 'station.json'))).toBe(false);
  });
});
