// The list's lines: rows, and above the first of each span of time its name. Only where the order is by date.
import type { Envelope } from '../../../shared/message.js';
import type { Layout } from '../../state/list-view.js';
import type { Language } from '../../state/settings.js';
import { daysBefore, formatMonth } from '../../text/date.js';
import type { TextKey } from '../../text/words.js';

export const rowHeights: Readonly<Record<Layout, number>> = { compact: 48, columns: 32 };
export const groupHeight = 24;

export type Span = { readonly key: TextKey } | { readonly month: string };

export function spanOf(iso: string, now: Date, language: Language): Span {
  const date = new Date(iso);
  const days = daysBefore(date, now);
  if (days <= 0) return { key: 'common.today' };
  if (days === 1) return { key: 'common.yesterday' };
  if (days < 7) return { key: 'common.thisWeek' };
  if (days < 14) return { key: 'common.lastWeek' };
  return { month: formatMonth(date, language, now) };
}

const sameSpan = (a: Span, b: Span) => ('key' in a ? 'key' in b && a.key === b.key : 'month' in b && a.month === b.month);

/** The span that begins with this row; null where the row above is in the same one, or is not known. */
export function spanBegins(rows: ReadonlyMap<number, Envelope>, index: number, now: Date, language: Language): Span | null {
  const row = rows.get(index);
  if (row === undefined) return null;
  const span = spanOf(row.received, now, language);
  if (index === 0) return span;
  const above = rows.get(index - 1);
  return above === undefined || sameSpan(spanOf(above.received, now, language), span) ? null : span;
}
