// Each promise in docs/invariants.md names a test that exists, by its file and its words.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const rows = readFileSync(join(root, 'docs', 'invariants.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:---|What holds)/.test(line));

test.each(rows)('%s', (row) => {
  const [, file = '', name = ''] = /`(test\/[\w./-]+\.test\.ts)` "([^"]+)" \|$/.exec(row) ?? [];
  expect(file, 'a row ends with `file` "name of the test"').not.toBe('');
  expect(existsSync(join(root, file)), file).toBe(true);
  const text = readFileSync(join(root, file), 'utf8');
  const declared = text.split('\n').some((line) => /\b(?:test|it)\b|^\s*\]\)\(|^\s*\)\(/.test(line) && line.includes(name));
  expect(declared, `${file}: ${name}`).toBe(true);
});

test('there are enough of them to be the list', () => {
  expect(rows.length).toBeGreaterThan(20);
});
