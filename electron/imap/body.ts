// The body of one message: its first octets came with its batch, the rest is asked for in chunks as the caller takes them.
import type { ImapFlow } from 'imapflow';
import { MailError } from '../../shared/error.js';
import { sequences, type Wanted } from './batches.js';
import type { Connection } from './connect.js';
import { isRefusal } from './errors.js';
import { limits } from './limits.js';
import { LineEnds } from './lines.js';

export interface Retrieved {
  readonly number: number;
  /** The server did not give this message; the session goes on. */
  readonly failure: MailError | null;
  /** CRLF to LF, other octets untouched. Throws MailError when the connection ends within it. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** One command for all of them, by BODY.PEEK, so that nothing is marked as read. */
export async function retrieveBatch(connection: Connection, wanted: readonly Wanted[]): Promise<readonly Retrieved[]> {
  const range = sequences(
    wanted.map(({ number }) => number),
    limits.uids,
  ).join(',');
  const { found, refused } = await connection.ask('retrieve', (client) => chunksOf(client, range, 0));
  return wanted.map((entry) => {
    const first = found.get(entry.number);
    if (first === undefined) return missing(connection, entry, refused);
    return { number: entry.number, failure: null, body: bodyOf(connection, entry, first) };
  });
}

interface Chunks {
  readonly found: ReadonlyMap<number, Uint8Array>;
  /** The server's words, where it said NO: what came before them counts. */
  readonly refused: string;
}

async function chunksOf(client: ImapFlow, range: string, start: number): Promise<Chunks> {
  const found = new Map<number, Uint8Array>();
  try {
    // NIL for a message that another client has expunged meanwhile, whatever the package's types say.
    for await (const { uid, source } of client.fetch(range, { uid: true, source: { start, maxLength: limits.chunk } }, { uid: true }))
      if (source instanceof Uint8Array) found.set(uid, source);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { found, refused: error instanceof Error ? error.message : '' };
  }
  return { found, refused: '' };
}

function missing(connection: Connection, { number }: Wanted, refused: string): Retrieved {
  const said = connection.clean(refused);
  const why = said === '' ? 'it is not there any more' : said;
  const facts = said === '' ? {} : { said };
  const failure = new MailError('message-refused', `the server did not give message ${number}: ${why}`, true, facts);
  return { number, failure, body: nothing() };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** RFC822.SIZE is what some servers guess: the end is where a chunk is short and the announced size is reached, or nothing comes. */
async function* bodyOf(connection: Connection, { number, octets }: Wanted, first: Uint8Array): AsyncGenerator<Uint8Array> {
  const lines = new LineEnds();
  let chunk = first;
  let length = chunk.length;
  yield lines.feed(chunk);
  while (chunk.length > 0 && (chunk.length >= limits.chunk || length < octets)) {
    if (length > limits.message) throw new MailError('limit', `message ${number} has no end`, true, { limit: 'message' });
    chunk = await nextChunk(connection, number, length);
    length += chunk.length;
    yield lines.feed(chunk);
  }
  yield lines.end();
}

async function nextChunk(connection: Connection, number: number, start: number): Promise<Uint8Array> {
  const { found, refused } = await connection.ask('retrieve', (client) => chunksOf(client, String(number), start));
  const chunk = found.get(number);
  if (chunk !== undefined) return chunk;
  const said = connection.clean(refused);
  throw new MailError('connection-lost', `message ${number} ended after ${start} octets: ${said}`, true, { step: 'retrieve' });
}
