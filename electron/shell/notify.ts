// Desktop notifications: what arrived, what was quarantined, what keeps failing; within the person's wishes.
import { Notification } from 'electron';
import type { FetchReport } from '../../shared/fetch.js';
import type { Envelope } from '../../shared/message.js';
import type { Settings } from '../../shared/settings.js';
import type { Words } from './words.js';

export interface DesktopNotice {
  readonly title: string;
  readonly body: string;
  readonly opens: 'mail' | 'station' | 'quarantine';
  readonly message: string | null;
}

/** Failures in a row of one account after which it is said, once. */
const failuresToTell = 3;

export interface Arrival {
  readonly report: FetchReport;
  readonly failures: number;
  /** The newest unread message, where the person wants to see it. */
  readonly newest: Envelope | null;
}

/** Quarantine and repeated failure are always said; arrivals in the style chosen, and not in quiet hours. */
export function noticesFor(arrival: Arrival, notify: Settings['notify'], words: Words, now: Date): readonly DesktopNotice[] {
  const { report, failures, newest } = arrival;
  const notices: DesktopNotice[] = [];
  if (report.quarantined > 0)
    notices.push({ title: words.quarantined(report.quarantined), body: report.name, opens: 'quarantine', message: null });
  if (failures === failuresToTell)
    notices.push({ title: words.trouble(report.name), body: report.failure?.message ?? '', opens: 'station', message: null });
  if (report.delivered > 0 && notify.style !== 'silent' && !isQuiet(notify, now)) notices.push(arrived(report, notify, newest, words));
  return notices;
}

function arrived(report: FetchReport, notify: Settings['notify'], newest: Envelope | null, words: Words): DesktopNotice {
  const title = words.arrived(report.delivered);
  if (notify.style === 'count' || newest === null) return { title, body: report.name, opens: 'mail', message: null };
  const sender = newest.from[0];
  return { title, body: `${sender?.name || sender?.address || ''}\n${newest.subject}`, opens: 'mail', message: newest.id };
}

/** From and to are local hours and minutes, and may pass midnight. */
export function isQuiet({ quietFrom, quietTo }: Settings['notify'], now: Date): boolean {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return false;
  const time = `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
  return quietFrom < quietTo ? time >= quietFrom && time < quietTo : time >= quietFrom || time < quietTo;
}

/** Held, or they are collected together with their listeners. */
const onScreen = new Set<Notification>();

export function showNotice(notice: DesktopNotice, icon: string, clicked: (notice: DesktopNotice) => void): void {
  if (!Notification.isSupported()) return;
  const shown = new Notification({ title: notice.title, body: notice.body.slice(0, 300), icon });
  onScreen.add(shown);
  shown.on('click', () => clicked(notice));
  shown.on('close', () => onScreen.delete(shown));
  shown.show();
}
