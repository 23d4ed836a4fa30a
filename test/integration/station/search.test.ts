// The labelled queries over 10,000 messages: what the index finds is what a slow scan of every message finds, 200 of 200.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { labelled } from '../../support/labelled.js';
import { generateMessages } from '../../support/mailgen.js';
import { searchable } from '../../support/searchable.js';
import { slowSearch } from '../../support/slow-search.js';

const root = mkdtempSync(join(tmpdir(), 'todoku-search-'));
const messages = generateMessages(10_000, 42);
const { indexed, close } = searchable(root, messages);
afterAll(() => {
  close();
  rmSync(root, { recursive: true });
});

test(`${labelled.length} queries, each with exactly the hits of the scan`, () => {
  const wrong = labelled.filter(([typed, wanted]) => indexed(typed).join() !== slowSearch(messages, wanted).join());
  expect(wrong.map(([typed]) => typed)).toEqual([]);
  expect(labelled.length).toBeGreaterThanOrEqual(200);
});
