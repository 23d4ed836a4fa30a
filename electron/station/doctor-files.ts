// The doctor's look at the data folder: is it there, closed to others, with room; and are settings, ledger and catalog whole?
// Nothing is repaired, made or moved here: that is the next start's work, and the person is told first.
import { accessSync, constants, existsSync, lstatSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'libsql';
import { type DoctorCheck, found } from '../../shared/doctor.js';
import { MailError } from '../../shared/error.js';
import { type Settings, settings as settingsSchema } from '../../shared/settings.js';
import { catalogVersion } from './catalog-schema.js';
import type { Home } from './context.js';
import { ledgerVersion } from './ledger-schema.js';
import { lockHolder } from './lock.js';
import { parseSettings } from './settings.js';

const megabyte = 1_000_000;
/** Octets below which polls will soon fail, and below which they do; files likewise. */
const [low, full, fewFiles] = [1000 * megabyte, 50 * megabyte, 1000];

export function checkFolder({ root }: Home): DoctorCheck {
  if (!existsSync(root)) return found('folder', 'missing', { path: root });
  try {
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK);
    return found('folder', 'ok', { path: root });
  } catch (error) {
    return found('folder', 'unwritable', { path: root, code: String((error as NodeJS.ErrnoException).code) });
  }
}

/** Mail folders are not looked into: they may be shared on purpose. */
export function checkModes(home: Home): DoctorCheck {
  if (!existsSync(home.root)) return found('modes', 'ok');
  const files = readdirSync(home.root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|db|lock)|-(wal|shm)$/.test(entry.name))
    .map(({ name }) => join(home.root, name));
  const folders = [home.root, home.quarantine, home.problems, home.outbox, home.run, home.log].filter((path) => existsSync(path));
  const open = [...folders, ...files].filter((path) => (lstatSync(path).mode & 0o077) !== 0);
  return open[0] === undefined ? found('modes', 'ok') : found('modes', 'open', { count: open.length, path: open[0], root: home.root });
}

/** Of the nearest folder that exists, for a station that is not there yet. */
export function checkSpace({ root }: Home): DoctorCheck {
  const { bavail, bsize, files, ffree } = statfsSync(nearest(root));
  const octets = bavail * bsize;
  const free = octets < 10_000 * megabyte ? `${Math.floor(octets / megabyte)} MB` : `${Math.floor(octets / (1000 * megabyte))} GB`;
  // Some file systems count no files.
  if (files > 0 && ffree < fewFiles) return found('space', 'inodes', { count: ffree });
  return found('space', octets < full ? 'full' : octets < low ? 'low' : 'ok', { free });
}

function nearest(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
}

export function checkLock({ root }: Home): DoctorCheck {
  const holder = lockHolder(root);
  if (holder !== null) return found('lock', 'held', { pid: holder.pid });
  const path = join(root, 'station.lock');
  return found('lock', existsSync(path) && isLocked(path) ? 'unknown' : 'free');
}

/** A read needs what an exclusive holder does not give; it takes nothing from a station that is starting. */
function isLocked(path: string): boolean {
  const database = new Database(path, { readonly: true });
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    if (/^SQLITE_BUSY/.test(String((error as { code?: unknown }).code))) return true;
    throw error;
  } finally {
    database.close();
  }
}

/** What settings.json says, or the defaults where it says nothing that can be read. */
export function readSettings({ settings: path }: Home): { readonly settings: Settings; readonly check: DoctorCheck } {
  const defaults = settingsSchema.parse({});
  if (!existsSync(path)) return { settings: defaults, check: found('settings', 'absent') };
  try {
    const settings = parseSettings(readFileSync(path, 'utf8'), path);
    const aside = setAside(path);
    const last = aside.at(-1);
    const check =
      last === undefined
        ? found('settings', 'ok', { count: settings.accounts.length })
        : found('settings', 'aside', { count: aside.length, path: last });
    return { settings, check };
  } catch (error) {
    const newer = error instanceof MailError && error.code === 'settings-newer';
    const check = newer
      ? found('settings', 'newer', { version: error.facts.name ?? '' })
      : found('settings', 'broken', { said: (error as Error).message.slice(0, 200) });
    return { settings: defaults, check };
  }
}

function setAside(path: string): readonly string[] {
  const mark = `${basename(path)}.broken-`;
  const names = readdirSync(dirname(path)).filter((name) => name.startsWith(mark));
  return names.sort().map((name) => join(dirname(path), name));
}

interface Looked {
  readonly version: number;
  readonly count: number;
  /** SQLite's own words; null: whole. */
  readonly damage: string | null;
}

export function checkLedger({ ledger: path }: Home): DoctorCheck {
  if (!existsSync(path)) return found('ledger', 'absent');
  const { version, count, damage } = lookInto(path, true);
  if (damage !== null) return found('ledger', 'damaged', { said: damage });
  if (version > ledgerVersion) return found('ledger', 'newer', { version: String(version) });
  const aside = setAside(path);
  const last = aside.at(-1);
  return last === undefined ? found('ledger', 'ok', { count }) : found('ledger', 'aside', { count: aside.length, path: last });
}

export function checkCatalog({ catalog: path }: Home): DoctorCheck {
  if (!existsSync(path)) return found('catalog', 'absent');
  const { version, count, damage } = lookInto(path, false);
  if (damage !== null) return found('catalog', 'damaged', { said: damage });
  return version === catalogVersion ? found('catalog', 'ok', { count }) : found('catalog', 'other');
}

/** `whole`: every page is read, too. Throws where it is busy or may not be read: that is no damage. */
function lookInto(path: string, whole: boolean): Looked {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { readonly: true });
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    const { quick_check: said } = whole
      ? (database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string })
      : { quick_check: 'ok' };
    if (said !== 'ok') return { version, count: 0, damage: said };
    const made = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'message'").get() !== undefined;
    const count = made ? (database.prepare('SELECT count(*) AS n FROM message').get() as { n: number }).n : 0;
    return { version, count, damage: null };
  } catch (error) {
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(String((error as { code?: unknown }).code))) throw error;
    return { version: 0, count: 0, damage: (error as Error).message };
  } finally {
    database?.close();
  }
}
