// A wire between a client and a real server that can be cut, stalled and listened to.
import { connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** What the clients sent, all connections together. */
  fromClient(): Buffer;
  fromServer(): Buffer;
  /** From now on each connection breaks after so many octets from the server. */
  cutAfter(octets: number | null): void;
  /** Nothing passes any more, either way, until resume(). */
  stall(): void;
  resume(): void;
  /** Resets every connection now. */
  cut(): void;
  close(): Promise<void>;
}

/** `port`: where it listens; default: any that is free. */
export async function startTcpProxy(serverPort: number, host = '127.0.0.1', port = 0): Promise<TcpProxy> {
  const heard = { client: [] as Buffer[], server: [] as Buffer[] };
  const sockets = new Set<Socket>();
  let limit: number | null = null;
  let stalled = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    if (stalled) socket.pause();
  };
  const server = createServer((client) => {
    const upstream = connect(serverPort, host);
    let passed = 0;
    keep(client);
    keep(upstream);
    client.on('data', (chunk) => {
      heard.client.push(chunk);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      heard.server.push(chunk);
      const left = limit === null ? chunk.length : Math.max(0, limit - passed);
      passed += chunk.length;
      if (left >= chunk.length) client.write(chunk);
      else client.write(chunk.subarray(0, left), () => client.resetAndDestroy());
    });
    client.once('close', () => upstream.destroy());
    upstream.once('end', () => client.end());
    upstream.once('close', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    fromClient: () => Buffer.concat(heard.client),
    fromServer: () => Buffer.concat(heard.server),
    cutAfter: (octets) => {
      limit = octets;
    },
    stall: () => {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      stalled = false;
      for (const socket of sockets) socket.resume();
    },
    cut: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
