// Dates: short in lists, whole in details, relative where it matters how long ago.
import type { Language } from '../state/settings.js';

const day = 86_400_000;
const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
export function daysBefore(date: Date, now: Date): number {
  return Math.round((startOfDay(now) - startOfDay(date)) / day);
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(to: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = to + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(to === 'en' ? 'en-GB' : to, options);
  formats.set(key, known);
  return known;
}

const time: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

export function formatTime(date: Date, to: Language): string {
  return format(to, time)
    .format(date)
    .replace(/^0(?=\d:)/, '');
}

/** In a list: 10:42, Sun 18:20, 3 Nov, 3 Nov 2024. */
export function formatShort(date: Date, to: Language, now: Date): string {
  const ago = daysBefore(date, now);
  if (ago === 0) return formatTime(date, to);
  if (ago > 0 && ago < 7) return `${format(to, { weekday: 'short' }).format(date)} ${formatTime(date, to)}`;
  if (date.getFullYear() === now.getFullYear()) return format(to, { day: 'numeric', month: 'short' }).format(date);
  return format(to, { day: 'numeric', month: 'short', year: 'numeric' }).format(date);
}

/** In a detail: Mon 24 Nov 2025, 10:42. */
export function formatLong(date: Date, to: Language): string {
  return format(to, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...time }).format(date);
}

/** For lines of a log: 10:42:31 today, else as in a list. */
export function formatLogTime(date: Date, to: Language, now: Date): string {
  if (daysBefore(date, now) !== 0) return formatShort(date, to, now);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** A day with its year: 4 Mar 2024. */
export function formatDate(date: Date, to: Language): string {
  return format(to, { day: 'numeric', month: 'short', year: 'numeric' }).format(date);
}

/** With seconds and zone, for traces and tooltips. */
export function formatExact(date: Date, to: Language): string {
  return format(to, { dateStyle: 'full', timeStyle: 'long' }).format(date);
}

export function formatDay(date: Date, to: Language): string {
  return format(to, { day: 'numeric', month: 'short' }).format(date);
}

export function formatMonth(date: Date, to: Language, now: Date): string {
  const sameYear = date.getFullYear() === now.getFullYear();
  return format(to, sameYear ? { month: 'long' } : { month: 'long', year: 'numeric' }).format(date);
}

const spans: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
/** 3 minutes ago, in 2 hours; null under a minute. */
export function formatRelative(date: Date, to: Language, now: Date): string | null {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(to, { numeric: 'auto' });
  for (const [unit, size] of spans) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return null;
}
