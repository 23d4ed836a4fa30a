// Servers that are wrong in every way we know, real ones and scripted ones: the step at which the account test stops, its code,
// and the sentences a person gets in both languages (pinned in test/fixture/broken-servers.json). And what a man in the middle,
// whose certificate nobody trusts, is told: nothing.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testAccount } from '../../../electron/station/account-test.js';
import { certificateOf, probesOf } from '../../../electron/station/probes.js';
import type { Secrets } from '../../../electron/station/secrets.js';
import { type Account, type AccountInput, account } from '../../../shared/account.js';
import { explain } from '../../../shared/failure-text.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { isRoot, type Postfix, startPostfix } from '../../support/postfix.js';
import { type KeyPair, selfSigned } from '../../support/tls.js';

const password = 'geheim-73-wort';
let [secure, plain]: Dovecot[] = [];
let postfix: Postfix | null = null;
let [expired, stranger]: KeyPair[] = [];
const servers: Server[] = [];
beforeAll(async () => {
  const users = [{ name: 'joe', password }];
  [secure, plain] = await Promise.all([startDovecot({ users }), startDovecot({ users, tls: false })]);
  [expired, stranger] = await Promise.all([selfSigned({ expired: true }), selfSigned()]);
  if (isRoot) postfix = await startPostfix();
});
afterAll(async () => {
  for (const server of servers) server.close();
  await Promise.all([secure?.stop(), plain?.stop(), postfix?.stop()]);
});

const secrets: Secrets = { read: async () => password, write: async () => undefined, known: () => true, forget: () => undefined };

async function tried(given: Partial<AccountInput>) {
  const one: Account = account.parse({
    ...{ id: 'joe', name: 'Joe', host: 'localhost', port: secure?.pop3Port, user: 'joe', security: 'none' },
    ...{ drop: { kind: 'singledrop', to: ['joe@a.example'] }, fetch: { timeout: 30 }, ...given },
  });
  const typed = { secret: null, sendingSecret: null };
  return testAccount({ account: one, probes: probesOf(one, typed, secrets), language: 'en', onStep: () => undefined, certificateOf });
}

/** Says `greeting`, and to each line what the script says; an empty greeting is silence, null hangs up at once. */
async function fake(greeting: string | null, answer: (line: string) => string | null = () => '-ERR'): Promise<number> {
  return listen((socket) => {
    socket.on('error', () => undefined);
    if (greeting === null) return void socket.end();
    if (greeting !== '') socket.write(`${greeting}\r\n`);
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').filter(Boolean)) {
        const said = answer(line);
        if (said === null) socket.end();
        else if (said !== '') socket.write(`${said}\r\n`);
      }
    });
  });
}

