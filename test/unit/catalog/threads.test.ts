import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexMessage } from '../../../electron/message/text.js';
import { type Catalog, openCatalog } from '../../../electron/station/catalog.js';
import { bareSubject } from '../../../electron/station/catalog-threads.js';
import { contract } from '../../../shared/contract.js';

interface Mail {
  readonly id: string;
  readonly references: readonly string[];
  readonly subject?: string;
}

function withCatalog<T>(mails: readonly Mail[], work: (catalog: Catalog) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'todoku-threads-'));
  const catalog = openCatalog(join(root, 'catalog.db'));
  try {
    catalog.setFolders([{ key: 'f', mailbox: 'm', address: 'a@b', path: '/x', name: '', role: 'inbox' }]);
    const folder = catalog.folder('f')?.row ?? 0;
    mails.forEach(({ id, references, subject }, at) => {
      const refs = references.length === 0 ? '' : `References: ${references.map((one) => `<${one}@x>`).join(' ')}\n`;
      const raw = Buffer.from(`Message-ID: <${id}@x>\n${refs}Subject: ${subject ?? id}\n\nx\n`);
      catalog.insert([
        [{ folder, file: `cur/${at}:2,`, base: String(at), flags: '' }, indexMessage(`/x/${at}`, raw, raw.length, at * 1000)],
      ]);
    });
    return work(catalog);
  } finally {
    catalog.close();
    rmSync(root, { recursive: true });
  }
}

/** Groups of subjects, each sorted, by thread. */
function groups(catalog: Catalog, threads: 'references' | 'subject'): readonly string[] {
  const page = catalog.page(contract['message.list'].input.parse({ threads, limit: 500 }));
  return page.rows
    .map(({ thread }) =>
      catalog
        .thread(thread)
        .map(({ messageId }) => messageId?.slice(1, -3) ?? '')
        .sort()
        .join(' '),
    )
    .sort();
}

const conversation: readonly Mail[] = [
  { id: 'a', references: [] },
  { id: 'b', references: ['a'] },
  { id: 'c', references: ['a', 'b'] },
  { id: 'alone', references: [] },
  { id: 'e', references: ['missing'] },
  { id: 'f', references: ['missing'] },
  { id: 'bridge', references: ['e', 'c'] },
];

test('replies, siblings of a missing parent, and a message that joins two threads', () => {
  expect(withCatalog(conversation, (catalog) => groups(catalog, 'references'))).toEqual(['a b bridge c e f', 'alone']);
});

test('the order of arrival does not matter', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...conversation], { minLength: conversation.length }), (mails) => {
      expect(withCatalog(mails, (catalog) => groups(catalog, 'references'))).toEqual(['a b bridge c e f', 'alone']);
    }),
    { numRuns: 15 },
  );
});

test('by subject: Re: and [list] marks do not count, no subject stays alone', () => {
  const mails = [
    { id: 'a', references: [], subject: 'Plan' },
    { id: 'b', references: [], subject: 'Re: [team] plan' },
    { id: 'c', references: [], subject: 'ＲＥ: Plan' },
    { id: 'd', references: [], subject: '' },
    { id: 'e', references: [], subject: '' },
  ];
  expect(withCatalog(mails, (catalog) => groups(catalog, 'subject'))).toEqual(['a b c', 'd', 'e']);
});

test('a threaded list shows the newest of each thread and how many there are', () => {
  withCatalog(conversation, (catalog) => {
    const page = catalog.page(contract['message.list'].input.parse({ threads: 'references' }));
    expect(page.total).toBe(2);
    expect(page.rows.map(({ subject, threadCount }) => [subject, threadCount])).toEqual([
      ['bridge', 6],
      ['alone', 1],
    ]);
  });
});

test.each([
  ['Re: Re: Fwd: Hello', 'hello'],
  ['[list] Re: [list] Hello', 'hello'],
  ['Re[2]: Hello', 'hello'],
  ['返信：会議', '会議'],
  ['Regarding: Hello', 'regarding: hello'],
  ['  spaced   out ', 'spaced out'],
])('%s is about %s', (subject, bare) => {
  expect(bareSubject(subject)).toBe(bare);
});
