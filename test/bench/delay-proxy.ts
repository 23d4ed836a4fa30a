// A wire with a round-trip delay before a real server.
import { connect, createServer, type Socket } from 'node:net';

export interface DelayProxy {
  readonly port: number;
  close(): void;
}

/** Every chunk passes `milliseconds` later, in order, each way: the round trip is twice that. */
export async function startDelayProxy(serverPort: number, milliseconds: number): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('error', () => from.destroy());
    from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), milliseconds));
    from.on('close', () => {
      sockets.delete(from);
      setTimeout(() => to.end(), milliseconds);
    });
  };
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: serverPort, host: '127.0.0.1', noDelay: true });
    pass(client, upstream);
    pass(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
