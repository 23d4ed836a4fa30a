import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { indexMessage } from '../../../electron/message/text.js';
import { openCatalog } from '../../../electron/station/catalog.js';
import { contract } from '../../../shared/contract.js';
import { labelled } from '../../support/labelled.js';
import { fileName, generateMessages } from '../../support/mailgen.js';
import { slowSearch } from '../../support/slow-search.js';

// TODOKU_SEARCH_MESSAGES=10000 for the number that the README names; fewer by default, so that the unit tests stay quick.
const count = Number(process.env.TODOKU_SEARCH_MESSAGES ?? 800);
const messages = generateMessages(count, 42);
const root = mkdtempSync(join(tmpdir(), 'todoku-search-'));
const catalog = openCatalog(join(root, 'catalog.db'));
catalog.setFolders([{ key: 'inbox', mailbox: 'm', address: 'taro@example.com', path: '/x', name: '', role: 'inbox' }]);
const row = catalog.folder('inbox')?.row ?? 0;
for (let at = 0; at < count; at += 500) {
  const part = messages.slice(at, at + 500);
  catalog.insert(
    part.map((message, index) => {
      const file = `cur/${fileName(message, at + index)}`;
      const base = file.slice(4, file.lastIndexOf(':'));
      return [{ folder: row, file, base, flags: message.flags }, indexMessage(file, message.raw, message.raw.length, message.date)];
    }),
  );
}
afterAll(() => {
  catalog.close();
  rmSync(root, { recursive: true });
});

function indexed(search: string): readonly string[] {
  const found: string[] = [];
  for (let offset = 0; ; offset += 500) {
    const page = catalog.page(contract['message.list'].input.parse({ search, offset, limit: 500 }));
    found.push(...page.rows.map(({ messageId }) => messageId ?? ''));
    if (page.rows.length < 500) return found.sort();
  }
}

test('at least 200 labelled queries, most of which find something', () => {
  expect(labelled.length).toBeGreaterThanOrEqual(200);
  expect(labelled.filter(([, wanted]) => slowSearch(messages, wanted).length > 0).length).toBeGreaterThan(labelled.length * 0.8);
});

test.each(labelled.map(([typed, wanted]) => [typed, wanted] as const))('%s', (typed, wanted) => {
  expect(indexed(typed)).toEqual(slowSearch(messages, wanted));
});
