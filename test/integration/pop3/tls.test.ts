// TLS as it goes wrong, and the pin. In every refusal the server must not have seen one octet of a login.
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peerCertificate } from '../../../electron/pop3/session.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { fakePassword, type Script, startFakePop3 } from '../../support/fake-pop3.js';
import { type KeyPair, selfSigned } from '../../support/tls.js';
import { failureOf, fetchAll, type Given } from './client.js';

let good: KeyPair;
let other: KeyPair;
let wrongName: KeyPair;
let expired: KeyPair;

beforeAll(async () => {
  [good, other, wrongName, expired] = await Promise.all([
    selfSigned(),
    selfSigned(),
    selfSigned({ names: ['DNS:mail.example.com'] }),
    selfSigned({ expired: true }),
  ]);
});

const securities = ['tls', 'starttls'] as const;

interface Outcome {
  readonly code: string;
  readonly shown: string | undefined;
  readonly lines: readonly string[];
}

async function attempt(pair: KeyPair, security: 'tls' | 'starttls', given: Partial<Given>, script: Script = {}): Promise<Outcome> {
  const server = await startFakePop3({
    ...script,
    capabilities: ['STLS', 'USER'],
    tls: { ...pair, implicit: security === 'tls' },
  });
  let code = 'logged in';
  let shown: string | undefined;
  try {
    await fetchAll({ port: server.port, security, timeoutSeconds: 5, ...given });
  } catch (error) {
    code = (await failureOf(Promise.reject(error))).code;
    shown = peerCertificate(error)?.fingerprint;
  }
  await server.close();
  return { code, shown, lines: server.lines.filter((line) => !/^(?:CAPA|STLS)$/.test(line)) };
}

describe.each(securities)('by %s', (security) => {
  const refused = (pair: KeyPair, code: string) => ({ code, shown: pair.fingerprint256, lines: [] });

  it('an unknown authority', async () => {
    expect(await attempt(good, security, {})).toEqual(refused(good, 'tls-untrusted'));
  });
  it('a known one', async () => {
    expect(await attempt(good, security, { extraCa: [good.cert] })).toMatchObject({ code: 'logged in' });
    expect(await attempt(good, security, { extraCa: [good.cert], host: 'localhost' })).toMatchObject({ code: 'logged in' });
  });
  it('another name', async () => {
    expect(await attempt(wrongName, security, { extraCa: [wrongName.cert] })).toEqual(refused(wrongName, 'tls-name'));
  });
  it('expired', async () => {
    expect(await attempt(expired, security, { extraCa: [expired.cert] })).toEqual(refused(expired, 'tls-expired'));
  });
  it('pinned', async () => {
    const pinned = { pin: good.fingerprint256, pinnedPem: good.cert };
    expect(await attempt(good, security, pinned)).toMatchObject({ code: 'logged in' });
    const lower = good.fingerprint256.replaceAll(':', '').toLowerCase();
    expect(await attempt(good, security, { ...pinned, pin: lower })).toMatchObject({ code: 'logged in' });
  });
  it('pinned, though for another name', async () => {
    expect(await attempt(wrongName, security, { pin: wrongName.fingerprint256, pinnedPem: wrongName.cert })).toMatchObject({
      code: 'logged in',
    });
  });
  it('pinned, and changed: to one nobody knows, and to one an authority vouches for', async () => {
    const pinned = { pin: good.fingerprint256, pinnedPem: good.cert };
    expect(await attempt(other, security, pinned)).toEqual(refused(other, 'tls-pin-changed'));
    expect(await attempt(other, security, { ...pinned, extraCa: [other.cert] })).toEqual(refused(other, 'tls-pin-changed'));
  });
  it('pinned and expired', async () => {
    expect(await attempt(expired, security, { pin: expired.fingerprint256, pinnedPem: expired.cert })).toEqual(
      refused(expired, 'tls-expired'),
    );
  });
  it('NODE_TLS_REJECT_UNAUTHORIZED changes nothing', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      expect(await attempt(good, security, {})).toEqual(refused(good, 'tls-untrusted'));
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });
});

