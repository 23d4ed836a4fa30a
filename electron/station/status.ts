// The station about itself: status, settings, statistics, log, pauses.
import type { Settings } from '../../shared/settings.js';
import type { Notice, ScannerState, SignaturesState, StationStatus } from '../../shared/station.js';
import { version } from '../../shared/version.js';
import type { Calls, Context } from './context.js';
import type { Log } from './log.js';
import type { Poller } from './poller.js';
import { pausedAt } from './schedule.js';
import type { Statistics } from './statistics.js';

export interface StatusDeps extends Context {
  readonly sample: boolean;
  readonly notices: readonly Notice[];
  readonly poller: Poller;
  readonly statistics: Statistics;
  readonly lines: Log['lines'];
  readonly scanner: () => ScannerState;
  readonly signatures: () => SignaturesState;
  readonly counts: () => Promise<Pick<StationStatus, 'unread' | 'quarantined' | 'problems' | 'bounces' | 'indexing'>>;
  readonly scannerChanged: (settings: Settings['scanner']) => Promise<void>;
}

type StatusCalls = Calls<'status.read' | 'settings.read' | 'settings.write' | 'poll.pause' | 'statistics.read' | 'log.read'>;

export function statusCalls(deps: StatusDeps): StatusCalls {
  const started = new Date().toISOString();
  const status = async (): Promise<StationStatus> => {
    const pause = pausedAt(deps.settings.read().poll.pause, Date.now());
    const next = deps.poller.next();
    return {
      version,
      home: deps.home.root,
      pid: process.pid,
      started,
      sample: deps.sample,
      paused: pause.paused,
      pausedUntil: pause.until,
      scanner: deps.scanner(),
      signatures: deps.signatures(),
      next: next === null || pause.paused ? null : new Date(next).toISOString(),
      notices: deps.notices,
      ...(await deps.counts()),
    };
  };
  return {
    'status.read': status,
    'settings.read': async () => deps.settings.read(),
    async 'settings.write'(change) {
      const before = deps.settings.read();
      const after = await deps.settings.update((current) => ({ ...current, ...change }));
      if (JSON.stringify(before.scanner) !== JSON.stringify(after.scanner)) await deps.scannerChanged(after.scanner);
      deps.poller.replan();
      deps.emit('status.changed', {});
      return after;
    },
    async 'poll.pause'({ pause }) {
      await deps.settings.update((current) => ({ ...current, poll: { ...current.poll, pause } }));
      deps.log(
        'info',
        pause.kind === 'none' ? 'polling goes on' : `polling is paused ${pause.kind === 'until' ? `until ${pause.time}` : 'until resumed'}`,
      );
      if (pause.kind === 'none') deps.poller.wake();
      deps.emit('account.changed', { id: null });
      deps.emit('status.changed', {});
      return status();
    },
    'statistics.read': async ({ hours }) => deps.statistics.read(hours),
    'log.read': async ({ lines, account }) => deps.lines(lines, account),
  };
}
