// Postfix configurations that are broken, cut off or of another kind: what can be had is taken, what cannot is named with its
// line, nothing is made up, and the settings stay valid.
import { expect, it } from 'vitest';
import type { ImportFiles } from '../../../electron/import/files.js';
import { merge } from '../../../electron/import/imported.js';
import { importPostfix } from '../../../electron/import/postfix.js';
import { settings } from '../../../shared/settings.js';

interface Case {
  readonly name: string;
  readonly main: string;
  readonly tables?: Readonly<Record<string, string>>;
  readonly domains?: readonly string[];
  readonly mailboxes?: readonly string[];
  readonly aliases?: readonly string[];
  /** Line and beginning of what is not taken. */
  readonly not?: readonly (readonly [number | null, string])[];
}
const box = 'virtual_mailbox_domains = a.example\nvirtual_mailbox_maps = hash:/m\n';
const cases: readonly Case[] = [
  { name: 'an empty file', main: '' },
  { name: 'comments alone', main: '# nothing\n\n  # here' },
  { name: 'another program’s file', main: 'poll pop.example.com\n  user "x"', not: [[1, 'poll pop.example.com user "x"']] },
  { name: 'octets that are no text', main: '\0\u0001\ufffd\u0002', not: [[1, '\0']] },
  {
    name: 'a setting without its sign',
    main: `myorigin a.example\n${box}`,
    tables: { '/m': 'x@a.example x/' },
    domains: ['a.example'],
    mailboxes: ['x@a.example x/'],
    not: [[1, 'myorigin a.example']],
  },
  { name: 'a setting without its value', main: 'virtual_mailbox_domains =\nvirtual_alias_maps =' },
  { name: 'it begins with a continuation', main: '  virtual_mailbox_domains = a.example', domains: ['a.example'] },
  {
    name: 'a mark of UTF-8 before it',
    main: `\ufeff${box}`,
    tables: { '/m': '\ufeffx@a.example x/' },
    domains: ['a.example'],
    mailboxes: ['x@a.example x/'],
  },
  {
    name: 'CRLF line ends',
    main: box.replaceAll('\n', '\r\n'),
    tables: { '/m': 'x@a.example x/\r\ny@a.example y/\r\n' },
    domains: ['a.example'],
    mailboxes: ['x@a.example x/', 'y@a.example y/'],
  },
  { name: 'a map that is not there', main: box, domains: ['a.example'], not: [[2, 'hash:/m']] },
  {
    name: 'a map of addresses without paths',
    main: box,
    tables: { '/m': 'x@a.example\ny@a.example y/' },
    domains: ['a.example'],
    mailboxes: ['y@a.example y/'],
    not: [[1, 'x@a.example']],
  },
  { name: 'a database instead of its source', main: box, tables: { '/m': '\0\u0006\u0015a' }, domains: ['a.example'], not: [[1, '\0']] },
  {
    name: 'an mbox among Maildirs',
    main: box,
    tables: { '/m': 'x@a.example x\ny@a.example y/' },
    domains: ['a.example'],
    mailboxes: ['y@a.example y/'],
    not: [[1, 'x@a.example x']],
  },
  {
    name: 'kinds that only Postfix reads',
    main: 'virtual_alias_maps = ldap:/l pcre:/p regexp:/r mysql:/s',
    not: [
      [1, 'ldap:/l'],
      [1, 'pcre:/p'],
      [1, 'regexp:/r'],
      [1, 'mysql:/s'],
    ],
  },
  { name: 'a kind that is none', main: 'virtual_alias_maps = /etc/aliases', not: [[1, '/etc/aliases']] },
  {
    name: 'an inline table that is cut off',
    main: 'virtual_mailbox_domains = a.example\nvirtual_mailbox_maps = inline:{ x@a.example=x/',
    domains: ['a.example'],
    mailboxes: [],
    not: [[2, 'x@a.example=x/']],
  },
  {
    name: 'one key twice',
    main: box,
    tables: { '/m': 'x@a.example 1/\nX@A.example 2/' },
    domains: ['a.example'],
    mailboxes: ['x@a.example 1/'],
  },
  {
    name: 'an alias without a target',
    main: 'virtual_alias_maps = hash:/v',
    tables: { '/v': 'x@a.example\ny@a.example z' },
    aliases: ['y@a.example z'],
    not: [[1, 'x@a.example']],
  },
  {
    name: 'a limit that is no number',
    main: 'message_size_limit = 10M\nvirtual_mailbox_limit = -1',
    not: [
      [1, 'message_size_limit = 10M'],
      [2, 'virtual_mailbox_limit = -1'],
    ],
  },
  { name: 'a name that names nothing', main: 'virtual_mailbox_domains = $nobody a.example', domains: ['a.example'] },
  {
    name: 'names that name each other',
    main: 'a = $b\nb = $a\nvirtual_mailbox_domains = $a a.example',
    domains: ['a.example'],
    not: [
      [1, 'a = $b'],
      [2, 'b = $a'],
    ],
  },
  { name: 'the domain file is gone', main: 'virtual_mailbox_domains = /d b.example', domains: ['b.example'], not: [[1, '/d']] },
  { name: 'a path with dots', main: box, tables: { '/m': 'x@a.example ../../x/' }, domains: ['a.example'], mailboxes: ['x@a.example x/'] },
];

it.each(cases)('$name', ({ main, tables = {}, domains = [], mailboxes = [], aliases = [], not = [] }) => {
  const files: ImportFiles = { read: (path) => tables[path] ?? null, list: () => [], isFolder: () => false };
  const found = importPostfix(main, files);
  const { routing } = settings.parse(JSON.parse(JSON.stringify(merge(settings.parse({}), found).settings)));
  expect(routing.domains).toEqual(domains);
  expect(routing.mailboxes.map(({ address, path }) => `${address} ${path}`)).toEqual(mailboxes);
  expect(routing.aliases.map(({ from, to }) => `${from} ${to.join(' ')}`)).toEqual(aliases);
  expect(found.notTaken.map(({ line, text }, index) => [line, text.startsWith(not[index]?.[1] ?? '!') ? not[index]?.[1] : text])).toEqual(
    not,
  );
  // A limit is never taken away by a mistake.
  expect([routing.messageSizeLimit, routing.mailboxSizeLimit]).toEqual([10_240_000, 51_200_000]);
});
