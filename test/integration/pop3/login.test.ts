// Every way to log in: those Dovecot has, on Dovecot; the others on the fake server, by their bytes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Method } from '../../../electron/pop3/login.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { fakePassword, fakeUser, type Script, startFakePop3 } from '../../support/fake-pop3.js';
import { failureOf, type Given, open } from './client.js';

const password = 'pä55 w=r,d:';
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Logs in, and gives the method and everything that was said, to look for the secret in it. */
async function logIn(given: Given): Promise<{ method: string; said: string }> {
  const said: string[] = [];
  const session = await open({ ...given, onTranscript: (side, text) => said.push(`${side} ${text}`) });
  await session.quit();
  return { method: session.method, said: said.join('\n') };
}

describe('Dovecot', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot({ protocols: ['pop3'], users: [{ name: 'user@example.com', password }] });
  });
  afterAll(() => dovecot.stop());
  const there = (): Given => ({ port: dovecot.pop3Port, user: 'user@example.com', secret: password, extraCa: [dovecot.certPem] });
  const methods: readonly Method[] = ['password', 'plain', 'login', 'cram-md5', 'scram-sha-256', 'apop'];

  describe.each(['none', 'starttls'] as const)('security %s', (security) => {
    it.each(methods)('%s', async (auth) => {
      const { method, said } = await logIn({ ...there(), security, auth });
      expect(method).toBe(auth);
      for (const secret of [password, base64(password), base64(`\0user@example.com\0${password}`)]) expect(said).not.toContain(secret);
    });
    it.each(methods)('%s with a wrong password', async (auth) => {
      const failure = await failureOf(open({ ...there(), security, auth, secret: 'wrong' }));
      expect(failure).toMatchObject({ code: 'auth', temporary: false });
    });
    it('auto takes the best', async () => {
      expect((await logIn({ ...there(), security })).method).toBe('scram-sha-256');
    });
  });
});

describe('what the server sees', () => {
  /** A server with these capabilities that lets in whoever sends `expected`, by whatever `script` says before. */
  async function conversation(
    capabilities: readonly string[],
    given: Partial<Given>,
    script: Record<string, string>,
  ): Promise<readonly string[]> {
    const answer: Script['answer'] = (line, usual) => {
      const said = script[line];
      if (said !== '+OK') return said === undefined ? undefined : `${said}\r\n`;
      usual(`USER ${fakeUser}`);
      return usual(`PASS ${fakePassword}`);
    };
    const server = await startFakePop3({ capabilities, answer });
    try {
      const session = await open({ port: server.port, ...given });
      await session.quit();
    } finally {
      await server.close();
    }
    return server.lines.filter((line) => line !== 'CAPA' && line !== 'QUIT');
  }
  const token = 'ya29.token';
  const short = base64(`user=${fakeUser}\x01auth=Bearer ${token}\x01\x01`);
  const longToken = 'x'.repeat(300);
  const long = base64(`user=${fakeUser}\x01auth=Bearer ${longToken}\x01\x01`);

  it('XOAUTH2', async () => {
    const lines = await conversation([], { auth: 'xoauth2', secret: token }, { [`AUTH XOAUTH2 ${short}`]: '+OK' });
    expect(lines).toEqual([`AUTH XOAUTH2 ${short}`]);
  });
  it('XOAUTH2 with a long token: the mechanism alone, then the token (255 octets a line)', async () => {
    const lines = await conversation([], { auth: 'xoauth2', secret: longToken }, { 'AUTH XOAUTH2': '+ ', [long]: '+OK' });
    expect(lines).toEqual(['AUTH XOAUTH2', long]);
  });
  it('XOAUTH2 refused: the challenge is answered with an empty line', async () => {
    const script = { [`AUTH XOAUTH2 ${short}`]: `+ ${base64('{"status":"401"}')}`, '': '-ERR [AUTH] bad token' };
    const failure = await failureOf(conversation([], { auth: 'xoauth2', secret: token }, script));
    expect(failure).toMatchObject({ code: 'auth', facts: { said: '[AUTH] bad token' } });
  });
  it('OAUTHBEARER', async () => {
    const server = await startFakePop3({ answer: (line) => (line.startsWith('AUTH') ? '-ERR [AUTH] no\r\n' : undefined) });
    await failureOf(open({ port: server.port, auth: 'oauthbearer', secret: token }));
    const initial = base64(`n,a=${fakeUser},\x01host=127.0.0.1\x01port=${server.port}\x01auth=Bearer ${token}\x01\x01`);
    expect(server.lines).toEqual(['CAPA', `AUTH OAUTHBEARER ${initial}`]);
    await server.close();
  });
  it('PLAIN', async () => {
    const plain = base64(`\0${fakeUser}\0${fakePassword}`);
    expect(await conversation(['SASL PLAIN'], {}, { [`AUTH PLAIN ${plain}`]: '+OK' })).toEqual([`AUTH PLAIN ${plain}`]);
  });
  it('a server that cannot prove it knows the password (SCRAM) is not believed', async () => {
    const answer: Script['answer'] = (line) => (line.startsWith('AUTH') ? '+OK welcome, whoever you are\r\n' : undefined);
    const server = await startFakePop3({ capabilities: ['SASL SCRAM-SHA-256'], answer });
    expect((await failureOf(open({ port: server.port }))).code).toBe('protocol');
    await server.close();
  });
  it('auto: a refused challenge is followed by one more way', async () => {
    const server = await startFakePop3({
      greeting: '+OK <1.2@host>\r\n',
      answer: (line) => (line.startsWith('APOP') ? '-ERR no\r\n' : undefined),
    });
    const session = await open({ port: server.port });
    expect(session.method).toBe('password');
    expect(server.lines.map((line) => line.split(' ')[0])).toEqual(['CAPA', 'APOP', 'USER', 'PASS', 'CAPA']);
    await session.quit();
    await server.close();
  });
  it('a password with spaces at its ends arrives as it is', async () => {
    const secret = '  two spaces  ';
    const server = await startFakePop3({ accounts: [{ user: fakeUser, password: secret, messages: [] }] });
    await (await open({ port: server.port, secret })).quit();
    expect(server.lines).toContain(`PASS ${secret}`);
    await server.close();
  });
});

it('a server that repeats the password does not get it into the transcript or the error', async () => {
  const said: string[] = [];
  const server = await startFakePop3({
    answer: (line) => (line.startsWith('PASS') ? `-ERR bad command: ${line}\u001b[31m\r\n` : undefined),
  });
  const failure = await failureOf(open({ port: server.port, onTranscript: (side, text) => said.push(`${side} ${text}`) }));
  const everything = `${said.join('\n')}\n${JSON.stringify(failure)}\n${failure.stack}`;
  expect(everything).not.toContain(fakePassword);
  expect(everything).toContain('-ERR bad command: PASS ****\\x1b[31m');
  await server.close();
});
