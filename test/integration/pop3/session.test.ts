// One suite, four servers: the sample's own, and real Dovecot in clear, by STLS and by TLS.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSampleServer } from '../../../electron/sample/pop3-server.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { drain, failureOf, fetchAll, type Given, open, plain, retrieveAll } from './client.js';

const password = 'a pa55:wörd ';
const messages = [
  'Subject: plain\n\ntext\n',
  'Subject: dots\n\n.\n..\n.x\n...\n',
  'Subject: octets\n\n\0\x01\x80\xff \xe4\xf6 caf\xe9\n',
  'no header at all\n',
  `Subject: long\n\n${'x'.repeat(100_000)}\n${'y\n'.repeat(20_000)}`,
];

interface Place {
  readonly given: Given;
  deposit(text: string): Promise<unknown>;
}
let dovecot: Dovecot;
let users = 0;
const names = Array.from({ length: 60 }, (_, at) => `user${at}@example.com`);

beforeAll(async () => {
  dovecot = await startDovecot({ protocols: ['pop3'], users: names.map((name) => ({ name, password })) });
});
afterAll(() => dovecot.stop());

/** Each test has a maildrop of its own. */
const places: Readonly<Record<string, () => Promise<Place>>> = {
  'the sample server': async () => {
    const server = await startSampleServer([{ user: 'user@example.com', password, messages: [] }]);
    closers.push(() => server.close());
    return {
      given: { port: server.port, secret: password },
      deposit: async (text) => server.deposit('user@example.com', Buffer.from(text, 'latin1')),
    };
  },
  'Dovecot in clear': () => onDovecot({ port: dovecot.pop3Port, security: 'none' }),
  'Dovecot by STLS': () => onDovecot({ port: dovecot.pop3Port, security: 'starttls' }),
  'Dovecot by TLS': () => onDovecot({ port: dovecot.pop3sPort, security: 'tls' }),
};
const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

async function onDovecot(given: Given): Promise<Place> {
  const user = names[users++] ?? '';
  return {
    given: { ...given, user, secret: password, extraCa: [dovecot.certPem] },
    deposit: (text) => dovecot.deposit(user, Buffer.from(text, 'latin1')),
  };
}

