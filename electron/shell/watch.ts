// Keeps tray, badge and notifications in step with the station.
import { setTimeout as pause } from 'node:timers/promises';
import { app } from 'electron';
import type { FetchReport } from '../../shared/fetch.js';
import type { Envelope } from '../../shared/message.js';
import type { Settings } from '../../shared/settings.js';
import type { RunningStation } from '../station/context.js';
import { noticesFor, showNotice } from './notify.js';
import { makeTray, type ShownTray, type TrayActions, type TrayPicture } from './tray.js';
import { type Words, wordsFor } from './words.js';

export interface WatchPlan {
  readonly picture: (name: TrayPicture) => string;
  readonly icon: string;
  readonly spoken: (words: Words) => void;
  readonly open: (screen: 'mail' | 'station' | 'quarantine', message: string | null) => void;
}

/** At most one redraw in this many milliseconds: a fetch announces every message. */
const redrawPause = 250;
const redrawOn = new Set([
  'account.changed',
  'status.changed',
  'settings.changed',
  'mailbox.changed',
  'fetch.report',
  'quarantine.changed',
]);

export function watchStation(running: RunningStation, plan: WatchPlan): ShownTray {
  const { station } = running;
  const tray = makeTray(plan.picture, trayActions(running, plan));
  const redraw = async (): Promise<void> => {
    const [status, accounts, settings] = await Promise.all([
      station['status.read']({}),
      station['account.list']({}),
      station['settings.read']({}),
    ]);
    const words = wordsFor(settings.language, app.getLocale());
    plan.spoken(words);
    tray.show({ status, accounts }, words);
    app.setBadgeCount(status.unread);
  };
  const soon = throttled(() => void redraw().catch(() => undefined));
  running.subscribe((name, body) => {
    if (redrawOn.has(name)) soon();
    if (name === 'fetch.report') void tell(running, body as FetchReport, plan).catch(() => undefined);
  });
  soon();
  return tray;
}

async function tell({ station }: RunningStation, report: FetchReport, plan: WatchPlan): Promise<void> {
  const settings = await station['settings.read']({});
  const accounts = await station['account.list']({});
  const failures = accounts.find(({ account }) => account.id === report.account)?.failures ?? 0;
  const newest = report.delivered > 0 && settings.notify.style === 'full' ? await newestSince(station, report.started) : null;
  const words = wordsFor(settings.language, app.getLocale());
  for (const notice of noticesFor({ report, failures, newest }, settings.notify, words, new Date()))
    showNotice(notice, plan.icon, ({ opens, message }) => plan.open(opens, message));
}

/** The newest unread message that arrived since then; the catalog may be a moment behind the Maildir. */
async function newestSince(station: RunningStation['station'], started: string): Promise<Envelope | null> {
  const query = { folder: null, smart: 'unread', search: '', filter: 'all', sort: 'date', descending: true, threads: 'flat' } as const;
  for (let tries = 0; tries < 20; tries += 1) {
    const [row] = (await station['message.list']({ ...query, offset: 0, limit: 1 })).rows;
    // File times are whole seconds.
    if (row !== undefined && Date.parse(row.received) >= Date.parse(started) - 1000) return row;
    await pause(250);
  }
  return null;
}

function trayActions({ station }: RunningStation, plan: WatchPlan): TrayActions {
  return {
    open: (screen) => plan.open(screen, null),
    fetch: (id) => void station['fetch.now']({ id, check: false }).catch(() => undefined),
    pause: (kind) => void station['poll.pause']({ pause: pauseOf(kind) }).catch(() => undefined),
    quit: () => app.quit(),
  };
}

function pauseOf(kind: Parameters<TrayActions['pause']>[0]): Settings['poll']['pause'] {
  if (kind === 'none' || kind === 'indefinite') return { kind };
  const end = new Date();
  if (kind === 'hour') end.setHours(end.getHours() + 1);
  // Seven in the morning, as in the window.
  else end.setHours(24 + 7, 0, 0, 0);
  return { kind: 'until', time: end.toISOString() };
}

/** Runs `work` at the end of each pause in which it was asked for. */
function throttled(work: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      work();
    }, redrawPause);
  };
}
