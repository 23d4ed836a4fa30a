// The scanner's state as the window and `todoku status` see it.
import type { ScannerSettings } from '../../shared/settings.js';
import type { ScannerState } from '../../shared/station.js';
import { versionParts } from './exchange.js';
import type { Gate } from './gate.js';
import type { Host } from './host.js';
import type { Seat } from './seat.js';

export function readState(settings: ScannerSettings, seat: Seat, gate: Gate): ScannerState {
  const host = seat.pool?.hosts.find(({ health }) => health.kind === 'ready');
  return {
    mode: settings.mode,
    state: word(seat, host),
    where: seat.where,
    managed: seat.own !== null,
    pid: seat.own?.pid ?? null,
    memory: seat.own?.memory ?? null,
    ...knownOf(host),
    queued: gate.waiting,
    scanning: gate.running,
    failure: seat.failure?.toJSON() ?? null,
  };
}

function word(seat: Seat, ready: Host | undefined): ScannerState['state'] {
  if (seat.off) return 'off';
  if (seat.located?.kind === 'missing') return 'missing';
  if (seat.failure !== null) return seat.failure.code === 'scanner-blind' ? 'blind' : 'down';
  return ready === undefined ? 'starting' : 'ready';
}

function knownOf(host: Host | undefined): Pick<ScannerState, 'engine' | 'database' | 'databaseDate' | 'canary'> {
  if (host?.health.kind !== 'ready') return { engine: null, database: null, databaseDate: null, canary: null };
  return { ...versionParts(host.health.version), canary: new Date(host.health.canary).toISOString() };
}
