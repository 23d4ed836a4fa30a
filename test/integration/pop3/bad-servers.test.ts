// Servers that misbehave: what each ends as. A code, whether trying again can help, and the step it happened at.
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/error.js';
import { type FakePop3, fakePassword, fakeUser, type Script, startFakePop3 } from '../../support/fake-pop3.js';
import { freePort } from '../../support/ports.js';
import { drain, failureOf, fetchAll, type Given, open } from './client.js';

type Answer = NonNullable<Script['answer']>;
/** Another answer to commands that begin so. */
function to(begin: string, answer: string | Buffer): Answer {
  return (line) => (line.startsWith(begin) ? answer : undefined);
}
const accounts = [{ user: fakeUser, password: fakePassword, messages: ['one\n', 'two\n', 'three\n'].map((text) => Buffer.from(text)) }];

async function attempt(script: Script, given: Partial<Given> = {}): Promise<string[]> {
  const server = await startFakePop3({ accounts, ...script });
  try {
    return await fetchAll({ port: server.port, timeoutSeconds: 1, ...given });
  } finally {
    await server.close();
  }
}

const endless = Buffer.alloc(64 * 1024, 'x');
const table: [string, Script, FailureCode, step: string][] = [
  ['greets with -ERR', { greeting: '-ERR go away\r\n' }, 'server-refused', 'greeting'],
  ['greets with -ERR: busy', { greeting: '-ERR too many connections, try again later\r\n' }, 'server-busy', 'greeting'],
  ['greets with -ERR [SYS/TEMP]', { greeting: '-ERR [SYS/TEMP] later\r\n' }, 'server-temporary', 'greeting'],
  ['greets with -ERR [SYS/PERM]', { greeting: '-ERR [SYS/PERM] never\r\n' }, 'server-permanent', 'greeting'],
  ['greets with a wait', { greeting: '+ \r\n' }, 'greeting', 'greeting'],
  ['is an SMTP server', { greeting: '220 mail.example.com ESMTP\r\n' }, 'greeting', 'greeting'],
  ['is an IMAP server', { greeting: '* OK IMAP4rev1 ready\r\n' }, 'greeting', 'greeting'],
  [
    'alerts in TLS, and closes',
    { greeting: Buffer.from('15030300020232', 'hex'), wire: { kind: 'cut', at: 6, fault: 'close' } },
    'tls-on-plain-port',
    'greeting',
  ],
  ['alerts in TLS, and waits', { greeting: Buffer.from('15030300020232', 'hex') }, 'tls-on-plain-port', 'greeting'],
  ['alerts in TLS', { greeting: Buffer.from('150303000202460a', 'hex') }, 'tls-on-plain-port', 'greeting'],
  ['never greets', { greeting: 'stall' }, 'timeout', 'greeting'],
  ['closes before it greets', { greeting: 'close' }, 'connection-lost', 'greeting'],
  ['resets before it greets', { greeting: 'reset' }, 'connection-lost', 'greeting'],
  ['greets without end', { greeting: endless }, 'limit', 'greeting'],
  ['greets slowly without end', { greeting: 'x'.repeat(1000), wire: { kind: 'octets', milliseconds: 50 } }, 'timeout', 'greeting'],
  ['greets twice', { greeting: '+OK hello\r\n+OK hello again\r\n' }, 'protocol', 'greeting'],
  ['answers CAPA with garbage', { answer: to('CAPA', '\0\xff\x1b[2J\r\n') }, 'protocol', 'capabilities'],
  ['answers CAPA without end', { answer: to('CAPA', `+OK\r\n${'SASL X\r\n'.repeat(20_000)}`) }, 'limit', 'capabilities'],
  ['stalls in CAPA', { answer: to('CAPA', '+OK\r\nUSER\r\n') }, 'timeout', 'capabilities'],
  ['refuses USER', { answer: to('USER', '-ERR no such user\r\n') }, 'auth', 'login'],
  ['refuses PASS', { answer: to('PASS', '-ERR invalid password\r\n') }, 'auth', 'login'],
  ['refuses PASS: [AUTH]', { answer: to('PASS', '-ERR [AUTH] no\r\n') }, 'auth', 'login'],
  ['is in use', { answer: to('PASS', '-ERR [IN-USE] another session\r\n') }, 'mailbox-busy', 'login'],
  ['is locked, in words', { answer: to('PASS', '-ERR maildrop already locked\r\n') }, 'mailbox-busy', 'login'],
  ['is locked, by popper', { answer: to('PASS', '-ERR user.pop lock busy! Is another session active?\r\n') }, 'mailbox-busy', 'login'],
  ['is unavailable, in words', { answer: to('PASS', '-ERR service temporarily unavailable\r\n') }, 'mailbox-busy', 'login'],
  ['delays logins', { answer: to('PASS', '-ERR [LOGIN-DELAY] minimum 120 s\r\n') }, 'login-delay', 'login'],
  ['has a passing trouble', { answer: to('PASS', '-ERR [SYS/TEMP] disk\r\n') }, 'server-temporary', 'login'],
  ['has a lasting trouble', { answer: to('PASS', '-ERR [SYS/PERM] closed\r\n') }, 'server-permanent', 'login'],
  [
    'wants TLS first',
    { answer: to('USER', '-ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.\r\n') },
    'auth-in-clear',
    'login',
  ],
  ['offers nothing we have', { capabilities: ['SASL GSSAPI NTLM', 'UIDL'] }, 'auth-unsupported', 'login'],
  ['closes after USER', { answer: (line) => (line.startsWith('USER') ? 'close' : undefined) }, 'connection-lost', 'login'],
  ['answers STAT with words', { answer: to('STAT', '+OK many\r\n') }, 'protocol', 'stat'],
  ['refuses STAT', { answer: to('STAT', '-ERR no\r\n') }, 'server-refused', 'stat'],
  ['lists without end', { answer: to('LIST', '+OK\r\n1 4\r\n') }, 'timeout', 'list'],
  ['lists words', { answer: to('LIST', '+OK\r\none four\r\n.\r\n') }, 'protocol', 'list'],
  ['refuses LIST', { answer: to('LIST', '-ERR no\r\n') }, 'server-refused', 'list'],
  ['stalls in a message', { answer: to('RETR', '+OK\r\nhalf a li') }, 'timeout', 'retrieve'],
  ['closes in a message', { answer: (_, usual) => usual(), wire: { kind: 'cut', at: 420, fault: 'close' } }, 'connection-lost', 'retrieve'],
];

