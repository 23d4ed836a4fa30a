// CSV and text copies equal what is shown: 5,000 rows read back by a reader of RFC 4180, cell by cell.
import { expect, test } from 'vitest';
import { byDay, domainOf, recipientOf, tally } from '../../../renderer/view/bounces/counts.js';
import { bouncesCsv, bounceText, statusFields } from '../../../renderer/view/bounces/csv.js';
import { reasonWord } from '../../../shared/bounce-text.js';
import type { BounceRow } from '../../../shared/station.js';
import { makeBounces } from '../../support/fake-delivery.js';

const hostile = ['=HYPERLINK("x")', '+1', '-2', '@SUM(A1)', 'a "quoted", word', 'two\r\nlines', '見積もり, 納期', '\ttab', ''];
const sketches = makeBounces();
const rows: readonly BounceRow[] = Array.from({ length: 5000 }, (_, index) => {
  const row = sketches[index % sketches.length] as BounceRow;
  const subject = hostile[index % hostile.length] ?? '';
  return {
    ...row,
    id: `b${index}`,
    final: index % 11 === 0 ? null : `user${index}@${row.final?.split('@')[1]}`,
    about: index % 7 === 0 ? null : { messageId: `<${index}@x>`, subject, from: null, to: null, date: null },
    diagnostic: index % 5 === 0 ? null : { type: 'smtp', text: `${row.diagnostic?.text} ${subject}` },
  };
});

/** RFC 4180: records of cells. */
function readCsv(text: string): string[][] {
  const records: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let found = cells.exec(text); found !== null; found = cells.exec(text)) {
    records.at(-1)?.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] !== ',') records.push([]);
    if (cells.lastIndex === text.length) break;
  }
  return records.slice(0, -1);
}

test('every cell of 5,000 rows is what the row says; nothing runs as a formula', () => {
  const csv = bouncesCsv(rows);
  expect(csv.startsWith('\uFEFF')).toBe(true);
  const [titles = [], ...records] = readCsv(csv.slice(1));
  expect(records.length).toBe(5000);
  const shown = (text: string | number | boolean | null | undefined) => {
    const plain = text === null || text === undefined ? '' : String(text);
    return /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  };
  for (const [index, row] of rows.entries()) {
    const record = Object.fromEntries(titles.map((title, at) => [title, records[index]?.[at]]));
    expect(record).toEqual({
      ...{ when: row.when, recipient: shown(row.final), 'original-recipient': shown(row.original), kind: row.kind },
      ...{ action: shown(row.action), permanent: shown(row.permanent), reason: row.reason, status: shown(row.status) },
      ...{ 'status-derived': String(row.statusDerived), 'smtp-code': shown(row.smtpCode), 'remote-mta': shown(row.remoteMta) },
      ...{ 'reporting-mta': shown(row.reportingMta), diagnostic: shown(row.diagnostic?.text), 'last-attempt': shown(row.lastAttempt) },
      ...{ subject: shown(row.about?.subject), 'message-id': shown(row.about?.messageId), source: row.source },
    });
  }
  expect(records.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
});

test('charts count every row once: by day, by reason, by domain', () => {
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  const days = byDay(rows, 30, new Date());
  expect(days.length).toBe(30);
  expect(sum(days.flatMap(({ counts }) => Object.values(counts)))).toBe(5000);
  expect(sum(tally(rows.map(({ reason }) => reason)).map(([, count]) => count))).toBe(5000);
  const named = rows.filter((row) => domainOf(row) !== '');
  expect(sum(tally(named.map(domainOf)).map(([, count]) => count))).toBe(named.length);
});

test.each(['en', 'ja'] as const)('the text of one holds every field that is shown: %s', (language) => {
  for (const row of rows.slice(0, 50)) {
    const text = bounceText(row, language);
    expect(text).toContain(reasonWord(row.reason, language));
    if (recipientOf(row) !== null) expect(text.startsWith(recipientOf(row) as string)).toBe(true);
    for (const [name, value] of statusFields(row)) expect(text).toContain(`${name}: ${value}`);
  }
});
