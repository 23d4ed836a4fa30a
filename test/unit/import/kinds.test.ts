// The other set-ups that can be taken over: one real-looking file of each kind, what is taken and what is not.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importAutoconfig } from '../../../electron/import/autoconfig.js';
import { importDovecot } from '../../../electron/import/dovecot.js';
import type { ImportFiles } from '../../../electron/import/files.js';
import { importGetmailrc } from '../../../electron/import/getmailrc.js';
import { type Imported, merge } from '../../../electron/import/imported.js';
import { importMobileconfig } from '../../../electron/import/mobileconfig.js';
import { importMpoprc } from '../../../electron/import/mpoprc.js';
import { importPostfix } from '../../../electron/import/postfix.js';
import { importThunderbird } from '../../../electron/import/thunderbird.js';
import { route } from '../../../electron/routing/route.js';
import { settings } from '../../../shared/settings.js';

const folder = new URL('../../fixture/import/', import.meta.url).pathname;
const read = (name: string) => readFileSync(`${folder}${name}`, 'utf8');
/** What is named by its path in the file lies in the fixture folder. */
const files = (own: string, maildirs: readonly string[] = []): ImportFiles => ({
  read: (path) => {
    for (const one of [path, `${folder}${own}/${basename(path)}`])
      if (statSync(one, { throwIfNoEntry: false })?.isFile() && one.startsWith(folder)) return readFileSync(one, 'utf8');
    return null;
  },
  list: (path) => readdirSync(path).sort(),
  isFolder: (path) => maildirs.includes(path),
});
const inline = (tables: Record<string, string>): ImportFiles => ({
  read: (path) => tables[path] ?? null,
  list: () => [],
  isFolder: () => false,
});
const routed = (imported: Imported, address: string) => {
  const { targets, refusal } = route(address, merge(settings.parse({}), imported).settings.routing);
  return refusal === null ? targets.map((target) => ('path' in target ? target.path : target.relay)) : [refusal.text];
};

