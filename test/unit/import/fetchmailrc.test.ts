// fetchmailrc -> accounts: the configuration Todoku was born from, every option, and broken files.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importFetchmailrc } from '../../../electron/import/fetchmailrc.js';
import type { FetchmailrcOptions } from '../../../electron/import/fetchmailrc-account.js';
import { parseFetchmailrc } from '../../../electron/import/fetchmailrc-grammar.js';
import { globalShapes, serverShapes, userShapes } from '../../../electron/import/fetchmailrc-options.js';
import { merge } from '../../../electron/import/imported.js';
import { settings } from '../../../shared/settings.js';

const seed = readFileSync(new URL('../../fixture/import/seed.fetchmailrc', import.meta.url), 'utf8');
const only = (text: string, options?: FetchmailrcOptions) => {
  const { accounts } = importFetchmailrc(text, options);
  expect(accounts).toHaveLength(1);
  const [account] = accounts;
  if (account === undefined) throw new Error('no account');
  return account;
};

describe('the seed', () => {
  const found = importFetchmailrc(seed);

  it('is three accounts with what fetchmail would do', () => {
    expect(
      found.accounts.map(({ id, protocol, host, port, security, user, drop, target, refusal, enabled, fetch }) => [
        [id, protocol, host, port, security, user, drop, target, refusal, enabled],
        [fetch.retention, fetch.all, fetch.timeout, fetch.batchLimit, fetch.interval, fetch.invisible],
      ]),
    ).toEqual([
      [
        [
          'pop3userid1-pop-example-com',
          'pop3',
          'pop.example.com',
          110,
          'starttls',
          'pop3userid1',
          { kind: 'singledrop', to: ['virtualuser1@example.com'] },
          { kind: 'maildir' },
          'postmaster',
          true,
        ],
        [{ kind: 'delete' }, true, 300, 100, 180, false],
      ],
      [
        [
          'pop3userid2-pop-example-com',
          'pop3',
          'pop.example.com',
          110,
          'starttls',
          'pop3userid2',
          { kind: 'singledrop', to: ['virtualuser2@example.com'] },
          { kind: 'maildir' },
          'postmaster',
          true,
        ],
        [{ kind: 'delete' }, true, 300, 100, 180, false],
      ],
      [
        [
          'pop3userid0-other-example-com',
          'pop3',
          'other.example.com',
          110,
          'starttls',
          'pop3userid0',
          { kind: 'singledrop', to: ['virtualuser0@example.com'] },
          { kind: 'maildir' },
          'postmaster',
          true,
        ],
        [{ kind: 'delete' }, false, 300, 100, 180, false],
      ],
    ]);
  });

  it('gives the passwords apart and nowhere else', () => {
    const { secrets, ...rest } = found;
    expect(secrets).toEqual({
      'pop3userid1-pop-example-com': 'pop3password1',
      'pop3userid2-pop-example-com': 'pop3password2',
      'pop3userid0-other-example-com': 'pop3password0',
    });
    expect(JSON.stringify(rest)).not.toContain('pop3password');
  });

  it('sets the postmaster, and reports what the station does otherwise, with its line', () => {
    expect(found.routing).toEqual({ postmaster: 'postmaster@example.com' });
    expect(found.notTaken.map(({ line, text }) => [line, text])).toEqual([
      [2, 'set syslog'],
      [13, 'smtphost 127.0.0.1/2525'],
    ]);
    expect(found.taken).toContain('line 3: set no bouncemail: refused mail goes to the postmaster');
    expect(found.taken.find((line) => line.startsWith('line 11: poll'))).toContain('STARTTLS required (fetchmail 6.4');
  });

  it('keeps the local listener as the target when asked', () => {
    const [first, second] = importFetchmailrc(seed, { target: 'relay' }).accounts;
    expect(first?.target).toEqual({ kind: 'smtp', host: '127.0.0.1', port: 2525, batchLimit: 100, antispam: [] });
    expect(second?.target).toEqual({ kind: 'smtp', host: 'localhost', port: 25, batchLimit: 100, antispam: [] });
  });

  it('imports twice as it imports once', () => {
    const once = merge(settings.parse({}), found);
    const twice = merge(once.settings, importFetchmailrc(seed));
    expect(twice.settings).toEqual(once.settings);
    expect([once.added.length, twice.added.length, twice.updated.length]).toEqual([3, 0, 3]);
  });

  it('updates what the file knows, and leaves what was set by hand', () => {
    const once = merge(settings.parse({}), found).settings;
    const mine = { ...once, accounts: once.accounts.map((account) => ({ ...account, name: 'mine', pin: 'AA:BB' })) };
    const again = merge(mine, importFetchmailrc(seed.replaceAll('#nokeep', 'keep'))).settings.accounts;
    expect(again.map(({ name, pin, fetch }) => [name, pin, fetch.retention.kind])).toEqual([
      ['mine', 'AA:BB', 'keep'],
      ['mine', 'AA:BB', 'keep'],
      ['mine', 'AA:BB', 'delete'],
    ]);
  });
});

