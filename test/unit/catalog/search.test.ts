// The labelled queries over few messages, one test each; over 10,000 in test/integration/station/search.test.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { labelled } from '../../support/labelled.js';
import { generateMessages } from '../../support/mailgen.js';
import { searchable } from '../../support/searchable.js';
import { slowSearch } from '../../support/slow-search.js';

const messages = generateMessages(800, 42);
const root = mkdtempSync(join(tmpdir(), 'todoku-search-'));
const { indexed, close } = searchable(root, messages);
afterAll(() => {
  close();
  rmSync(root, { recursive: true });
});

test('at least 200 labelled queries, most of which find something', () => {
  expect(labelled.length).toBeGreaterThanOrEqual(200);
  expect(labelled.filter(([, wanted]) => slowSearch(messages, wanted).length > 0).length).toBeGreaterThan(labelled.length * 0.8);
});

test.each(labelled.map(([typed, wanted]) => [typed, wanted] as const))('%s', (typed, wanted) => {
  expect(indexed(typed)).toEqual(slowSearch(messages, wanted));
});