describe('STLS', () => {
  async function ask(script: Script): Promise<{ code: string; clear: string; lines: readonly string[] }> {
    const server = await startFakePop3(script);
    const failure = await failureOf(fetchAll({ port: server.port, security: 'starttls', timeoutSeconds: 3, extraCa: [good.cert] }));
    await server.close();
    return { code: failure.code, clear: server.clear(), lines: server.lines };
  }
  const refuses: Script['answer'] = (line) => (line === 'STLS' ? '-ERR not now\r\n' : undefined);

  it('not offered, refused, or unknown: nothing of the login is said', async () => {
    expect(await ask({ capabilities: ['USER'] })).toEqual({ code: 'starttls-missing', clear: 'CAPA\r\n', lines: ['CAPA'] });
    expect(await ask({ capabilities: ['STLS'], answer: refuses })).toMatchObject({ code: 'starttls-refused', lines: ['CAPA', 'STLS'] });
    expect(await ask({ capabilities: null, answer: refuses })).toMatchObject({ code: 'starttls-missing', lines: ['CAPA', 'STLS'] });
  });

  it('what a man in the middle put behind +OK is not taken for an answer', async () => {
    const inject = '+OK\r\nSASL EVIL\r\n.\r\n+OK\r\n+OK\r\n';
    const server = await startFakePop3({ capabilities: ['STLS', 'USER'], tls: { ...good, inject } });
    const said: string[] = [];
    const onTranscript = (side: string, text: string) => said.push(`${side} ${text}`);
    expect(await fetchAll({ port: server.port, security: 'starttls', extraCa: [good.cert], onTranscript })).toHaveLength(1);
    expect(server.lines.slice(0, 4)).toEqual(['CAPA', 'STLS', 'CAPA', 'USER user@example.com']);
    expect(server.clear()).not.toContain('USER');
    expect(said.join('\n')).not.toContain('EVIL');
    await server.close();
  });

  it('CAPA from before TLS is forgotten', async () => {
    const answers = ['+OK\r\nSTLS\r\nSASL SCRAM-SHA-256\r\n.\r\n', '+OK\r\nUSER\r\n.\r\n'];
    const answer: Script['answer'] = (line) => (line === 'CAPA' ? answers.shift() : undefined);
    const server = await startFakePop3({ answer, tls: good });
    expect(await fetchAll({ port: server.port, security: 'starttls', extraCa: [good.cert] })).toHaveLength(1);
    expect(server.lines.slice(2, 5)).toEqual(['CAPA', 'USER user@example.com', `PASS ${fakePassword}`]);
    await server.close();
  });
});

describe('the wrong port', () => {
  it('TLS to a server that speaks in clear', async () => {
    const server = await startFakePop3();
    const failure = await failureOf(fetchAll({ port: server.port, security: 'tls', timeoutSeconds: 5 }));
    expect(failure).toMatchObject({ code: 'tls-not-spoken', temporary: false });
    expect(server.clear()).not.toContain('PASS');
    await server.close();
  });
  it('a TLS version from the last century', async () => {
    const old = createTlsServer({ ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
    old.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
    const address = old.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    expect((await failureOf(fetchAll({ port, security: 'tls', timeoutSeconds: 5 }))).code).toBe('tls');
    old.close();
  });
});

describe('Dovecot', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot({ protocols: ['pop3'], users: [{ name: 'user@example.com', password: 'pw' }] });
  });
  afterAll(() => dovecot.stop());

  it.each(securities)('pinned, and refused with its certificate, by %s', async (security) => {
    const given = { port: security === 'tls' ? dovecot.pop3sPort : dovecot.pop3Port, security, secret: 'pw' };
    const error = await fetchAll(given).catch((thrown: unknown) => thrown);
    const shown = peerCertificate(error);
    expect(shown).toMatchObject({ fingerprint: dovecot.fingerprint256, names: ['localhost', '127.0.0.1'], subject: 'CN=Todoku test' });
    expect((await failureOf(Promise.reject(error))).facts.fingerprint).toBe(dovecot.fingerprint256);
    expect(await fetchAll({ ...given, pin: shown?.fingerprint ?? '', pinnedPem: shown?.pem ?? '' })).toEqual([]);
  });
});
