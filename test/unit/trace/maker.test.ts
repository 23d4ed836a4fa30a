// Every maker of Received line has a line and all the fields expected of it. The fixtures are the table.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makers } from '../../../electron/trace/maker.js';
import { readReceived } from '../../../electron/trace/received.js';

const folder = join(import.meta.dirname, '../../fixture/trace/maker');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -4));
const line = (name: string): string => readFileSync(join(folder, `${name}.txt`), 'utf8').trim();

test.each(names)('%s', (name) => {
  const { raw, instant, helo: _helo, reverse: _reverse, ...fields } = readReceived(line(name));
  expect(fields).toEqual(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));
  expect(raw).toBe(line(name));
  if (fields.date !== null) expect(Date.parse(fields.date)).toBe(instant);
});

test('each of the makers, 40 and more, has a line that it reads', () => {
  const read = new Set(names.map((name) => readReceived(line(name)).maker));
  expect(makers.map((maker) => maker.name).filter((name) => !read.has(name))).toEqual([]);
  expect(makers.length).toBeGreaterThanOrEqual(40);
});
