// Is there a clamd on this machine already? The sockets named by clamd.conf, the usual ones, loopback TCP; and
// where the programs and databases of an installed ClamAV are.
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { confSize, readConf } from './conf.js';
import type { Endpoint } from './endpoint.js';
import { ask } from './exchange.js';

export interface SystemClamd {
  readonly endpoint: Endpoint;
  /** Octets, by its own clamd.conf: the smaller of StreamMaxLength and MaxFileSize. null: not known. */
  readonly limit: number | null;
  /** False where it calls OK what its limits kept it from scanning. null: not known. */
  readonly alertsExceeded: boolean | null;
}

export interface Places {
  readonly confs: readonly string[];
  readonly sockets: readonly string[];
  readonly ports: readonly number[];
  readonly programs: readonly string[];
  readonly databases: readonly string[];
}

export const usualPlaces: Places = {
  confs: [
    '/etc/clamav/clamd.conf',
    '/etc/clamd.d/scan.conf',
    '/etc/clamd.conf',
    '/usr/local/etc/clamav/clamd.conf',
    '/usr/local/etc/clamd.conf',
    '/opt/homebrew/etc/clamav/clamd.conf',
  ],
  sockets: [
    '/run/clamav/clamd.ctl',
    '/run/clamav/clamd.sock',
    '/run/clamd.scan/clamd.sock',
    '/var/run/clamav/clamd.ctl',
    '/var/run/clamav/clamd.sock',
    '/usr/local/var/run/clamav/clamd.sock',
    '/opt/homebrew/var/run/clamav/clamd.sock',
    '/tmp/clamd.socket',
    '/tmp/clamd.sock',
  ],
  ports: [3310],
  programs: ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/sbin', '/opt/homebrew/bin', '/opt/clamav/sbin'],
  databases: ['/var/lib/clamav', '/usr/local/share/clamav', '/usr/local/var/lib/clamav', '/opt/homebrew/var/lib/clamav'],
};

const patience = 3000;

/** The first clamd that answers PING, or null. */
export async function findClamd(places: Places = usualPlaces): Promise<SystemClamd | null> {
  const confs = places.confs.flatMap(systemClamd);
  const bare = (endpoint: Endpoint): SystemClamd => ({ endpoint, limit: null, alertsExceeded: null });
  const candidates = [
    ...confs,
    ...places.sockets.filter((path) => existsSync(path)).map((path) => bare({ kind: 'unix', path })),
    ...places.ports.map((port) => bare({ kind: 'tcp', host: '127.0.0.1', port })),
  ];
  for (const candidate of candidates) if (await answers(candidate.endpoint)) return candidate;
  return null;
}

/** What the configuration of a local clamd says of this endpoint; nulls where no file names it. */
export function knownClamd(endpoint: Endpoint, places: Places = usualPlaces): SystemClamd {
  const key = JSON.stringify(endpoint);
  const found = places.confs.flatMap(systemClamd).find((clamd) => JSON.stringify(clamd.endpoint) === key);
  return found ?? { endpoint, limit: null, alertsExceeded: null };
}

async function answers(endpoint: Endpoint): Promise<boolean> {
  try {
    return (await ask(endpoint, 'PING', patience)).startsWith('PONG');
  } catch {
    return false;
  }
}

function systemClamd(path: string): readonly SystemClamd[] {
  const conf = readable(path);
  if (conf === null) return [];
  const options = readConf(conf);
  const last = (name: string) => options.get(name)?.at(-1);
  const sizes = [last('StreamMaxLength'), last('MaxFileSize')].map((value) => confSize(value) ?? 104_857_600);
  const alerts = /^(yes|true|1)$/i.test(last('AlertExceedsMax') ?? 'no');
  // A member of a zip is cut at MaxFileSize without a word unless the cut piece is over MaxScanSize.
  const tellsCut = (sizes[1] ?? 0) > (confSize(last('MaxScanSize')) ?? 419_430_400);
  const facts = { limit: Math.min(...sizes), alertsExceeded: alerts && tellsCut };
  const socket = last('LocalSocket');
  const port = Number(last('TCPSocket'));
  const hosts = options.get('TCPAddr') ?? ['127.0.0.1'];
  return [
    ...(socket === undefined ? [] : [{ endpoint: { kind: 'unix' as const, path: socket }, ...facts }]),
    ...(port > 0 ? hosts.map((host) => ({ endpoint: { kind: 'tcp' as const, host: anyAddress(host), port }, ...facts })) : []),
  ];
}

function anyAddress(host: string): string {
  return host === '0.0.0.0' || host === 'any' ? '127.0.0.1' : host === '::' ? '::1' : host;
}

function readable(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Absolute path of a program of ClamAV (they live in sbin, which is not in every PATH); null: not installed. */
export function findProgram(name: string, places: Places = usualPlaces): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...places.programs].filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const databaseFile = /\.(cvd|cld|cud|hdb|hsb|ndb|ldb|mdb|msb|db|fp|sfp|yar|yara|cdb|cbc|crb|gdb|pdb|wdb|idb)$/;

/** True when clamd would find something to load there. */
export function holdsDatabase(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => databaseFile.test(name));
  } catch {
    return false;
  }
}

/** The first of our own folder and the system's that holds signatures; null: none does. */
export function findDatabase(own: string | null, places: Places = usualPlaces): string | null {
  return [...(own === null ? [] : [own]), ...places.databases].find(holdsDatabase) ?? null;
}