describe('a server that', () => {
  it.each(table)('%s', async (_, script, code, step) => {
    const failure = await failureOf(attempt(script).then((got) => expect(got).toBe('an error')));
    expect({ code: failure.code, step: failure.facts.step }).toEqual({ code, step });
    expect(failure.message).not.toMatch(/[\0-\x1f\x7f]/);
    expect(failure.facts).toMatchObject({ host: '127.0.0.1' });
  });
});

describe('out of reach', () => {
  it('refused', async () => {
    expect(await failureOf(open({ port: await freePort() }))).toMatchObject({ code: 'refused', temporary: true, facts: { step: 'tcp' } });
  });
  it('unknown host', async () => {
    const failure = await failureOf(open({ port: 110, host: 'no-such-host.invalid' }));
    expect(failure).toMatchObject({ code: 'dns', temporary: true, facts: { step: 'dns', host: 'no-such-host.invalid' } });
  });
  it('accepts and says nothing, ever', async () => {
    const deaf = createServer(() => undefined);
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const address = deaf.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    expect(await failureOf(open({ port, timeoutSeconds: 1 }))).toMatchObject({ code: 'timeout', facts: { seconds: 1 } });
    expect(await failureOf(open({ port, security: 'tls', timeoutSeconds: 1 }))).toMatchObject({ code: 'timeout', facts: { step: 'tls' } });
    deaf.close();
  });
  it('a session has an end, however diligently the server drips', async () => {
    const script: Script = { wire: { kind: 'octets', milliseconds: 100 } };
    const failure = await failureOf(attempt(script, { timeoutSeconds: 60, sessionSeconds: 1 }));
    expect(failure).toMatchObject({ code: 'timeout', facts: { seconds: 1 } });
  });
  it.each(['user\r\nDELE 1', 'user\n', 'us\0er'])('a user name that would become a command: %j', async (user) => {
    expect(await failureOf(open({ port: 1, user }))).toMatchObject({ code: 'credentials-invalid', temporary: false });
  });
  it.each(['pass\r\nQUIT', 'pass\n', '\0'])('a password that would become a command: %j', async (secret) => {
    expect(await failureOf(open({ port: 1, secret }))).toMatchObject({ code: 'credentials-invalid', temporary: false });
  });
});