describe('words', () => {
  it.each([
    ['noise and punctuation', 'poll h with proto; pop3: and has user u, wants options password p;', 'u', 'p'],
    ['quotes of both kinds', `poll h user 'a "b"' password "it's"`, 'a "b"', "it's"],
    ['a password that is a keyword', 'poll h user set password keep', 'set', 'keep'],
    ['a password that is a number', 'poll h user 12 password 34', '12', '34'],
    ['a noise word as a password', 'poll h user and password with', 'and', 'with'],
    ['hash inside a word', 'poll h user u password a#b', 'u', 'a#b'],
    ['hash inside quotes', 'poll h user u password "#b"', 'u', '#b'],
    ['a comment after password', 'poll h user u password #b\n c', 'u', 'c'],
    ['decimal, octal, hex', 'poll h user u password "\\65\\0102\\x43"', 'u', 'A\b2C'],
    ['control characters', 'poll h user u password "a\\tb"', 'u', 'a\tb'],
    ['any other escape', 'poll h user u password "\\q\\\\"', 'u', 'q\\'],
    ['a joined line', 'poll h user u password "ab\\\ncd"', 'u', 'abcd'],
    ['a quote within a longer word', 'poll h user u password x"y', 'u', 'x"y'],
    ['Windows lines', 'poll h\r\n user u # c\r\n password p\r\n', 'u', 'p'],
    ['the last comment without a newline', 'poll h user u password p # end', 'u', 'p'],
    ['here and there', 'poll h user me here is u there password p', 'u', 'p'],
    ['server for poll', 'server h username u pass p', 'u', 'p'],
    ['Japanese', 'poll h user 太郎 password ひみつ', '太郎', 'ひみつ'],
  ])('%s', (_, text, user, password) => {
    const { accounts, secrets } = importFetchmailrc(text);
    expect(accounts[0]?.user).toBe(user);
    expect(Object.values(secrets)).toEqual([password]);
  });
});

