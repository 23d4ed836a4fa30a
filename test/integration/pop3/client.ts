// What the POP3 tests say to openPop3 again and again; the assertions stay in the tests.

import type { Pop3Options } from '../../../electron/pop3/open.js';
import { openPop3, type Pop3Session } from '../../../electron/pop3/session.js';
import { MailError } from '../../../shared/error.js';
import { fakePassword, fakeUser } from '../../support/fake-pop3.js';

export const plain = {
  host: '127.0.0.1',
  security: 'none',
  user: fakeUser,
  secret: fakePassword,
  auth: 'auto',
  timeoutSeconds: 10,
  pin: null,
  pinnedPem: null,
} as const;

export type Given = Partial<Pop3Options> & { readonly port: number };

export function open(given: Given): Promise<Pop3Session> {
  return openPop3({ ...plain, ...given });
}

/** Latin-1: a character an octet. */
export async function drain(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts).toString('latin1');
}

/** Every message, or the code of its own failure. */
export async function retrieveAll(session: Pop3Session): Promise<string[]> {
  const got: string[] = [];
  for await (const message of session.retrieve(await session.list())) got.push(message.failure?.code ?? (await drain(message.body)));
  return got;
}

/** A whole session: everything retrieved, nothing deleted. */
export async function fetchAll(given: Given): Promise<string[]> {
  const session = await open(given);
  try {
    await session.stat();
    const got = await retrieveAll(session);
    await session.quit();
    return got;
  } finally {
    session.abort();
  }
}

/** The MailError of what must fail; anything else is thrown on. */
export async function failureOf(attempt: Promise<unknown>): Promise<MailError> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof MailError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
