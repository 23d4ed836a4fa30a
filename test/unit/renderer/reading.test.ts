// Numbers, dates, marks, spans and time bars as people see them.
import { describe, expect, test } from 'vitest';
import { daysBefore, formatRelative, formatShort } from '../../../renderer/text/date.js';
import { formatClock, formatOctets, formatSpan } from '../../../renderer/text/number.js';
import { findMarks } from '../../../renderer/view/mail/highlight.js';
import { spanOf } from '../../../renderer/view/mail/lines.js';
import { niceTop } from '../../../renderer/view/part/chart.js';
import { timeBars } from '../../../renderer/view/trace/time-bar.js';
import { makeTrace } from '../../support/fake-delivery.js';

describe('numbers', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1540, '1.5 kB'],
    [184_320, '184 kB'],
    [999_700, '1 MB'],
    [52_004_110, '52 MB'],
  ])('%d octets are %s', (octets, expected) => {
    expect(formatOctets(octets, 'en')).toBe(expected);
  });
  test.each([
    [0, '0:00'],
    [102, '1:42'],
    [3661, '1:01:01'],
    [-5, '0:00'],
  ])('%d s on a clock are %s', (seconds, expected) => {
    expect(formatClock(seconds)).toBe(expected);
  });
  test.each([
    [0, '0 s', '0 秒'],
    [90, '1 min 30 s', '1 分 30 秒'],
    [-4, '−4 s', '−4 秒'],
    [183_600, '2 d 3 h', '2 日 3 時間'],
  ])('%d s are %s', (seconds, en, ja) => {
    expect([formatSpan(seconds, 'en'), formatSpan(seconds, 'ja')]).toEqual([en, ja]);
  });
  test('the top of an axis is round', () => {
    expect([0, 1, 3, 7, 12, 99, 450].map(niceTop)).toEqual([1, 1, 5, 10, 20, 100, 500]);
  });
});

describe('dates', () => {
  const now = new Date(2026, 10, 24, 10, 42);
  const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts);
  test.each([
    [at(2026, 10, 24, 9, 5), '9:05', '9:05'],
    [at(2026, 10, 22, 18, 20), 'Sun 18:20', '日 18:20'],
    [at(2026, 10, 3), '3 Nov', '11月3日'],
    [at(2024, 0, 3), '3 Jan 2024', '2024年1月3日'],
  ])('%s is %s', (date, en, ja) => {
    expect([formatShort(date, 'en', now), formatShort(date, 'ja', now)]).toEqual([en, ja]);
  });
  test('days are counted by midnights', () => {
    expect(daysBefore(at(2026, 10, 23, 23, 59), now)).toBe(1);
  });
  test('relative times name the largest unit', () => {
    expect(formatRelative(at(2026, 10, 22, 10, 42), 'en', now)).toBe('2 days ago');
    expect(formatRelative(at(2026, 10, 24, 10, 41), 'ja', now)).toBe('1 分前');
    expect(formatRelative(now, 'en', now)).toBeNull();
  });
  test('rows stand under the span they belong to', () => {
    const spans = [0, 1, 3, 10, 40].map((days) => spanOf(new Date(2026, 10, 24 - days, 8).toISOString(), now, 'en'));
    expect(spans).toEqual([
      { key: 'common.today' },
      { key: 'common.yesterday' },
      { key: 'common.thisWeek' },
      { key: 'common.lastWeek' },
      { month: 'October' },
    ]);
  });
});

describe('findMarks', () => {
  const marked = (text: string, ...words: string[]) => findMarks(text, words).map(([from, to]) => text.slice(from, to));
  test('finds words however wide they are written', () => {
    expect(marked('ＭＸ の ｶｲｷﾞ 会議', 'mx', '会議')).toEqual(['ＭＸ', '会議']);
  });
  test('takes half-width letters with their marks as one', () => {
    expect(marked('ｶｲｷﾞｼﾂとﾌﾟﾛ', 'カイギ', 'プロ')).toEqual(['ｶｲｷﾞ', 'ﾌﾟﾛ']);
    expect(marked('ﾞ e\u0301t\u00e9', '\u00e9')).toEqual(['e\u0301', '\u00e9']);
  });
  test('joins what overlaps', () => {
    expect(marked('abcabc', 'abc', 'bca')).toEqual(['abcabc']);
  });
  test('knows no empty word', () => {
    expect(marked('abc', '')).toEqual([]);
  });
});

describe('timeBars', () => {
  test('share the whole way, and call waiting waiting', () => {
    const bars = timeBars(makeTrace().hops);
    expect(bars.map(({ kind }) => kind)).toEqual(['unknown', 'travel', 'travel', 'wait', 'travel']);
    expect(Math.round(bars.reduce((sum, { width }) => sum + width, 0))).toBe(100);
  });
  test('a wrong clock pushes nothing about', () => {
    const [first, second] = makeTrace().hops;
    if (first === undefined || second === undefined) throw new Error('no hops');
    expect(timeBars([first, { ...second, delaySeconds: -40 }])).toMatchObject([{ width: 0 }, { left: 0, width: 0 }]);
  });
});
