// What the IMAP tests say to openImapSource again and again; the assertions stay in the tests.
import { type ImapOptions, type ImapSession, openImapSource } from '../../../electron/imap/source.js';

export const password = 'S3cret words';

export type Given = Partial<ImapOptions> & { readonly port: number; readonly folder?: string };

export function open(given: Given): Promise<ImapSession> {
  return openImapSource({
    host: '127.0.0.1',
    security: 'none',
    user: 'joe',
    secret: password,
    auth: 'auto',
    timeoutSeconds: 10,
    pin: null,
    pinnedPem: null,
    folder: 'INBOX',
    ...given,
  });
}

export async function drain(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts);
}

export async function* each<Entry>(entries: readonly Entry[]): AsyncGenerator<Entry> {
  yield* entries;
}

/** Every message in order, or the code of its own failure. */
export async function retrieveAll(session: ImapSession): Promise<(Buffer | string)[]> {
  const got: (Buffer | string)[] = [];
  for await (const { failure, body } of session.retrieve(each(await session.list()))) got.push(failure?.code ?? (await drain(body)));
  return got;
}
