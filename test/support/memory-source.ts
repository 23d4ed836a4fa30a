// A maildrop in memory with a server's manners: deletes happen at QUIT, numbers never shift within a session.

import type { Source } from '../../electron/station/fetch.js';
import { MailError } from '../../shared/error.js';

export interface Dropped {
  readonly uidl: string | null;
  readonly bytes: Buffer;
  /** What LIST says, where that is not the truth. */
  readonly listed?: number;
}
export interface MemoryDrop {
  messages: Dropped[];
  /** Numbers whose RETR is refused. */
  readonly refused: Set<number>;
  /** Break the connection before the body of this number. */
  breakAt: number | null;
  /** QUIT answers -ERR. */
  quitFails: boolean;
  retrieved: number;
  open(): Source;
}

export function memoryDrop(messages: Dropped[]): MemoryDrop {
  const drop: MemoryDrop = { messages, refused: new Set(), breakAt: null, quitFails: false, retrieved: 0, open: () => openSource(drop) };
  return drop;
}

function openSource(drop: MemoryDrop): Source {
  const session = [...drop.messages];
  const deleted = new Set<number>();
  const at = (number: number) => {
    const message = session[number - 1];
    if (message === undefined) throw new Error(`no message ${number}`);
    return message;
  };
  return {
    remoteAddress: '127.0.0.1',
    loginDelay: null,
    list: async () => session.map(({ uidl, bytes, listed }, index) => ({ number: index + 1, octets: listed ?? bytes.length, uidl })),
    async *retrieve(entries) {
      for await (const { number } of entries) {
        if (drop.breakAt === number) throw new MailError('connection-lost', 'the connection was lost', true);
        drop.retrieved += 1;
        const failure = drop.refused.has(number) ? new MailError('message-refused', '-ERR cannot read it', true) : null;
        yield { number, failure, body: pieces(at(number).bytes) };
      }
    },
    async delete(number) {
      deleted.add(number);
      return 'deleted';
    },
    async quit() {
      if (drop.quitFails) throw new MailError('quit-refused', 'some deleted messages not removed', true);
      drop.messages = session.filter((_, index) => !deleted.has(index + 1)).concat(drop.messages.slice(session.length));
    },
    abort() {},
  };
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700);
}
