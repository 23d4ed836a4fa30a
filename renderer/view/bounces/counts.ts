// Bounces counted: by day and group for the chart, by reason and by domain for the filters.
import type { BounceReason } from '../../../shared/bounce.js';
import type { BounceRow } from '../../../shared/station.js';
import type { TextKey } from '../../text/text.js';

export const groups = ['address', 'space', 'refused', 'domain', 'later'] as const;
export type Group = (typeof groups)[number];

export const groupWords: Readonly<Record<Group, TextKey>> = {
  address: 'bounces.groupAddress',
  space: 'bounces.groupSpace',
  refused: 'bounces.groupRefused',
  domain: 'bounces.groupDomain',
  later: 'bounces.groupLater',
};
/** Eighteen reasons are too many for one bar. */
const groupOfReason: Readonly<Record<BounceReason, Group>> = {
  'user-unknown': 'address',
  disabled: 'address',
  moved: 'address',
  'mailbox-full': 'space',
  'too-big': 'space',
  policy: 'refused',
  blocked: 'refused',
  content: 'refused',
  virus: 'refused',
  authentication: 'refused',
  'host-unknown': 'domain',
  'domain-not-accepting': 'domain',
  loop: 'domain',
  syntax: 'domain',
  'rate-limited': 'later',
  expired: 'later',
  network: 'later',
  undefined: 'later',
};
export function groupOf(reason: BounceReason): Group {
  return groupOfReason[reason];
}

export function recipientOf(row: BounceRow): string | null {
  return row.final ?? row.original;
}
export function domainOf(row: BounceRow): string {
  return recipientOf(row)?.split('@').at(-1)?.toLowerCase() ?? '';
}

/** Most frequent first, then by name. */
export function tally<Name extends string>(names: readonly Name[]): readonly (readonly [Name, number])[] {
  const counts = new Map<Name, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
}

export interface Day {
  /** Local midnight. */
  readonly start: Date;
  readonly counts: Readonly<Record<Group, number>>;
}

/** Longer periods are drawn from their first bounce on. */
const wholePeriod = 90;

/** One entry a day up to today, at most so many. */
export function byDay(rows: readonly BounceRow[], days: number, now: Date): readonly Day[] {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const today = midnight(now);
  const oldest = rows.reduce((least, { when }) => Math.min(least, Date.parse(when)), now.getTime());
  const span = Math.round((today.getTime() - midnight(new Date(oldest)).getTime()) / 86_400_000) + 1;
  const length = days <= wholePeriod ? days : Math.min(days, Math.max(wholePeriod, span));
  const list = Array.from({ length }, (_, index) => ({
    start: new Date(today.getFullYear(), today.getMonth(), today.getDate() - (length - 1 - index)),
    counts: { address: 0, space: 0, refused: 0, domain: 0, later: 0 },
  }));
  const at = new Map(list.map((day) => [day.start.getTime(), day]));
  for (const { when, reason } of rows) {
    const day = at.get(midnight(new Date(when)).getTime());
    if (day !== undefined) day.counts[groupOf(reason)] += 1;
  }
  return list;
}
