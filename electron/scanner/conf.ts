// clamd.conf: read for what we need to know of someone else's clamd, written for our own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScannerSettings } from '../../shared/settings.js';
import { resourcesFolder } from './resources.js';

/** Options by name, values in order. Comments and blank lines are skipped; quotes are taken off. */
export function readConf(text: string): ReadonlyMap<string, readonly string[]> {
  const options = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const found = /^\s*([A-Za-z0-9]+)\s+(.*?)\s*$/.exec(line);
    if (found?.[1] === undefined || found[2] === undefined) continue;
    const value = found[2].replace(/^(["'])(.*)\1$/, '$2');
    options.set(found[1], [...(options.get(found[1]) ?? []), value]);
  }
  return options;
}

/** `25M`, `4096K`, `104857600` as octets; null where it is no size. */
export function confSize(value: string | undefined): number | null {
  const found = /^(\d+)([KkMmGg]?)$/.exec(value ?? '');
  if (found === null) return null;
  const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
  return Number(found[1]) * (units[(found[2] ?? '').toLowerCase()] ?? 1);
}

/** Octets; clamd's sizes end at 2 GB. */
export const largestStream = 1_900_000_000;
const largestScan = 2_000_000_000;

/** Octets our own clamd unpacks of one message before it says that this is over its limits. */
export function scanLimitFor(settings: ScannerSettings): number {
  return Math.min(4 * Math.min(settings.streamLimit, largestStream), largestScan);
}

export interface OwnClamdConf {
  readonly socket: string;
  readonly temporary: string;
  readonly database: string;
  readonly settings: ScannerSettings;
  /** Our clamd stays the user who runs the station; started by root it must be told so. */
  readonly root: boolean;
}

/** The text of the configuration for our own clamd. */
export function writeConf(conf: OwnClamdConf): string {
  const { timeout, parallel, concurrentReload, actions } = conf.settings;
  const streamLimit = Math.min(conf.settings.streamLimit, largestStream);
  const scanLimit = scanLimitFor(conf.settings);
  const fields: Readonly<Record<string, string>> = {
    USER: conf.root ? 'User root' : '# runs as the user of the station',
    SOCKET: conf.socket,
    DATABASE: conf.database,
    TEMPORARY: conf.temporary,
    // The prefix that makes a message mail for clamd is sent, too.
    STREAM_LIMIT: String(streamLimit + 4096),
    SCAN_LIMIT: String(scanLimit),
    FILE_LIMIT: String(scanLimit + 1_048_576),
    // clamd gives up first, and says so with a verdict (limits) instead of silence.
    SCAN_TIME: String(Math.max(500, Math.min(120_000, timeout * 800))),
    THREADS: String(Math.max(10, parallel + 4)),
    READ_TIMEOUT: String(Math.max(30, Math.min(timeout, 600))),
    IDLE_TIMEOUT: concurrentReload ? '30' : '1',
    UNWANTED: actions.unwanted === 'deliver' ? 'no' : 'yes',
    CONCURRENT_RELOAD: concurrentReload ? 'yes' : 'no',
  };
  const template = readFileSync(join(resourcesFolder(), 'clamd.conf.template'), 'utf8');
  return template.replace(/\{\{([A-Z_]+)\}\}/g, (_, name: string) => fields[name] ?? '');
}