function listen(talk: (socket: Socket) => void): Promise<number> {
  const server = createServer(talk);
  servers.push(server);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

const pop3 = (change: Readonly<Record<string, string>> = {}) =>
  fake('+OK ready', (line) => {
    const [word = ''] = line.toUpperCase().split(' ');
    return (
      change[word] ?? { CAPA: '+OK\r\nUSER\r\nUIDL\r\n.', STLS: '-ERR', USER: '+OK', PASS: '+OK', STAT: '+OK 0 0' }[word] ?? '-ERR unknown'
    );
  });
const smtp = (change: Readonly<Record<string, string>> = {}, greeting = '220 mx') =>
  fake(greeting, (line) => {
    const [word = ''] = line.toUpperCase().split(' ');
    return change[word] ?? { EHLO: '250-mx\r\n250 AUTH PLAIN', AUTH: '535 5.7.8 no', QUIT: '221 bye' }[word] ?? '500 unknown';
  });

type Case = readonly [name: string, account: () => Promise<Partial<AccountInput>> | Partial<AccountInput>];
const imap = { protocol: 'imap' } as const;
const impatient = { fetch: { timeout: 2 } };
const sends = (port: number, more = {}) => ({ sending: { host: 'localhost', port, security: 'none' as const, ...more } });
const wrongPin = () => ({ pin: stranger?.fingerprint256 ?? '', pinnedPem: stranger?.cert ?? '' });
const cases: readonly Case[] = [
  ['a name that nobody has', () => ({ host: 'pop.nowhere.invalid' })],
  ['nobody listens', () => ({ port: 1 })],
  ['Dovecot: POP3S, a certificate nobody signed', () => ({ security: 'tls', port: secure?.pop3sPort ?? 0 })],
  ['Dovecot: IMAPS, a certificate nobody signed', () => ({ ...imap, security: 'tls', port: secure?.imapsPort ?? 0 })],
  ['Dovecot: STLS, a certificate nobody signed', () => ({ security: 'starttls' })],
  ['Dovecot: STARTTLS, a certificate nobody signed', () => ({ ...imap, security: 'starttls', port: secure?.imapPort ?? 0 })],
  ['Dovecot: POP3S, another certificate than was trusted', () => ({ security: 'tls', port: secure?.pop3sPort ?? 0, ...wrongPin() })],
  [
    'Dovecot: IMAPS, another certificate than was trusted',
    () => ({ ...imap, security: 'tls', port: secure?.imapsPort ?? 0, ...wrongPin() }),
  ],
  ['Dovecot: TLS on the plain port of POP3', () => ({ security: 'tls' })],
  ['Dovecot: TLS on the plain port of IMAP', () => ({ ...imap, security: 'tls', port: secure?.imapPort ?? 0 })],
  ['Dovecot: plain text on the TLS port of POP3', () => ({ ...impatient, port: secure?.pop3sPort ?? 0 })],
  ['Dovecot: plain text on the TLS port of IMAP', () => ({ ...impatient, ...imap, port: secure?.imapsPort ?? 0 })],
  ['Dovecot: POP3, a wrong user', () => ({ user: 'jim' })],
  ['Dovecot: IMAP, a wrong user', () => ({ ...imap, user: 'jim', port: secure?.imapPort ?? 0 })],
  ['Dovecot: IMAP, a folder that is not there', () => ({ ...imap, folder: 'Nothing', port: secure?.imapPort ?? 0 })],
  ['Dovecot: POP3 without STLS', () => ({ security: 'starttls', port: plain?.pop3Port ?? 0 })],
  ['Dovecot: IMAP without STARTTLS', () => ({ ...imap, security: 'starttls', port: plain?.imapPort ?? 0 })],
  ['an IMAP server on the POP3 port', () => ({ port: secure?.imapPort ?? 0 })],
  ['a POP3 server on the IMAP port', () => ({ ...imap })],
  [
    'a certificate that has expired',
    async () => ({
      security: 'tls',
      port: await middle(true, expired, []),
      pin: expired?.fingerprint256 ?? '',
      pinnedPem: expired?.cert ?? '',
    }),
  ],
  ['POP3: greets with an error', async () => ({ port: await fake('-ERR no service today') })],
  ['POP3: a web server', async () => ({ port: await fake('HTTP/1.1 400 Bad Request') })],
  ['POP3: says nothing', async () => ({ ...impatient, port: await fake('') })],
  ['POP3: hangs up', async () => ({ port: await fake(null) })],
  ['POP3: the mailbox is in use', async () => ({ port: await pop3({ PASS: '-ERR [IN-USE] another session has it' }) })],
  ['POP3: too soon', async () => ({ port: await pop3({ PASS: '-ERR [LOGIN-DELAY] wait a minute' }) })],
  ['POP3: a bad moment', async () => ({ port: await pop3({ PASS: '-ERR [SYS/TEMP] database is down' }) })],
  ['POP3: locked, without a code', async () => ({ port: await pop3({ PASS: '-ERR maildrop already locked' }) })],
  ['POP3: a wrong password by its code', async () => ({ port: await pop3({ PASS: '-ERR [AUTH] no' }) })],
  ['POP3: STLS offered and refused', async () => ({ security: 'starttls', port: await pop3({ CAPA: '+OK\r\nSTLS\r\nUSER\r\n.' }) })],
  ['IMAP: greets with BYE', async () => ({ ...imap, port: await fake('* BYE too many connections') })],
  ['IMAP: a web server', async () => ({ ...imap, port: await fake('HTTP/1.1 400 Bad Request') })],
  ['SMTP: nobody listens', () => sends(1)],
  ['SMTP: plain text on a port that wants TLS', async () => ({ ...impatient, ...sends(await middle(true, stranger, [])) })],
  ['SMTP: no STARTTLS', async () => sends(await smtp(), { security: 'starttls' })],
  ['SMTP: no login offered', async () => sends(await smtp({ EHLO: '250 mx' }))],
  ['SMTP: a wrong password', async () => sends(await smtp())],
  ['SMTP: will not greet', async () => sends(await smtp({}, '554 no service'))],
  ['SMTP: too busy', async () => sends(await smtp({}, '421 too busy'))],
];

it('each broken server gets its step, its code and its sentences', async () => {
  const table: Record<string, object> = {};
  const all: readonly Case[] = cases;
  for (const [name, make] of all) {
    const given = await make();
    const { ok, steps, failure } = await tried(given);
    const last = steps.at(-1);
    expect([name, ok, last?.ok], name).toEqual([name, false, false]);
    if (failure === null) continue;
    const clean = (text: string) =>
      text
        .replace(/\b\d{4,5}\b/g, 'PORT')
        .replace(/([0-9A-F]{2}:){31}[0-9A-F]{2}/g, 'SHA-256')
        // What a real server says of its moment.
        .replace(/<[^<>]+@[^<>]+>/g, '<APOP>')
        .replace(/\[CAPABILITY [^\]]*\]/g, '[CAPABILITY]')
        .replace(/ \([\d. +]+ secs\)/g, '');
    const [en, ja] = (['en', 'ja'] as const).map((language) => explain(failure, language));
    table[name] = {
      step: last?.step,
      code: failure.code,
      en: [en?.what, en?.next].map((text) => clean(text ?? '')),
      ja: [ja?.what, ja?.next].map((text) => clean(text ?? '')),
    };
  }
  expect(Object.keys(table).length).toBeGreaterThanOrEqual(25);
  await expect(`${JSON.stringify(table, null, 2)}\n`).toMatchFileSnapshot('../../fixture/broken-servers.json');
});

