// A doctor's report with every level in it.
import { type DoctorReport, found } from '../../shared/doctor.js';

export function makeReport(): DoctorReport {
  return {
    version: '0.1.0',
    checked: new Date().toISOString(),
    platform: 'linux x64',
    checks: [
      found('versions', 'ok', { version: '0.1.0', node: '20.18.1', runtime: ' (Electron 33.2.1, Chromium 130.0.6723.137)' }),
      found('folder', 'ok', { path: '/home/ayumi/.local/share/todoku' }),
      found('modes', 'open', {
        count: 2,
        path: '/home/ayumi/.local/share/todoku/settings.json',
        root: '/home/ayumi/.local/share/todoku',
      }),
      found('space', 'ok', { free: '212 GB' }),
      found('lock', 'held', { pid: 4711 }),
      found('settings', 'ok', { count: 3 }),
      found('ledger', 'ok', { count: 6046 }),
      found('catalog', 'absent'),
      found('clamd', 'ok', { engine: 'ClamAV 1.4.3', where: '/run/clamav/clamd.ctl' }),
      found('signatures', 'stale', { count: 12 }),
      found('network', 'unreachable', { count: 1, of: 3, host: 'pop.kaze-net.example:995', code: 'ECONNREFUSED' }),
      found('secrets', 'ok', { count: 3 }),
      found('keyring', 'strong'),
      found('tray', 'missing'),
    ],
  };
}