describe('Postfix', () => {
  const seed = importPostfix(read('postfix/main.cf'), files('postfix'));
  it('the seed routes as it did', () => {
    expect(routed(seed, 'virtualuser1@example.com')).toEqual(['example.com/test1/']);
    expect(routed(seed, 'VirtualUser0@example.com')).toEqual(['example.com/test0/']);
    expect(routed(seed, 'postmaster@example.com')).toEqual(['localhost/postmaster/']);
    expect(routed(seed, 'test.kkk@example.com')).toEqual([
      '550 5.1.1 <test.kkk@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
    ]);
    expect(routed(seed, 'virtualuser1+x@example.com')).toEqual([
      '550 5.1.1 <virtualuser1+x@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
    ]);
    expect(seed.routing).toMatchObject({ domains: ['example.com'], messageSizeLimit: 10_240_000, mailboxSizeLimit: 51_200_000 });
  });
  it('Maildirs that are there are used where they are', () => {
    const there = importPostfix(read('postfix/main.cf'), files('postfix', ['/home/VMAIL']));
    expect(routed(there, 'virtualuser1@example.com')).toEqual(['/home/VMAIL/example.com/test1/']);
  });
  it('what is not taken is named with its line', () => {
    expect(seed.notTaken.map(({ line, text }) => [line, text])).toEqual([
      [1, 'alias_database = hash:/etc/aliases'],
      [2, 'alias_maps = hash:/etc/aliases'],
      [3, 'command_directory = /usr/sbin'],
      [5, 'inet_interfaces = localhost'],
      [7, 'queue_directory = /var/spool/postfix'],
      [8, 'unknown_local_recipient_reject_code = 550'],
      [10, 'virtual_gid_maps = static:5000'],
      [14, 'virtual_minimum_uid = 5000'],
      [15, 'virtual_uid_maps = static:5000'],
    ]);
  });
  it.each<[string, string, Record<string, string>, string, readonly string[]]>([
    [
      'continuation lines and $names',
      'd = a.example\nvirtual_mailbox_domains = $d,\n  b.example\nvirtual_mailbox_maps =\n# in between\n  hash:/m',
      { '/m': 'x@b.example b/x/\n' },
      'x@b.example',
      ['b/x/'],
    ],
    [
      'names in braces with another value, and in parentheses',
      `base = /m\nvirtual_mailbox_domains = $\{nothing:a.example}\nvirtual_mailbox_maps = texthash:$(base)`,
      { '/m': 'x@a.example a/x/' },
      'x@a.example',
      ['a/x/'],
    ],
    [
      'inline tables',
      'virtual_mailbox_domains = a.example\nvirtual_mailbox_maps = inline:{ x@a.example=a/x/, { y@a.example = a/y/ } }',
      {},
      'y@a.example',
      ['a/y/'],
    ],
    [
      'the first table wins',
      'virtual_mailbox_domains = a.example\nvirtual_mailbox_maps = hash:/1 hash:/2',
      { '/1': 'x@a.example 1/', '/2': 'x@a.example 2/' },
      'x@a.example',
      ['1/'],
    ],
    [
      'proxy:',
      'virtual_mailbox_domains = a.example\nvirtual_mailbox_maps = proxy:hash:/1',
      { '/1': 'x@a.example 1/' },
      'x@a.example',
      ['1/'],
    ],
    [
      'domains from a file',
      'virtual_mailbox_domains = /d\nvirtual_mailbox_maps = hash:/1',
      { '/d': '# c\na.example\n', '/1': '' },
      'x@a.example',
      ['550 5.1.1 <x@a.example>: Recipient address rejected: User unknown in virtual mailbox table'],
    ],
    [
      'domains from a table',
      'virtual_mailbox_domains = hash:/d',
      { '/d': 'a.example anything' },
      'x@a.example',
      ['550 5.1.1 <x@a.example>: Recipient address rejected: User unknown in virtual mailbox table'],
    ],
    [
      'several results and a continued entry',
      'virtual_alias_maps = hash:/v\nrecipient_delimiter = +',
      { '/v': 'all@a.example\n  x@b.example,\n  y@b.example z@b.example' },
      'all@a.example',
      ['b.example/x/', 'b.example/y/', 'b.example/z/'],
    ],
    [
      'the extension, where Postfix has one',
      'recipient_delimiter = +\nvirtual_mailbox_domains = a.example\nvirtual_mailbox_maps = hash:/1',
      { '/1': 'x@a.example 1/' },
      'x+y@a.example',
      ['1/'],
    ],
    [
      'a path that steps out',
      'virtual_mailbox_base = /gone\nvirtual_mailbox_domains = a.example\nvirtual_mailbox_maps = hash:/1',
      { '/1': 'x@a.example ../../etc/x/' },
      'x@a.example',
      ['etc/x/'],
    ],
  ])('%s', (_, main, tables, address, expected) => expect(routed(importPostfix(main, inline(tables)), address)).toEqual(expected));
  it('says which tables and mailboxes it cannot have', () => {
    const main = 'virtual_mailbox_domains = a.example\nvirtual_mailbox_maps = hash:/1 mysql:/m hash:/missing\nvirtual_mailbox_limit = 0';
    const found = importPostfix(main, inline({ '/1': 'x@a.example mbox/x\n' }));
    expect(found.notTaken.map(({ line, text }) => [line, text])).toEqual([
      [2, 'mysql:/m'],
      [2, 'hash:/missing'],
      [1, 'x@a.example mbox/x'],
    ]);
    expect(found.routing.mailboxSizeLimit).toBe(0);
  });
  it('names that name each other come to an end', () => {
    expect(importPostfix('a = $b\nb = $a $a\nvirtual_mailbox_domains = $a', inline({})).routing.domains).toEqual([]);
    const doubling = Array.from({ length: 60 }, (_, index) => `a${index + 1} = $a${index}$a${index}\n`).join('');
    expect(importPostfix(`a0 = x\n${doubling}myhostname = $a60`, inline({})).routing.localDomain).toBe('localhost');
  });
});

it('Dovecot: Maildirs of passwd-file users, through includes; no password is read', () => {
  const found = importDovecot(read('dovecot/dovecot.conf'), `${folder}dovecot/dovecot.conf`, files('dovecot'));
  expect(found.routing.mailboxes).toEqual([
    { address: 'testuser@example.com', path: '/home/VMAIL/example.com/testuser/', limit: null },
    { address: 'moved@example.com', path: '/srv/moved/Maildir/', limit: null },
  ]);
  expect(found.notTaken).toEqual([]);
  expect(JSON.stringify(found)).not.toContain('{PLAIN}');
});

it('mpoprc', () => {
  const found = importMpoprc(read('mpoprc'));
  expect(
    found.accounts.map(({ id, name, host, port, security, secret, fetch }) => [
      id,
      name,
      host,
      port,
      security,
      secret.kind,
      fetch.retention.kind,
      fetch.all,
      fetch.sizeLimit,
      fetch.timeout,
    ]),
  ).toEqual([
    ['ayumi-pop-example-com', 'work', 'pop.example.com', 110, 'starttls', 'file', 'keep', false, 0, 60],
    ['ayumi-pop-home-example', 'home', 'pop.home.example', 995, 'tls', 'command', 'delete', true, 5000, 60],
  ]);
  expect(found.secrets).toEqual({ 'ayumi-pop-example-com': 'geheim wort' });
  expect(found.routing.mailboxes?.[0]).toEqual({ address: 'ayumi@pop.example.com', path: '/home/ayumi/Mail/', limit: null });
  expect(found.notTaken.map(({ line, text }) => [line, text])).toContainEqual([13, 'killsize 100']);
});