describe('options', () => {
  it.each([
    ['keep', { retention: { kind: 'keep' } }],
    ['keep nokeep', { retention: { kind: 'delete' } }],
    ['fetchall', { all: true }],
    ['nofetchall', { all: false }],
    ['limit 1000', { sizeLimit: 1000 }],
    ['fetchlimit 7', { maxMessages: 7 }],
    ['batchlimit 9', { batchLimit: 9 }],
    ['batchlimit 9 expunge 3', { batchLimit: 3 }],
  ])('%s', (text, fetch) => expect(only(`poll h proto pop3 user u ${text}`).fetch).toMatchObject(fetch));

  it.each([
    ['proto pop3 user u ssl', ['pop3', 995, 'tls']],
    ['proto pop3 user u', ['pop3', 110, 'starttls']],
    ["proto pop3 user u sslproto ''", ['pop3', 110, 'none']],
    ['proto pop3 user u no sslcertck', ['pop3', 110, 'starttls']],
    ['proto imap user u ssl', ['imap', 993, 'tls']],
    ['proto IMAP user u', ['imap', 143, 'starttls']],
    ['user u', ['pop3', 110, 'starttls']],
    ['port 993 user u ssl', ['imap', 993, 'tls']],
    ['proto pop3 service pop3s user u ssl', ['pop3', 995, 'tls']],
    ['proto pop3 port 1995 user u ssl', ['pop3', 1995, 'tls']],
  ])('%s', (text, expected) => {
    const { protocol, port, security } = only(`poll h ${text}`);
    expect([protocol, port, security]).toEqual(expected);
  });

  it.each(['localhost', '127.0.0.1'])('%s without ssl is plain text on this machine', (host) => {
    expect(only(`poll ${host} proto pop3 user u`).security).toBe('none');
  });

  it.each([
    ['interval counts polls', 'set daemon 60 poll h interval 5 user u', { interval: 300 }],
    ['daemon', 'set daemon 90 poll h user u', { interval: 90 }],
    ['timeout of the defaults', 'defaults timeout 10 poll h user u', { timeout: 10 }],
    ['timeout of the server wins', 'defaults timeout 10 poll h timeout 20 user u', { timeout: 20 }],
    ['invisible', 'set invisible poll h user u', { invisible: true }],
    ['tracepolls', 'poll h tracepolls user u', { tracePolls: true }],
    ['keep of the defaults', 'defaults keep poll h user u', { retention: { kind: 'keep' } }],
    ['no keep over the defaults', 'defaults keep poll h user u nokeep', { retention: { kind: 'delete' } }],
  ])('%s', (_, text, fetch) => expect(only(text).fetch).toMatchObject(fetch));

  it.each([
    ['is a@b', { kind: 'singledrop', to: ['a@b'] }],
    ['is a smtpaddress b.example', { kind: 'singledrop', to: ['a@b.example'] }],
    ['is a smtpname c@d', { kind: 'singledrop', to: ['c@d'] }],
    ['is there=here', { kind: 'singledrop', to: ['here'] }],
    ['keep', { kind: 'singledrop', to: ['u@h'] }],
    [
      'is a b=c *',
      { kind: 'multidrop', names: { a: 'a', b: 'c', '*': '*' }, localDomains: ['h'], envelope: null, useReceived: true, useToCc: true },
    ],
    ['to a b here', { kind: 'multidrop', names: { a: 'a', b: 'b' } }],
  ])('user u %s', (text, drop) => expect(only(`poll h user u ${text}`).drop).toMatchObject(drop));

  it.each([
    ['envelope X-Original-To', { envelope: 'X-Original-To', skip: 0, useReceived: true }],
    ['envelope 1 "Delivered-To"', { envelope: 'Delivered-To', skip: 1 }],
    ['envelope Received', { envelope: null, useReceived: true }],
    ['no envelope', { envelope: null, useReceived: false }],
    ['qvirtual "user-"', { qvirtual: 'user-' }],
    [
      'localdomains a.example b.example aka c.example via real.example',
      { localDomains: ['a.example', 'b.example', 'c.example', 'h', 'real.example'] },
    ],
  ])('%s', (text, drop) => expect(only(`poll h ${text} user u is *`).drop).toMatchObject(drop));

  it.each([
    ['set bouncemail', 'bounce'],
    ['set no bouncemail', 'postmaster'],
    ['set softbounce set bouncemail', 'keep'],
    ['', 'postmaster'],
  ])('%s: refusal %s', (text, refusal) => expect(only(`${text} poll h user u`).refusal).toBe(refusal));

  it.each([
    ['smtphost /run/lmtp', { kind: 'lmtp', socket: '/run/lmtp' }],
    ['smtphost mx/24 lmtp', { kind: 'lmtp', host: 'mx', port: 24 }],
    ['smtphost mx,b antispam 571,550', { kind: 'smtp', host: 'mx', port: 25, antispam: [571, 550] }],
  ])('%s as a relay', (text, target) => expect(only(`poll h user u ${text}`, { target: 'relay' }).target).toMatchObject(target));

  it('skip is a paused account; several users are several; equal ids differ', () => {
    const { accounts } = importFetchmailrc('skip h user u user v poll h user u');
    expect(accounts.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['u-h', false],
      ['v-h', false],
      ['u-h-2', true],
    ]);
  });

  it('an entry without a user is the one of who runs it', () => {
    expect(only('poll h keep', { localUser: 'me' }).user).toBe('me');
    expect(importFetchmailrc('poll h keep').notTaken).toEqual([{ line: 1, text: 'poll h', why: 'it names no user' }]);
  });

  it.each(['pop2', 'etrn', 'odmr', 'kpop'])('%s is reported, not guessed at', (protocol) => {
    const { accounts, notTaken } = importFetchmailrc(`poll h proto ${protocol} user u`);
    expect(accounts).toEqual([]);
    expect(notTaken.map(({ text }) => text)).toEqual([`protocol ${protocol}`, 'poll h user u']);
  });
});

