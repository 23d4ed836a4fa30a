// A wire to a real SMTP, LMTP or IMAP server that loses the server's answer to a message: the message is there, its sender does not know.
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

export interface AnswerProxy {
  readonly port: number;
  /** From now on so many answers to a message are lost, and their connections with them. */
  lose(count: number, then?: () => void): void;
  close(): Promise<void>;
}

/** `end`: what the client says last of a message (null: the answer is enough); `answer`: what the server says when it has it. */
export async function startAnswerProxy(to: NetConnectOpts, end: RegExp | null, answer: RegExp): Promise<AnswerProxy> {
  const sockets = new Set<Socket>();
  let losing = 0;
  let after: (() => void) | undefined;
  const server = createServer((client) => {
    const upstream = connect(to);
    let [ended, said, heard] = [false, '', ''];
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('latin1')).slice(-100);
      if (losing > 0 && end?.test(said) === true) ended = true;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      const lost = end === null ? losing > 0 && answer.test(chunk.toString('latin1')) : ended;
      if (!lost) return void client.write(chunk);
      heard += chunk.toString('latin1');
      if (!answer.test(heard)) return;
      losing -= 1;
      after?.();
      client.resetAndDestroy();
      upstream.destroy();
    });
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    lose(count, then) {
      losing = count;
      after = then;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
