// The same session over real sockets: split at every octet, one octet a packet, and lost at every octet.
import { expect, it } from 'vitest';
import { MailError } from '../../../shared/error.js';
import { fakePassword, fakeUser, startFakePop3, type Wire } from '../../support/fake-pop3.js';
import { drain, fetchAll, open } from './client.js';

const messages = ['a\n\n.\n..x\n\0\xff\r.\r \n', 'b\n\n\n.\n', ''];
const accounts = [{ user: fakeUser, password: fakePassword, messages: messages.map((text) => Buffer.from(text, 'latin1')) }];

async function fetchOver(wire?: Wire): Promise<string[]> {
  const server = await startFakePop3({ accounts, wire });
  try {
    return await fetchAll({ port: server.port });
  } finally {
    await server.close();
  }
}

/** How many octets the server sends in the whole session. */
async function lengthOfSession(): Promise<number> {
  let octets = 0;
  const server = await startFakePop3({
    accounts,
    answer: (_, usual) => {
      const answer = usual();
      octets += answer.length;
      return answer;
    },
  });
  await fetchAll({ port: server.port });
  await server.close();
  return octets + '+OK Todoku sample server\r\n'.length;
}

it('one octet a packet', async () => {
  expect(await fetchOver({ kind: 'octets' })).toEqual(messages);
});

it('split at every octet', async () => {
  const length = await lengthOfSession();
  expect(length).toBeGreaterThan(300);
  for (let at = 1; at < length; at += 1) expect(await fetchOver({ kind: 'split', at }), `split at ${at}`).toEqual(messages);
});

it('lost at every octet: an error with a code, and never a message that looks whole and is not', async () => {
  const length = await lengthOfSession();
  const codes = new Set<string>();
  for (let at = 0; at < length; at += 1) {
    const fault = at % 2 === 0 ? 'reset' : 'close';
    const server = await startFakePop3({ accounts, wire: { kind: 'cut', at, fault } });
    const whole: string[] = [];
    try {
      const session = await open({ port: server.port });
      for await (const { number, body } of session.retrieve(await session.list())) {
        whole[number - 1] = await drain(body);
      }
      expect(whole).toEqual(messages);
      await session.delete(1);
      await session.quit();
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      codes.add(error.code);
      expect(messages.slice(0, whole.length), `lost at ${at}`).toEqual(whole);
    }
    await server.close();
  }
  // A reset of a connection that has only just begun is a lost connection, too.
  expect([...codes].sort()).toEqual(['connection-lost', 'quit-refused']);
});