/** One option of each kind of the grammar, as it would be written. */
const sample: Record<string, string> = {
  flag: '',
  on: '',
  string: ' x',
  number: ' 5',
  strings: ' x',
  numbers: ' 5',
  port: ' 110',
  protocol: ' pop3',
  authentication: ' any',
  envelope: ' X-To',
  header: ' accept',
};

it.each([
  ...Object.entries(globalShapes).map(([name, shape]) => [`set ${name}`, `set ${name}${sample[shape]} poll h user u`]),
  ...Object.entries(serverShapes).map(([name, shape]) => [name, `poll h ${name}${sample[shape]} user u`]),
  ...Object.entries(userShapes).map(([name, shape]) => [name, `poll h user u ${name}${sample[shape]}`]),
])('%s is either taken or not taken, never dropped', (name, text) => {
  const { taken, notTaken } = importFetchmailrc(text);
  const lines = [...taken, ...notTaken.map((not) => `${not.text}: ${not.why}`)].filter((line) => line.includes(name));
  expect(lines).toHaveLength(1);
});

it('shows no secret of any option', () => {
  const text = `poll h esmtppassword SECRET plugin SECRET user u password SECRET preconnect SECRET postconnect SECRET mda SECRET`;
  const { secrets: _, ...rest } = importFetchmailrc(text);
  expect(JSON.stringify(rest)).not.toContain('SECRET');
});

it.each([
  ['poll h proto pop3 user u keep timeout 3', 'line 1, column 31: server option after user options: "timeout"'],
  ['poll h proto pop9 user u', 'line 1, column 14: a protocol expected, found "pop9"'],
  ['poll h\n  user u\n  limit 100k', 'line 3, column 9: a number expected, found "100k"'],
  ['poll h user', 'line 1, column 12: a name expected, found end of file'],
  ['poll h user u password', 'line 1, column 23: a string expected, found end of file'],
  ['poll h user a b password c', 'line 1, column 13: `here` expected after the names that begin with "a"'],
  ['Poll h user u', 'line 1, column 1: syntax error at "Poll"'],
  ['poll h user u no limit 5', 'line 1, column 18: `no` does not go with "limit"'],
  ['poll h user u\ndefaults keep', 'line 2, column 1: `defaults` must stand once, before all other entries: "defaults"'],
  ['set frobnicate', 'line 1, column 5: a global option expected after `set`, found "frobnicate"'],
  ['poll h user u password "abc', 'line 1, column 24: the quote is never closed'],
])('%j: %s', (text, message) => expect(() => parseFetchmailrc(text)).toThrow(message));
