// The account test against real IMAP servers and an SMTP server: the steps, and of a failure the step, the code, and what was sent.
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testAccount } from '../../../electron/station/account-test.js';
import { certificateOf, probesOf } from '../../../electron/station/probes.js';
import type { Secrets } from '../../../electron/station/secrets.js';
import { type AccountInput, account } from '../../../shared/account.js';
import type { TestReport } from '../../../shared/station.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { startTcpProxy } from '../../support/tcp-proxy.js';
import { type KeyPair, selfSigned } from '../../support/tls.js';
import { password } from './client.js';

let dovecot: Dovecot;
let pair: KeyPair;
const servers: SMTPServer[] = [];

beforeAll(async () => {
  pair = await selfSigned();
  dovecot = await startDovecot({ protocols: ['imap'], users: [{ name: 'joe', password }] });
});
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(resolve));
});
afterAll(() => dovecot?.stop());

const secrets: Secrets = {
  read: async (_account, _reference, use) => (use === 'send' ? 'sending words' : password),
  write: async () => undefined,
  known: () => true,
  forget: () => undefined,
};

function test(given: Partial<AccountInput>): Promise<TestReport> {
  const trusted = { pin: dovecot.fingerprint256, pinnedPem: dovecot.certPem };
  const base = {
    id: 'joe',
    name: 'Joe',
    protocol: 'imap',
    host: 'localhost',
    port: dovecot.imapPort,
    user: 'joe',
    security: 'starttls',
  } as const;
  const one = account.parse({ ...base, ...trusted, drop: { kind: 'singledrop', to: ['joe@a.example'] }, fetch: { timeout: 2 }, ...given });
  return testAccount({
    account: one,
    probes: probesOf(one, { secret: null, sendingSecret: null }, secrets),
    language: 'en',
    onStep: () => undefined,
    certificateOf,
  });
}

const stepsOf = ({ steps }: TestReport) => steps.map(({ step, ok }) => (ok ? step : `${step}!`));

async function smtp(options: SMTPServerOptions = {}): Promise<number> {
  const server = new SMTPServer({
    key: pair.key,
    cert: pair.cert,
    onAuth: ({ username, password: given, accessToken }, _session, done) =>
      done(null, username === 'joe' && [password, 'sending words'].includes(given ?? accessToken ?? '') ? { user: 'joe' } : undefined),
    logger: false,
    ...options,
  });
  server.on('error', () => undefined);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.server.address() as AddressInfo).port;
}

const receiving = ['dns', 'tcp', 'greeting', 'starttls', 'capabilities', 'login', 'mailbox'];

describe('IMAP', () => {
  it('by STARTTLS and by TLS', async () => {
    const report = await test({});
    expect([stepsOf(report), report.ok, report.exit]).toEqual([receiving, true, 0]);
    expect(report.steps.at(-1)?.detail).toMatch(/^0 messages in INBOX, 1 folders, no special use, IDLE, no quota$/);
    const implicit = await test({ security: 'tls', port: dovecot.imapsPort });
    expect(stepsOf(implicit)).toEqual(['dns', 'tcp', 'tls', 'greeting', 'capabilities', 'login', 'mailbox']);
  });

  it.each([
    ['a wrong user', { user: 'jim' }, 'login', 'auth'],
    ['nobody there', { port: 1 }, 'tcp', 'refused'],
    ['no such name', { host: 'no-such-host.invalid' }, 'dns', 'dns'],
    ['an unknown certificate', { pin: null, pinnedPem: null }, 'starttls', 'tls-untrusted'],
    ['no such folder', { folder: 'Nowhere' }, 'mailbox', 'server-refused'],
  ] as const)('%s', async (_, wrong, step, code) => {
    const report = await test(wrong);
    const last = report.steps.at(-1);
    expect(report.failure?.code).toBe(code);
    expect(last).toMatchObject({ step: code === 'tls-untrusted' ? 'tls' : step, ok: false });
    expect(last?.certificate?.fingerprint).toBe(code === 'tls-untrusted' ? dovecot.fingerprint256 : undefined);
    expect(last?.hint).not.toBe('');
  });

  it('the wrong port, both ways', async () => {
    expect((await test({ security: 'tls' })).failure?.code).toBe('tls-not-spoken');
    expect((await test({ port: dovecot.imapsPort })).failure?.code).toBe('tls-on-plain-port');
  });
});

