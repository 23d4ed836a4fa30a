// The doctor's look at what the station depends on: clamd, signatures, and the mail servers.
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { type DoctorCheck, found } from '../../shared/doctor.js';
import { MailError } from '../../shared/error.js';
import type { Settings } from '../../shared/settings.js';
import { systemCode } from '../net/network-error.js';
import { sendCanary } from '../scanner/canary.js';
import { readDatabases } from '../scanner/cvd.js';
import { type Places, usualPlaces } from '../scanner/discover.js';
import { describeEndpoint, type Endpoint } from '../scanner/endpoint.js';
import { askVersion, versionParts } from '../scanner/exchange.js';
import { locate } from '../scanner/locate.js';
import { chooseFolder } from '../scanner/signatures-folder.js';
import { openClient } from '../scanner/stream.js';
import type { Home } from './context.js';
import { onThisMachine } from './rest.js';

/** Milliseconds for an answer of clamd, for the canary, and for a server. */
const [patience, canaryPatience, serverPatience] = [5000, 30_000, 8000];
const day = 86_400_000;
/** Servers tried at most. */
const mostServers = 50;

export interface Outside {
  readonly home: Home;
  readonly settings: Settings;
  readonly places?: Places;
}

const signaturesOf = ({ root }: Home) => join(root, 'signatures');

/** Nothing is started: where our own clamd would be, that is said. */
export async function checkClamd({ home, settings, places = usualPlaces }: Outside): Promise<DoctorCheck> {
  const located = await locate(settings.scanner, { runFolder: home.run, signatures: signaturesOf(home), places });
  if (located.kind === 'off') return found('clamd', 'off');
  if (located.kind === 'missing') return found('clamd', 'missing', { said: located.failure.message });
  if (located.kind === 'own') return found('clamd', 'startable');
  for (const endpoint of located.endpoints) {
    const check = await askEndpoint(endpoint);
    if (check.level !== 'good') return check;
  }
  const [first] = located.endpoints;
  return first === undefined ? found('clamd', 'missing', { said: 'none is named' }) : askEndpoint(first);
}

async function askEndpoint(endpoint: Endpoint): Promise<DoctorCheck> {
  const where = describeEndpoint(endpoint);
  try {
    const { engine } = versionParts(await askVersion(endpoint, patience));
    const verdict = await sendCanary(await openClient(), endpoint, canaryPatience);
    return verdict.kind === 'infected'
      ? found('clamd', 'ok', { engine, where })
      : found('clamd', 'blind', { where, said: 'reason' in verdict ? verdict.reason : verdict.kind });
  } catch (error) {
    return found('clamd', 'silent', { where, said: error instanceof MailError ? error.message : String(error) });
  }
}

export async function checkSignatures({ home, settings, places = usualPlaces }: Outside): Promise<DoctorCheck> {
  const { folder } = chooseFolder(settings.scanner.database, signaturesOf(home), places);
  const databases = await readDatabases(folder);
  if (databases.length === 0) return found('signatures', 'none', { path: folder });
  const built = databases.flatMap((database) => (database.built === null ? [] : [Date.parse(database.built)]));
  if (built.length === 0) return found('signatures', 'unknown');
  const count = Math.max(0, Math.floor((Date.now() - Math.max(...built)) / day));
  return found('signatures', count > 7 ? 'stale' : count > 3 ? 'old' : 'fresh', { count });
}

interface Server {
  readonly host: string;
  readonly port: number;
}

/** Connects to each server of an account that is polled, and says nothing to it. */
export async function checkNetwork({ settings }: Pick<Outside, 'settings'>): Promise<DoctorCheck> {
  const polled = settings.accounts.filter(({ enabled }) => enabled);
  const all = new Map<string, Server>(polled.map(({ host, port }) => [`${host}:${port}`, { host, port }]));
  if (all.size === 0) return found('network', 'none');
  const servers = [...all.values()].slice(0, mostServers);
  if (isOffline() && servers.some(({ host }) => !onThisMachine(host))) return found('network', 'offline');
  const answers = await Promise.all(servers.map(async (server) => ({ server, code: await reachServer(server) })));
  const lost = answers.filter(({ code }) => code !== null);
  if (lost[0] === undefined) return found('network', 'ok', { count: servers.length });
  const { server, code } = lost[0];
  return found('network', 'unreachable', {
    count: lost.length,
    of: servers.length,
    host: `${server.host}:${server.port}`,
    code: code ?? '',
  });
}

function isOffline(): boolean {
  return Object.values(networkInterfaces()).every((addresses = []) => addresses.every(({ internal }) => internal));
}

/** Null once connected; else the system's word for why not. */
function reachServer({ host, port }: Server): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (code: string | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(code);
    };
    const timer = setTimeout(end, serverPatience, 'ETIMEDOUT');
    socket.on('connect', () => end(null));
    socket.on('error', (error) => end(systemCode(error) || 'unknown'));
  });
}