describe('a server that is merely odd is served all the same', () => {
  const whole = ['one\n', 'two\n', 'three\n'];
  const odd: [string, Script, string[]][] = [
    ['knows no CAPA', { capabilities: null }, whole],
    ['has no UIDL', { capabilities: ['USER'], answer: to('UIDL', '-ERR what?\r\n') }, whole],
    ['does not pipeline', { capabilities: ['USER', 'UIDL'] }, whole],
    [
      'ends lines with bare LF',
      { answer: (_, usual) => Buffer.from(usual().toString('latin1').replaceAll('\r\n', '\n'), 'latin1') },
      whole,
    ],
    ['lies about sizes', { answer: to('LIST', '+OK\r\n1 99999999\r\n2 0\r\n3 1\r\n.\r\n') }, whole],
    ['refuses one message', { answer: to('RETR 2', '-ERR cannot open\r\n') }, ['one\n', 'message-refused', 'three\n']],
    ['refuses one message for now', { answer: to('RETR 2', '-ERR [SYS/TEMP] later\r\n') }, ['one\n', 'server-temporary', 'three\n']],
    ['writes +ok', { answer: to('NOOP', '+ok\r\n'), greeting: '+ok hello\r\n' }, whole],
    [
      'says goodbye unasked, after everything',
      { answer: to('RETR 3', '+OK\r\nx\r\n.\r\n-ERR Disconnected for inactivity\r\n') },
      ['one\n', 'two\n', 'x\n'],
    ],
    ['says a long goodbye', { answer: to('QUIT', `+OK ${'bye '.repeat(500)}\r\n`) }, whole],
    ['closes without a goodbye', { answer: (line) => (line === 'QUIT' ? 'close' : undefined) }, whole],
  ];
  it.each(odd)('%s', async (_, script, got) => {
    expect(await attempt(script)).toEqual(got);
  });

  it('pipelines only where it is offered', async () => {
    for (const pipelining of [true, false]) {
      let outstanding = 0;
      let most = 0;
      const slow: Answer = async (_, usual) => {
        most = Math.max(most, outstanding);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return usual();
      };
      const server: FakePop3 = await startFakePop3({
        accounts,
        capabilities: ['USER', 'UIDL', ...(pipelining ? ['PIPELINING'] : [])],
        answer: (line, usual) => {
          outstanding = server.lines.length;
          return slow(line, usual);
        },
      });
      const session = await open({ port: server.port });
      const listing = await session.list();
      const asked: string[] = [];
      for await (const { number, body } of session.retrieve(listing)) {
        asked.push(`RETR ${number}`);
        await drain(body);
        void session.delete(number);
      }
      await session.quit();
      const commands = server.lines.filter((line) => /^(?:RETR|DELE)/.test(line));
      const alternating = ['RETR 1', 'RETR 2', 'DELE 1', 'RETR 3', 'DELE 2', 'DELE 3'];
      expect(commands).toEqual(pipelining ? ['RETR 1', 'RETR 2', 'RETR 3', 'DELE 1', 'DELE 2', 'DELE 3'] : alternating);
      await server.close();
    }
  });

  it('UIDL twice, too long, missing: as they are, or null', async () => {
    const answer: Answer = (line) => {
      if (line === 'UIDL') return `+OK\r\n1 same\r\n2 same\r\n3 ${'x'.repeat(300)}\r\n.\r\n`;
      return undefined;
    };
    const server = await startFakePop3({ accounts, answer });
    const session = await open({ port: server.port });
    expect((await session.list()).map(({ uidl }) => uidl)).toEqual(['same', 'same', null]);
    await session.quit();
    await server.close();
  });

  it('QUIT with -ERR, or without an answer, after a delete: quit-refused', async () => {
    for (const said of ['-ERR some deleted messages not removed\r\n', 'close', 'reset', 'stall'] as const) {
      const server = await startFakePop3({ accounts, answer: (line) => (line === 'QUIT' ? said : undefined) });
      const session = await open({ port: server.port, timeoutSeconds: 1 });
      await session.delete(1);
      expect((await failureOf(session.quit())).code, said).toBe('quit-refused');
      await server.close();
    }
  });

  it('TOP where it is asked for and offered, RETR elsewhere', async () => {
    for (const [capabilities, command] of [
      [['USER', 'TOP'], 'TOP 1 99999999'],
      [['USER'], 'RETR 1'],
    ] as const) {
      const server = await startFakePop3({ accounts, capabilities });
      expect(await fetchAll({ port: server.port, top: true })).toEqual(['one\n', 'two\n', 'three\n']);
      expect(server.lines).toContain(command);
      await server.close();
    }
  });

  it('a delete may be awaited while more is on its way than is held', async () => {
    const big = Buffer.from(`${'x'.repeat(99)}\n`.repeat(4000));
    const server = await startFakePop3({ accounts: [{ user: fakeUser, password: fakePassword, messages: Array(12).fill(big) }] });
    const session = await open({ port: server.port, timeoutSeconds: 5 });
    let count = 0;
    for await (const { number, body } of session.retrieve(await session.list())) {
      expect(await drain(body)).toHaveLength(big.length);
      expect(await session.delete(number)).toBe('deleted');
      count += 1;
    }
    await session.quit();
    expect(count).toBe(12);
    expect(server.maildrop(fakeUser).list()).toHaveLength(0);
    await server.close();
  });
});
