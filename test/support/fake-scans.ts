// Scans and the scanner's dashboard, for looking at the window.
import type { Station } from '../../shared/contract.js';
import type { ScanProgress } from '../../shared/scan.js';

const progress: ScanProgress = {
  id: 'files-1',
  kind: 'files',
  where: ['/home/ayumi/Downloads'],
  state: 'scanning',
  files: 420,
  ofFiles: 1400,
  octets: 24_000_000,
  ofOctets: 60_000_000,
  seconds: 12,
  left: 19,
  infected: 1,
  suspicious: 1,
  clean: 417,
  errors: 1,
  passed: { links: 12, devices: 1, excluded: 3, elsewhere: 0 },
};
const place = { id: 'mail', shown: '/home/ayumi/mail', kind: 'all-mail' } as const;

type Names = 'scanner.watch' | 'scan.places' | 'scan.choose' | 'scan.start' | 'scan.read' | 'scan.control' | 'scan.list' | 'scan.settle';
export function fakeScans(): Pick<Station, Names> {
  const line = { id: 1, path: '/home/ayumi/Downloads/parcel.com', detail: 'Eicar-Test-Signature', fate: null, failure: null };
  return {
    'scanner.watch': async () => ({
      hosts: [
        {
          where: '/run/clamav/clamd.ctl',
          state: 'ready',
          version: 'ClamAV 1.4.6/27813',
          why: null,
          scanning: 2,
          stats: {
            ...{ state: 'VALID PRIMARY', live: 3, idle: 1, maximum: 10, queue: 2, heap: null },
            ...{ poolsUsed: 1_100_000_000, poolsTotal: 1_120_000_000, tasks: [{ what: 'INSTREAM fd[10]', seconds: 0.42 }] },
          },
        },
      ],
      memory: 1_250_000_000,
      queued: 4,
      scanning: 2,
      perMinute: 96,
      latency: { p50: 6, p95: 41, p99: 120, longest: 310 },
      minutes: Array.from({ length: 60 }, (_, n) => ({
        minute: new Date(Date.now() - (59 - n) * 60_000).toISOString(),
        scans: 20 + (n % 9),
        octets: 1_000_000,
        verdicts: { clean: 18 + (n % 9), infected: n % 20 === 0 ? 1 : 0, suspicious: n % 13 === 0 ? 2 : 0 },
        p50: 5 + (n % 4),
        p95: 30 + (n % 11),
        p99: 80 + (n % 17),
      })),
    }),
    'scan.places': async () => ({ dialog: true, places: [place] }),
    'scan.choose': async () => [place],
    'scan.start': async () => progress,
    'scan.read': async () => ({ files: progress, mail: null }),
    'scan.control': async () => progress,
    'scan.list': async () => ({ total: 1, lines: [line] }),
    'scan.settle': async () => ({ total: 1, lines: [line] }),
  };
}
