// An IMAP folder as a maildrop, on a real Dovecot: bytes, deletes, logins, TLS, and connections that end.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openImapSource, peerCertificate } from '../../../electron/imap/source.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { startTcpProxy } from '../../support/tcp-proxy.js';
import { failureOf } from '../pop3/client.js';
import { drain, each, open, password, retrieveAll } from './client.js';

let dovecot: Dovecot;
let user: string;
let turn = 0;
const names = Array.from({ length: 40 }, (_, index) => `joe${index}`);

beforeAll(async () => {
  dovecot = await startDovecot({
    protocols: ['imap'],
    users: names.map((name) => ({ name, password })),
    extra:
      'mail_plugins = quota\nprotocol imap {\n  mail_plugins = quota imap_quota\n}\nplugin {\n  quota = maildir:User quota\n  quota_rule = *:storage=1G\n}\nnamespace inbox {\n  mailbox Sent {\n    special_use = \\Sent\n    auto = create\n  }\n}',
  });
});
afterAll(() => dovecot?.stop());
beforeEach(() => {
  user = names[turn++] ?? '';
});

const given = () => ({ port: dovecot.imapPort, user });
const files = () => ['new', 'cur'].flatMap((part) => readdirSync(join(dovecot.maildirOf(user), part)));
const lf = (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');

describe('messages', () => {
  const every = Buffer.from(Array.from({ length: 256 }, (_, octet) => octet).filter((octet) => octet !== 0));
  const bodies = [
    Buffer.from('Subject: a\n\nbody\n'),
    Buffer.from('Subject: no line end\n\nbody'),
    Buffer.from('Subject: dots\n\n.\n..\n. x\n'),
    Buffer.from('Subject: crlf\r\n\r\nbody\r\n'),
    Buffer.concat([Buffer.from('Subject: every octet\n\n'), every, Buffer.from('\n')]),
    Buffer.from(`Subject: two chunks and a bit\n\n${'0123456789 abcdef\n'.repeat(150_000)}`),
    Buffer.from(`Subject: long line\n\n${'x'.repeat(100_000)}\n`),
    ...Array.from({ length: 70 }, (_, index) => Buffer.from(`Subject: ${index}\n\n${'line\n'.repeat(index)}`)),
  ];

  it('come with their bytes, in order, with UIDVALIDITY and UID, and stay unread', async () => {
    for (const body of bodies) await dovecot.deposit(user, body);
    const session = await open(given());
    const listing = await session.list();
    const [validity] = listing[0]?.uidl.split(':') ?? [];
    expect(listing.map(({ uidl }) => uidl)).toEqual(bodies.map((_, index) => `${validity}:${index + 1}`));
    expect(listing.map(({ number }) => number)).toEqual(bodies.map((_, index) => index + 1));
    const got = await retrieveAll(session);
    await session.quit();
    expect(got.map((body) => body.toString('latin1'))).toEqual(bodies.map((body) => lf(body).toString('latin1')));
    expect(files().map((name) => name.split(':2,')[1] ?? '')).toEqual(bodies.map(() => ''));
  });

  it('are told apart from one that is gone meanwhile', async () => {
    for (const word of ['a', 'b', 'c']) await dovecot.deposit(user, `Subject: ${word}\n\n`);
    const session = await open(given());
    const listing = await session.list();
    const other = await open(given());
    await other.list();
    await other.delete(2);
    await other.quit();
    const got: string[] = [];
    for await (const { failure, body } of session.retrieve(each(listing))) got.push(failure?.code ?? (await drain(body)).toString());
    await session.quit();
    expect(got).toEqual(['Subject: a\n\n', 'message-refused', 'Subject: c\n\n']);
  });

  it('come one by one to a caller who asks for the next only when he has the last', async () => {
    for (const word of ['a', 'b', 'c']) await dovecot.deposit(user, `Subject: ${word}\n\n`);
    const session = await open(given());
    const listing = await session.list();
    let release: () => void = () => undefined;
    async function* oneByOne() {
      for (const entry of listing) {
        yield entry;
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      }
    }
    const got: number[] = [];
    for await (const { number, body } of session.retrieve(oneByOne())) {
      got.push((await drain(body)).length > 0 ? number : -1);
      release();
    }
    expect(got).toEqual([1, 2, 3]);
    session.abort();
  });

  it('an empty folder has none; a folder that is not there is a refusal', async () => {
    const session = await open(given());
    expect(await session.list()).toEqual([]);
    await session.quit();
    expect((await failureOf(open({ ...given(), folder: 'Nowhere' }))).code).toBe('server-refused');
  });
});

describe('deletes', () => {
  it('happen at quit, to those and no others', async () => {
    for (const word of ['a', 'b', 'c', 'd']) await dovecot.deposit(user, `Subject: ${word}\n\n`);
    const session = await open(given());
    await session.list();
    await session.delete(1);
    await session.delete(3);
    expect(files().length).toBe(4);
    await session.quit();
    const after = await open(given());
    expect((await after.list()).map(({ number }) => number)).toEqual([2, 4]);
    after.abort();
  });

  it('do not happen when the session is given up', async () => {
    await dovecot.deposit(user, 'Subject: a\n\n');
    const session = await open(given());
    await session.list();
    await session.delete(1);
    session.abort();
    const after = await open(given());
    expect((await after.list()).length).toBe(1);
    after.abort();
  });

  it('that are not confirmed are a failure', async () => {
    await dovecot.deposit(user, 'Subject: a\n\n');
    const proxy = await startTcpProxy(dovecot.imapPort);
    const session = await open({ ...given(), port: proxy.port });
    await session.list();
    await session.delete(1);
    proxy.cut();
    expect((await failureOf(session.quit())).code).toBe('quit-refused');
    await proxy.close();
  });
});

describe('a server without UIDPLUS', () => {
  let old: Dovecot;
  beforeAll(async () => {
    old = await startDovecot({
      protocols: ['imap'],
      tls: false,
      users: ['alone', 'shared'].map((name) => ({ name, password })),
      extra: 'imap_capability = IMAP4rev1 SASL-IR AUTH=PLAIN\n',
    });
    for (const name of ['alone', 'shared']) for (const word of ['a', 'b']) await old.deposit(name, `Subject: ${word}\n\n`);
  });
  afterAll(() => old?.stop());
  const left = async (name: string) => {
    const session = await open({ port: old.imapPort, user: name });
    const numbers = (await session.list()).map(({ number }) => number);
    session.abort();
    return numbers;
  };

  it('deletes ours where nothing else is marked', async () => {
    const session = await open({ port: old.imapPort, user: 'alone' });
    expect(session.capabilities).not.toContain('UIDPLUS');
    await session.list();
    await session.delete(2);
    await session.quit();
    expect(await left('alone')).toEqual([1]);
  });

  it('deletes nothing where another program has marked one', async () => {
    const { ImapFlow } = await import('imapflow');
    const other = new ImapFlow({
      host: '127.0.0.1',
      port: old.imapPort,
      secure: false,
      doSTARTTLS: false,
      auth: { user: 'shared', pass: password },
      logger: false,
    });
    await other.connect();
    await other.mailboxOpen('INBOX');
    await other.messageFlagsAdd('1', ['\\Deleted'], { uid: true });
    other.close();
    const session = await open({ port: old.imapPort, user: 'shared' });
    await session.list();
    await session.delete(2);
    expect(await failureOf(session.quit())).toMatchObject({ code: 'quit-refused', temporary: true });
    expect(await left('shared')).toEqual([1, 2]);
  });
});

describe('logins', () => {
  it.each(['auto', 'password', 'plain', 'login'] as const)('%s', async (auth) => {
    const lines: string[] = [];
    const session = await open({ ...given(), auth, onTranscript: (side, text) => lines.push(`${side} ${text}`) });
    await session.quit();
    const said = lines.join('\n');
    expect(said).toContain('LOGOUT');
    expect(said).not.toContain(password);
    expect(said).not.toContain(Buffer.from(password).toString('base64'));
    expect(said).not.toContain(Buffer.from(`\0${user}\0${password}`).toString('base64'));
  });

  it.each([
    ['a wrong password', { secret: 'wrong' }, 'auth'],
    ['a line break in the user', { user: 'joe\r\nA LOGOUT' }, 'credentials-invalid'],
    ['a line break in the password', { secret: 'a\nb' }, 'credentials-invalid'],
    ['a way that is not IMAP', { auth: 'apop' }, 'auth-unsupported'],
    ['a token, to a server without OAuth', { auth: 'xoauth2' }, 'auth-unsupported'],
    ['nobody there', { port: 1 }, 'refused'],
    ['no such host', { host: 'no-such-host.invalid' }, 'dns'],
  ] as const)('%s', async (_, wrong, code) => {
    expect((await failureOf(open({ ...given(), ...wrong }))).code).toBe(code);
  });
});

describe.each(['tls', 'starttls'] as const)('by %s', (security) => {
  const secured = () => ({ ...given(), security, port: security === 'tls' ? dovecot.imapsPort : dovecot.imapPort });

  it('an unknown authority is refused, its certificate kept, and no octet of a login sent', async () => {
    const proxy = await startTcpProxy(secured().port);
    const error = await openImapSource({
      ...secured(),
      port: proxy.port,
      host: '127.0.0.1',
      secret: password,
      auth: 'auto',
      timeoutSeconds: 5,
      pin: null,
      pinnedPem: null,
      folder: 'INBOX',
    }).catch((failure) => failure);
    expect(error.code).toBe('tls-untrusted');
    expect(peerCertificate(error)?.fingerprint).toBe(dovecot.fingerprint256);
    const sent = proxy.fromClient().toString('latin1');
    // In clear: STARTTLS at most. Encrypted: the handshake and an alert, no application record.
    expect(sent.slice(0, sent.indexOf('\x16'))).toMatch(security === 'tls' ? /^$/ : /^\S+ STARTTLS\r\n$/);
    expect(sent).not.toContain('\x17\x03\x03');
    await proxy.close();
  });

  it('a known one, a pin, and a changed pin', async () => {
    const known = await open({ ...secured(), extraCa: [dovecot.certPem] });
    expect(known.tls?.certificate.fingerprint).toBe(dovecot.fingerprint256);
    await known.quit();
    const pinned = await open({ ...secured(), pin: dovecot.fingerprint256, pinnedPem: dovecot.certPem });
    expect(pinned.tls?.protocol).toMatch(/^TLSv1\.[23]$/);
    await pinned.quit();
    const changed = dovecot.fingerprint256.replace(/^../, (pair) => (pair === '00' ? '01' : '00'));
    expect((await failureOf(open({ ...secured(), pin: changed, pinnedPem: dovecot.certPem }))).code).toBe('tls-pin-changed');
  });

  it('the wrong port', async () => {
    const wrong = security === 'tls' ? dovecot.imapPort : dovecot.imapsPort;
    const { code } = await failureOf(open({ ...secured(), port: wrong, timeoutSeconds: 2 }));
    expect(code).toBe(security === 'tls' ? 'tls-not-spoken' : 'timeout');
  });
});

describe('STARTTLS that is not there', () => {
  it('is missing, and nothing is said', async () => {
    const bare = await startDovecot({ protocols: ['imap'], tls: false, users: [{ name: 'joe', password }] });
    const proxy = await startTcpProxy(bare.imapPort);
    expect((await failureOf(open({ port: proxy.port, security: 'starttls' }))).code).toBe('starttls-missing');
    expect(proxy.fromClient().toString('latin1')).not.toMatch(/LOGIN|AUTHENTICATE/);
    await proxy.close();
    await bare.stop();
  });
});

describe('a connection that ends', () => {
  it('anywhere: every message is whole or its failure is a lost connection', async () => {
    for (let index = 0; index < 6; index++) await dovecot.deposit(user, `Subject: ${index}\n\n${'line of text\n'.repeat(400)}`);
    const whole = 13 * 400;
    const codes = new Set<string>();
    for (let cut = 100; cut < 40_000; cut += 1700) {
      const proxy = await startTcpProxy(dovecot.imapPort);
      proxy.cutAfter(cut);
      try {
        const session = await open({ ...given(), port: proxy.port });
        for await (const { failure, body } of session.retrieve(each(await session.list())))
          if (failure === null) expect((await drain(body)).length).toBeGreaterThanOrEqual(whole);
        await session.quit();
      } catch (error) {
        codes.add((await failureOf(Promise.reject(error))).code);
      }
      await proxy.close();
    }
    expect([...codes]).toEqual(['connection-lost']);
  });

  it('by silence', async () => {
    await dovecot.deposit(user, 'Subject: a\n\n');
    const proxy = await startTcpProxy(dovecot.imapPort);
    const session = await open({ ...given(), port: proxy.port, timeoutSeconds: 1 });
    proxy.stall();
    expect((await failureOf(session.list())).code).toBe('timeout');
    await proxy.close();
  });

  it('by the caller', async () => {
    const controller = new AbortController();
    const session = await open({ ...given(), signal: controller.signal });
    controller.abort();
    expect((await failureOf(session.list().then(() => session.describe()))).code).toBe('cancelled');
  });
});

it('the steps of a test, and the mailbox in words', async () => {
  const steps: string[] = [];
  const security = { security: 'starttls', extraCa: [dovecot.certPem], host: 'localhost' } as const;
  const session = await open({ ...given(), ...security, onStep: (step) => steps.push(step) });
  expect(steps).toEqual(['dns', 'tcp', 'greeting', 'starttls', 'capabilities', 'login']);
  expect(await session.describe()).toBe('0 messages in INBOX, 2 folders, special use Sent, IDLE, quota 0 of 1073741824 octets');
  await session.quit();
});
