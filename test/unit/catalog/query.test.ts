import { expect, test } from 'vitest';
import { parseSearch } from '../../../electron/station/catalog-query.js';

const now = new Date(2026, 10, 24, 12, 0, 0);
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();
const words = (...list: string[]) => ({ words: list, open: true });
const exact = (...list: string[]) => ({ words: list, open: false });
const text = (phrase: unknown, field: string | null = null, not = false) => ({ kind: 'text', not, field, phrase });

test.each([
  ['', []],
  ['   ', []],
  ['hello', [text(words('hello'))]],
  ['hello world', [text(words('hello')), text(words('world'))]],
  ['"hello world"', [text(exact('hello', 'world'))]],
  ['"never closed', [text(exact('never', 'closed'))]],
  ['“curly quotes”', [text(exact('curly', 'quotes'))]],
  ['-spam', [text(words('spam'), null, true)]],
  ['-"bad words"', [text(exact('bad', 'words'), null, true)]],
  ['a-b', [text(words('a', 'b'))]],
  ['-', []],
  ['会議', [text(exact('会議'))]],
  ['会議　資料', [text(exact('会議')), text(exact('資料'))]],
  ['from:alice', [text(words('alice'), 'sender')]],
  ['FROM:Alice', [text(words('alice'), 'sender')]],
  ['ｆｒｏｍ：ａｌｉｃｅ', [text(words('alice'), 'sender')]],
  ['from:"Alice Adams"', [text(exact('alice', 'adams'), 'sender')]],
  ['from:alice@example.com', [text(words('alice', 'example', 'com'), 'sender')]],
  ['-from:alice', [text(words('alice'), 'sender', true)]],
  ['to:bob', [text(words('bob'), 'recipients')]],
  ['cc:bob', [text(words('bob'), 'recipients')]],
  ['subject:会議', [text(exact('会議'), 'subject')]],
  ['body:会', [text(words('会'), 'body')]],
  ['from:', []],
  ['from: alice', [text(words('alice'))]],
  ['has:attachment', [{ kind: 'attachment', not: false }]],
  ['has:添付', [{ kind: 'attachment', not: false }]],
  ['-has:attachments', [{ kind: 'attachment', not: true }]],
  ['is:unread', [{ kind: 'mark', not: false, mark: 'unread' }]],
  ['is:starred', [{ kind: 'mark', not: false, mark: 'flagged' }]],
  ['is:nonsense', [text(words('is', 'nonsense'))]],
  ['before:2026-11-24', [{ kind: 'time', not: false, from: null, before: day(2026, 11, 24) }]],
  ['after:2026/11', [{ kind: 'time', not: false, from: day(2026, 11, 1), before: null }]],
  ['after:2026', [{ kind: 'time', not: false, from: day(2026, 1, 1), before: null }]],
  ['on:2026-11-24', [{ kind: 'time', not: false, from: day(2026, 11, 24), before: day(2026, 11, 25) }]],
  ['on:2026年11月', [{ kind: 'time', not: false, from: day(2026, 11, 1), before: day(2026, 12, 1) }]],
  ['after:today', [{ kind: 'time', not: false, from: day(2026, 11, 24), before: null }]],
  ['after:7d', [{ kind: 'time', not: false, from: day(2026, 11, 17), before: null }]],
  ['before:whenever', [text(words('before', 'whenever'))]],
  ['larger:1M', [{ kind: 'octets', not: false, more: 1048576, less: null }]],
  ['smaller:1.5kb', [{ kind: 'octets', not: false, more: null, less: 1536 }]],
  ['larger:500', [{ kind: 'octets', not: false, more: 500, less: null }]],
  ['in:Sent', [{ kind: 'folder', not: false, name: 'sent' }]],
  ['in:"My Folder"', [{ kind: 'folder', not: false, name: 'my folder' }]],
  ['verdict:infected', [{ kind: 'verdict', not: false, name: 'infected' }]],
  ['http://example.com/x', [text(words('http', 'example', 'com', 'x'))]],
  ['note:this', [text(words('note', 'this'))]],
])('%j', (search, terms) => {
  expect(parseSearch(search, now).terms).toEqual(terms);
});

test('what is looked for is highlighted, what is excluded is not', () => {
  expect(parseSearch('Ｈello "big 会議" -spam from:Alice is:unread').highlight).toEqual(['hello', 'big', '会議', 'alice']);
});

test('a search of a megabyte is cut', () => {
  expect(parseSearch('word '.repeat(200_000)).terms.length).toBeLessThanOrEqual(60);
});
