import { expect, test } from 'vitest';
import { parseDate } from '../../../electron/message/date.js';

test.each([
  ['Tue, 24 Nov 2026 01:58:20 +0000', '2026-11-24T01:58:20.000Z'],
  ['Tue, 24 Nov 2026 01:58:20 +0000 (UTC)', '2026-11-24T01:58:20.000Z'],
  ['Wed, 13 Jan 2016 21:19:49 +0900 (JST)', '2016-01-13T12:19:49.000Z'],
  ['13 Jan 16 21:19 JST', '2016-01-13T12:19:00.000Z'],
  ['1 January 99 00:00:00 EST', '1999-01-01T05:00:00.000Z'],
  ['Thu,  1 Feb 2024 9.05.07 -0330', '2024-02-01T12:35:07.000Z'],
  ['2024-02-01T09:05:07Z', '2024-02-01T09:05:07.000Z'],
  ['Mon, 29-Feb-2024 10:00:00 GMT', '2024-02-29T10:00:00.000Z'],
  ['soon', null],
  ['', null],
])('%s', (value, expected) => {
  const time = parseDate(value);
  expect(time === null ? null : new Date(time).toISOString()).toBe(expected);
});