it.runIf(isRoot)('a real Postfix without STARTTLS, and one without a login', async () => {
  const port = postfix?.port ?? 0;
  expect((await tried(sends(port, { security: 'starttls' }))).failure?.code).toBe('starttls-missing');
  expect((await tried(sends(port))).failure?.code).toBe('auth-unsupported');
});

/** Speaks TLS with a certificate of its own, at once or when asked to, and writes down all it is told. */
function middle(
  implicit: boolean,
  pair: KeyPair | undefined,
  told: string[],
  answers: readonly (readonly [RegExp, string])[] = [],
): Promise<number> {
  const secured = (socket: Socket) => {
    const tls = new TLSSocket(socket, { isServer: true, key: pair?.key ?? '', cert: pair?.cert ?? '' });
    tls.on('error', () => undefined);
    tls.on('data', (bytes: Buffer) => told.push(bytes.toString('latin1')));
    tls.write(answers[0]?.[1] ?? '+OK ready\r\n');
  };
  return listen((socket) => {
    socket.on('error', () => undefined);
    if (implicit) return secured(socket);
    socket.write(answers[0]?.[1] ?? '');
    const plainly = (bytes: Buffer): void => {
      const text = bytes.toString('latin1');
      told.push(text);
      const said = answers.find(([asked]) => asked.test(text))?.[1] ?? '';
      socket.write(said.replaceAll('TAG', text.split(' ')[0] ?? ''));
      if (!/starttls|stls/i.test(text)) return;
      socket.off('data', plainly);
      secured(socket);
    };
    socket.on('data', plainly);
  });
}

const talks = {
  pop3: [
    [/^$/, '+OK ready\r\n'],
    [/^CAPA/, '+OK\r\nSTLS\r\nSASL PLAIN LOGIN XOAUTH2\r\nUSER\r\n.\r\n'],
    [/^STLS/, '+OK\r\n'],
  ],
  imap: [
    [/^$/, '* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN AUTH=LOGIN AUTH=XOAUTH2] ready\r\n'],
    [/CAPABILITY/, '* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\nTAG OK\r\n'],
    [/STARTTLS/, 'TAG OK\r\n'],
  ],
  smtp: [
    [/^$/, '220 mx\r\n'],
    [/^EHLO/, '250-mx\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN XOAUTH2\r\n'],
    [/^STARTTLS/, '220 go\r\n'],
  ],
} as const;

it.each(
  (['pop3', 'imap', 'smtp'] as const).flatMap((protocol) =>
    (['tls', 'starttls'] as const).flatMap((security) =>
      (['plain', 'login', 'xoauth2'] as const).map((auth) => [protocol, security, auth] as const),
    ),
  ),
)('a man in the middle of %s by %s with AUTH %s is told nothing of the credentials', async (protocol, security, auth) => {
  const told: string[] = [];
  const port = await middle(security === 'tls', stranger, told, talks[protocol]);
  const server = { port, security };
  const given: Partial<AccountInput> =
    protocol === 'smtp' ? { auth, ...sends(port, { security }), port: secure?.pop3Port ?? 0 } : { auth, protocol, ...server };
  const report = protocol === 'smtp' ? await sending(given) : await tried(given);
  expect(report.failure?.code).toBe('tls-untrusted');
  const heard = told.join('');
  for (const secret of [password, Buffer.from(password).toString('base64').slice(0, 12), 'joe', 'am9l'])
    expect(heard).not.toContain(secret);
  expect(heard).not.toMatch(/AUTH |PASS |USER |LOGIN |AUTHENTICATE/i);
});

/** The sending half alone: receiving with this method need not work. */
function sending(given: Partial<AccountInput>) {
  const one = account.parse({
    id: 'joe',
    name: 'Joe',
    host: 'localhost',
    user: 'joe',
    drop: { kind: 'singledrop', to: ['joe@a.example'] },
    fetch: { timeout: 2 },
    ...given,
  });
  const probes = probesOf(one, { secret: null, sendingSecret: null }, secrets).slice(1);
  return testAccount({ account: one, probes, language: 'en', onStep: () => undefined, certificateOf });
}