describe('SMTP', () => {
  const sends = (port: number, more: object = {}) => ({
    sending: { host: 'localhost', port, security: 'starttls' as const, pin: pair.fingerprint256, pinnedPem: pair.cert, ...more },
  });

  it.each([
    ['by STARTTLS', {}, {}, ['smtp-dns', 'smtp-tcp', 'smtp-greeting', 'smtp-starttls', 'smtp-login']],
    ['by TLS', { secure: true }, { security: 'tls' }, ['smtp-dns', 'smtp-tcp', 'smtp-tls', 'smtp-greeting', 'smtp-login']],
    ['in clear', { allowInsecureAuth: true }, { security: 'none' }, ['smtp-dns', 'smtp-tcp', 'smtp-greeting', 'smtp-login']],
    ['without a login', { authOptional: true }, { anonymous: true }, ['smtp-dns', 'smtp-tcp', 'smtp-greeting', 'smtp-starttls']],
    ['its own secret', {}, { secret: { kind: 'file' } }, ['smtp-dns', 'smtp-tcp', 'smtp-greeting', 'smtp-starttls', 'smtp-login']],
  ] as const)('%s', async (_, server, more, expected) => {
    const report = await test(sends(await smtp(server), more));
    expect(stepsOf(report)).toEqual([...receiving, ...expected]);
    expect([report.ok, report.failure]).toEqual([true, null]);
  });

  it('a token', async () => {
    const port = await smtp({ authMethods: ['XOAUTH2'] });
    // Dovecot here has no OAuth: only the sending server is asked.
    const one = account.parse({
      id: 'joe',
      name: 'Joe',
      host: 'localhost',
      port: 1,
      user: 'joe',
      auth: 'xoauth2',
      drop: { kind: 'singledrop', to: ['joe@a.example'] },
      ...sends(port),
    });
    const probes = probesOf(one, { secret: null, sendingSecret: null }, secrets).slice(1);
    const report = await testAccount({ account: one, probes, language: 'en', onStep: () => undefined, certificateOf });
    expect([stepsOf(report).at(-1), report.failure]).toEqual(['smtp-login', null]);
  });

  it.each([
    ['a wrong user', {}, { user: 'jim' }, 'smtp-login!', 'auth'],
    ['no STARTTLS', { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }, {}, 'smtp-starttls!', 'starttls-missing'],
    ['no login offered', { disabledCommands: ['AUTH'] }, {}, 'smtp-login!', 'auth-unsupported'],
    ['a changed pin', {}, { pin: `${'00:'.repeat(31)}00` }, 'smtp-tls!', 'tls-pin-changed'],
    ['TLS on a plain port', {}, { security: 'tls' }, 'smtp-tls!', 'tls-not-spoken'],
    ['plain on a TLS port', { secure: true }, { security: 'none' }, 'smtp-tls!', 'tls-on-plain-port'],
    ['no such name', {}, { host: 'no-such-host.invalid' }, 'smtp-dns!', 'dns'],
    ['nobody there', {}, { port: 1 }, 'smtp-tcp!', 'refused'],
  ] as const)('%s', async (_, server, more, step, code) => {
    const port = await smtp(server as unknown as SMTPServerOptions);
    const report = await test(sends(port, more));
    expect([stepsOf(report).at(-1), report.failure?.code ?? null]).toEqual([step, code]);
  });

  it.each(['tls', 'starttls'] as const)('by %s an unknown certificate is shown, and no octet of a login sent', async (security) => {
    const proxy = await startTcpProxy(await smtp({ secure: security === 'tls' }));
    const report = await test(sends(proxy.port, { security, pin: null, pinnedPem: null }));
    expect([stepsOf(report).at(-1), report.failure?.code]).toEqual(['smtp-tls!', 'tls-untrusted']);
    expect(report.steps.at(-1)?.certificate?.fingerprint).toBe(pair.fingerprint256);
    const sent = proxy.fromClient().toString('latin1');
    expect(sent.slice(0, sent.indexOf('\x16'))).toMatch(security === 'tls' ? /^$/ : /^EHLO \S+\r\nSTARTTLS\r\n$/);
    expect(sent).not.toContain('\x17\x03\x03');
    await proxy.close();
  });
});
