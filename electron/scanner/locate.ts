// Which clamd to ask, by the settings: the one that is named, one that runs on this machine, or our own; or why none.
import { MailError } from '../../shared/error.js';
import type { ScannerSettings } from '../../shared/settings.js';
import { pidFileIn } from './clamd.js';
import { largestStream } from './conf.js';
import { findClamd, findDatabase, findProgram, holdsDatabase, knownClamd, type Places, type SystemClamd } from './discover.js';
import { type Endpoint, parseEndpoints } from './endpoint.js';
import { neighbourSocket } from './orphan.js';

export type Located =
  | { readonly kind: 'off' }
  | { readonly kind: 'missing'; readonly failure: MailError }
  | { readonly kind: 'found'; readonly endpoints: readonly Endpoint[]; readonly limit: number; readonly warning: string | null }
  | { readonly kind: 'own'; readonly program: string; readonly database: string; readonly limit: number };

const silentLimits =
  'this clamd calls OK what its limits keep it from scanning inside archives: set AlertExceedsMax yes, and MaxFileSize above MaxScanSize, in its clamd.conf';

export interface Surroundings {
  readonly runFolder: string;
  /** The folder that the station's own freshclam fills; null where there is none. */
  readonly signatures: string | null;
  readonly places: Places;
}

export async function locate(settings: ScannerSettings, { runFolder, signatures, places }: Surroundings): Promise<Located> {
  if (settings.mode === 'off' || settings.clamd === 'off') return { kind: 'off' };
  const limit = Math.min(settings.streamLimit, largestStream);
  if (settings.clamd !== 'auto') {
    const endpoints = parseEndpoints(settings.clamd);
    return found(
      endpoints.map((endpoint) => knownClamd(endpoint, places)),
      limit,
    );
  }
  // A command beside a running station asks the station's clamd instead of starting a second one.
  const neighbour = neighbourSocket(pidFileIn(runFolder));
  if (neighbour !== null) return found([{ endpoint: { kind: 'unix', path: neighbour }, limit: null, alertsExceeded: null }], limit);
  // A folder of signatures is named: it is for a clamd of our own.
  const running = settings.database === null ? await findClamd(places) : null;
  if (running !== null) return found([running], limit);
  return ownClamd(settings, signatures, places, limit);
}

function found(clamds: readonly SystemClamd[], limit: number): Located {
  const limits = clamds.flatMap((clamd) => (clamd.limit === null ? [] : [clamd.limit - 4096]));
  const silent = clamds.some((clamd) => clamd.alertsExceeded === false);
  const warning = silent ? silentLimits : null;
  return { kind: 'found', endpoints: clamds.map((clamd) => clamd.endpoint), limit: Math.min(limit, ...limits), warning };
}

function ownClamd(settings: ScannerSettings, signatures: string | null, places: Places, limit: number): Located {
  const program = findProgram('clamd', places);
  if (program === null) return missing('ClamAV is not installed: install its daemon (Debian: clamav-daemon), or name a clamd elsewhere');
  const named = settings.database;
  if (named !== null && !holdsDatabase(named)) return missing(`there are no signatures in ${named}`, named);
  const database = databaseFor(settings, { signatures, places });
  if (database === null) return missing('ClamAV is installed, but has no signatures yet: update them (freshclam)');
  return { kind: 'own', program, database, limit };
}

/** What our own clamd loads; null: there is nothing. */
export function databaseFor(settings: ScannerSettings, { signatures, places }: Omit<Surroundings, 'runFolder'>): string | null {
  return settings.database ?? findDatabase(signatures, places);
}

function missing(message: string, path?: string): Located {
  return { kind: 'missing', failure: new MailError('scanner-unavailable', message, true, path === undefined ? {} : { path }) };
}