describe.each(Object.entries(places))('%s', (_, place) => {
  async function withMail(texts: readonly string[] = messages): Promise<Given> {
    const { given, deposit } = await place();
    for (const each of texts) await deposit(each);
    return given;
  }

  it('an empty maildrop', async () => {
    const session = await open(await withMail([]));
    expect(await session.stat()).toEqual({ messages: 0, octets: 0 });
    expect(await session.list()).toEqual([]);
    await session.quit();
  });

  it('gives every message, octet for octet', async () => {
    const given = await withMail();
    const session = await open(given);
    const listing = await session.list();
    expect(await session.stat()).toEqual({ messages: 5, octets: listing.reduce((sum, { octets }) => sum + octets, 0) });
    expect(new Set(listing.map(({ uidl }) => uidl)).size).toBe(5);
    const got: string[] = [];
    for await (const message of session.retrieve(listing)) {
      got.push(await drain(message.body));
      expect(message.rawOctets()).toBe(listing[message.number - 1]?.octets);
    }
    expect(got).toEqual(messages);
    await session.quit();
  });

  it('only those that were asked for', async () => {
    const session = await open(await withMail());
    const listing = await session.list();
    const got: string[] = [];
    for await (const { body } of session.retrieve(listing.filter(({ number }) => number % 2 === 0))) got.push(await drain(body));
    expect(got).toEqual([messages[1], messages[3]]);
    await session.quit();
  });

  it('deletes while it retrieves, and only QUIT makes it so', async () => {
    const given = await withMail();
    const first = await open(given);
    const answers: Promise<string>[] = [];
    for await (const message of first.retrieve(await first.list())) {
      await drain(message.body);
      answers.push(first.delete(message.number));
    }
    expect(await Promise.all(answers)).toEqual(Array(5).fill('deleted'));
    expect(await first.delete(1)).toBe('gone');
    first.abort();
    expect(await fetchAll(given)).toHaveLength(5);

    const second = await open(given);
    for await (const { number, body } of second.retrieve(await second.list())) {
      await drain(body);
      if (number < 5) expect(await second.delete(number)).toBe('deleted');
    }
    await second.quit();
    expect(await fetchAll(given)).toEqual([messages[4]]);
  });

  it('one message that is refused does not stop the next', async () => {
    const session = await open(await withMail());
    const listing = await session.list();
    await session.delete(2);
    const got: string[] = [];
    for await (const { failure, body } of session.retrieve(listing)) got.push(failure?.code ?? (await drain(body)));
    expect(got).toEqual([messages[0], 'message-refused', messages[2], messages[3], messages[4]]);
    session.abort();
  });

  it('a caller may stop in the middle of a message, and of the listing', async () => {
    const given = await withMail();
    const session = await open(given);
    for await (const { number, body } of session.retrieve(await session.list())) {
      if (number === 2) for await (const _part of body) break;
      if (number === 3) break;
    }
    expect(await session.stat()).toMatchObject({ messages: 5 });
    expect(await retrieveAll(session)).toEqual(messages);
    await session.quit();
  });

  it('300 messages a window ahead, in order', async () => {
    const many = Array.from({ length: 300 }, (_, at) => `Subject: ${at}\n\n${'line\n'.repeat(at)}`);
    const session = await open(await withMail(many));
    const listing = await session.list();
    const marks: Promise<string>[] = [];
    const got: string[] = [];
    for await (const { number, body } of session.retrieve(listing)) {
      got.push(await drain(body));
      marks.push(session.delete(number));
    }
    expect((await Promise.all(marks)).every((mark) => mark === 'deleted')).toBe(true);
    // Dovecot lists by arrival, which is a second wide: by content, then.
    expect(got.sort()).toEqual([...many].sort());
    await session.quit();
  });

  it('a wrong password is `auth`, and is in no transcript', async () => {
    const said: string[] = [];
    const given = await withMail([]);
    const failure = await failureOf(open({ ...given, secret: 'wr0ng-secret', onTranscript: (side, text) => said.push(`${side} ${text}`) }));
    expect(failure).toMatchObject({
      code: 'auth',
      temporary: false,
      facts: { step: 'login', host: plain.host, user: given.user ?? plain.user },
    });
    expect(said.join('\n')).toContain('****');
    expect(said.join('\n')).not.toContain('wr0ng-secret');
    expect(said.join('\n')).not.toContain(Buffer.from('wr0ng-secret').toString('base64'));
  });

  it('a cancelled session', async () => {
    const stop = new AbortController();
    const session = await open({ ...(await withMail()), signal: stop.signal });
    const listing = await session.list();
    const failure = await failureOf(
      (async () => {
        for await (const { body } of session.retrieve(listing)) {
          stop.abort();
          await drain(body);
        }
      })(),
    );
    expect(failure.code).toBe('cancelled');
  });

  it('says its steps in order', async () => {
    const steps: string[] = [];
    const session = await open({ ...(await withMail([])), onStep: (step) => steps.push(step) });
    const { given } = await place();
    const secured = { none: [], tls: ['tls'], starttls: [] }[given.security ?? 'none'];
    const upgraded = given.security === 'starttls' ? ['starttls'] : [];
    expect(steps).toEqual(['dns', 'tcp', ...secured, 'greeting', ...upgraded, 'capabilities', 'login']);
    expect(session.remoteAddress).toBe('127.0.0.1');
    expect(session.tls?.certificate.names).toEqual(given.security && given.security !== 'none' ? ['localhost', '127.0.0.1'] : undefined);
    await session.quit();
  });
});