it('getmailrc', () => {
  const found = importGetmailrc(read('getmailrc'));
  expect(found.accounts[0]).toMatchObject({
    protocol: 'pop3',
    host: 'pop.example.com',
    port: 995,
    security: 'tls',
    user: 'ayumi@example.com',
    secret: { kind: 'file' },
    fetch: { retention: { kind: 'days', days: 7 }, all: false, maxMessages: 50 },
  });
  expect(found.secrets).toEqual({ 'ayumi-example-com-pop-example-com': 'geheim' });
  expect(found.routing.mailboxes).toEqual([{ address: 'ayumi@example.com', path: '/home/ayumi/Mail/', limit: null }]);
  expect(found.notTaken.map(({ text }) => text)).toEqual([
    '[options] verbose = 1',
    '[filter-1] type = Filter_external',
    '[filter-1] path = /usr/bin/spamc',
  ]);
});

it('Thunderbird: accounts, identities, sending; no news, no password', () => {
  const found = importThunderbird(read('prefs.js'));
  expect(found.accounts).toHaveLength(1);
  expect(found.accounts[0]).toMatchObject({
    protocol: 'pop3',
    host: 'pop.example.com',
    port: 995,
    security: 'tls',
    user: 'ayumi',
    drop: { to: ['ayumi@example.com'] },
    fetch: { retention: { kind: 'days', days: 14 }, interval: 300 },
    identities: [{ name: 'あゆみ', address: 'ayumi@example.com' }],
    sending: { host: 'smtp.example.com', port: 465, security: 'tls', user: 'ayumi' },
  });
  expect(found.notTaken.map(({ text }) => text)).toEqual(['account1 pop.example.com: password', 'account3 news.example.com']);
});

it('autoconfig: POP3 before IMAP; placeholders are filled, or reported', () => {
  const found = importAutoconfig(read('autoconfig.xml'), 'ken@example.com');
  expect(found.accounts).toHaveLength(1);
  expect(found.accounts[0]).toMatchObject({
    name: 'Example & Co',
    protocol: 'pop3',
    host: 'pop.example.com',
    port: 110,
    security: 'starttls',
    user: 'ken',
    fetch: { retention: { kind: 'days', days: 14 } },
    sending: { host: 'smtp.example.com', port: 587, security: 'starttls', user: 'ken@example.com' },
  });
  expect(importAutoconfig(read('autoconfig.xml')).notTaken.map(({ text }) => text)).toContain('%EMAILLOCALPART%');
});

it('.mobileconfig, plain and within a signature', () => {
  const text = read('mail.mobileconfig');
  for (const bytes of [text, `\x30\x82\x01${text}\x00\xff`]) {
    const found = importMobileconfig(bytes);
    expect(found.accounts[0]).toMatchObject({
      name: 'Work',
      protocol: 'pop3',
      host: 'pop.example.com',
      port: 110,
      security: 'starttls',
      user: 'ayumi',
      identities: [{ name: 'Ayumi & Ken', address: 'ayumi@example.com' }],
      sending: { port: 465, security: 'tls' },
    });
    expect(found.secrets).toEqual({ 'ayumi-pop-example-com': 'geheim' });
    expect(found.notTaken.map(({ text: shown }) => shown)).toEqual(['com.apple.wifi.managed']);
  }
});

it.each([
  [
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><clientConfig><emailProvider><incomingServer type="pop3"><hostname>&a;</hostname><username>u</username></incomingServer></emailProvider></clientConfig>',
  ],
  [
    `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 12 }, (_, index) => `<!ENTITY a${index} "${`&a${index === 0 ? '' : index - 1};`.repeat(20)}">`).join('')}]><clientConfig><emailProvider><incomingServer type="pop3"><hostname>&a11;</hostname><username>u</username></incomingServer></emailProvider></clientConfig>`,
  ],
])('XML leads nowhere outside, and does not grow without end', (xml) => {
  let found = '';
  try {
    found = JSON.stringify(importAutoconfig(xml));
  } catch (error) {
    found = String(error);
  }
  expect(found).not.toContain('root:');
  expect(found.length).toBeLessThan(5000);
});
it.each(['', 'hello', '<plist>', '<?xml version="1.0"?><plist></plist>'])('%j is no profile', (bytes) => {
  try {
    expect(importMobileconfig(bytes).accounts).toEqual([]);
  } catch (error) {
    expect(error).toMatchObject({ code: 'usage' });
  }
});
