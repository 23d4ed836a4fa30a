// Bounces as CSV (RFC 4180) and one as text: what is shown, nothing else.

import { explainBounce, reasonWord } from '../../../shared/bounce-text.js';
import type { Language } from '../../../shared/failure-text.js';
import type { BounceRow } from '../../../shared/station.js';

const columns: readonly (readonly [title: string, value: (row: BounceRow) => string | number | boolean | null])[] = [
  ['when', (row) => row.when],
  ['recipient', (row) => row.final],
  ['original-recipient', (row) => row.original],
  ['kind', (row) => row.kind],
  ['action', (row) => row.action],
  ['permanent', (row) => row.permanent],
  ['reason', (row) => row.reason],
  ['status', (row) => row.status],
  ['status-derived', (row) => row.statusDerived],
  ['smtp-code', (row) => row.smtpCode],
  ['remote-mta', (row) => row.remoteMta],
  ['reporting-mta', (row) => row.reportingMta],
  ['diagnostic', (row) => row.diagnostic?.text ?? null],
  ['last-attempt', (row) => row.lastAttempt],
  ['subject', (row) => row.about?.subject ?? null],
  ['message-id', (row) => row.about?.messageId ?? null],
  ['source', (row) => row.source],
];

/** A cell that a spreadsheet would run as a formula gets an apostrophe: its text comes from strangers. */
function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  const text = String(value);
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function bouncesCsv(rows: readonly BounceRow[]): string {
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, value]) => cell(value(row))))];
  // A byte order mark, or spreadsheets take UTF-8 for something else.
  return `\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

export function bounceText(row: BounceRow, language: Language): string {
  const { what, next } = explainBounce(row, language);
  const fields = statusFields(row).map(([name, value]) => `${name}: ${value}`);
  return [row.final ?? row.original ?? '', reasonWord(row.reason, language), `${what} ${next}`.trim(), '', ...fields].join('\n');
}

/** The report's own fields, in its own words. */
export function statusFields(row: BounceRow): readonly (readonly [string, string])[] {
  const fields: readonly (readonly [string, string | null])[] = [
    ['Action', row.action],
    ['Status', row.status],
    ['Final-Recipient', row.final],
    ['Original-Recipient', row.original],
    ['Remote-MTA', row.remoteMta],
    ['Reporting-MTA', row.reportingMta],
    ['Diagnostic-Code', row.diagnostic === null ? null : [row.diagnostic.type, row.diagnostic.text].filter(Boolean).join('; ')],
    ['Last-Attempt-Date', row.lastAttempt],
  ];
  return fields.filter((field): field is readonly [string, string] => field[1] !== null && field[1] !== '');
}
