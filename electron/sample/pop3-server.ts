// The sample's POP3 server: small, correct, on loopback, in this process. It is there for `--sample` and for tests.
import { createServer, type Server, type Socket } from 'node:net';
import { Maildrop, type SampleAccount } from './maildrop.js';
import { Conversation } from './pop3-conversation.js';

export interface SampleServer {
  readonly port: number;
  /** Throws when there is no such user. */
  deposit(user: string, bytes: Buffer): void;
  /** Ends every session; nothing is deleted by that. */
  close(): Promise<void>;
}

const longestCommand = 1000;

/** Resolves when it listens. */
export async function startSampleServer(accounts: readonly SampleAccount[]): Promise<SampleServer> {
  const maildrops = new Map(accounts.map(({ user, password, messages }) => [user, new Maildrop(user, password, messages)]));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    converse(socket, new Conversation(maildrops));
  });
  const port = await listen(server);
  return {
    port,
    deposit: (user, bytes) => {
      const maildrop = maildrops.get(user);
      if (!maildrop) throw new Error(`no such user: ${user}`);
      maildrop.deposit(bytes);
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
      else reject(new Error('the sample server has no port'));
    });
  });
}

function converse(socket: Socket, conversation: Conversation): void {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.once('close', () => conversation.end());
  socket.write(conversation.greeting());
  let pending = '';
  socket.on('data', (chunk: Buffer) => {
    const lines = (pending + chunk.toString('utf8')).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) reply(socket, conversation, line.replace(/\r$/, ''));
    if (pending.length > longestCommand) socket.destroy();
  });
}

function reply(socket: Socket, conversation: Conversation, line: string): void {
  if (socket.writableEnded) return;
  const { bytes, close } = conversation.answer(line);
  socket.write(bytes);
  if (close) socket.end();
}
