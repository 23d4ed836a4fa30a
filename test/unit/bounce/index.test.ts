// What the catalog marks as a bounce is what the bounce reader takes for one: text-only makers too, and nothing else.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReader } from '../../../electron/station/catalog-reader.js';

const folder = (name: string): string => join(import.meta.dirname, '../../fixture/bounce', name);
const paths = ['maker', 'server'].flatMap((name) =>
  readdirSync(folder(name))
    .filter((file) => file.endsWith('.eml'))
    .map((file) => join(folder(name), file)),
);

test('every fixture of every maker is marked, so that the Bounces screen lists it', async () => {
  const reader = openReader(null);
  const rows = await reader.index(paths);
  expect(paths.filter((_path, index) => rows[index]?.head.bounce !== true)).toEqual([]);
  expect(paths.length).toBeGreaterThan(130);
});
