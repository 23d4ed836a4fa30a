// A wire in front of a POP3 server that calls out at the n-th RETR, DELE or QUIT, with the first octets of the answer.
import { connect, createServer, type Socket } from 'node:net';

export interface KillPoint {
  readonly command: 'RETR' | 'DELE' | 'QUIT';
  readonly at: number;
}
/** fetchmail retrieves by TOP with very many lines. */
const patterns = { RETR: /^(RETR |TOP \d+ \d{4,})/i, DELE: /^DELE /i, QUIT: /^QUIT/i } as const;

export interface KillProxy {
  readonly port: number;
  /** Calls `fire` once, at the first octets of the server's answer to that command, which still pass. */
  arm(point: KillPoint, fire: () => void): void;
  close(): Promise<void>;
}

export async function startKillProxy(serverPort: number): Promise<KillProxy> {
  let armed: { readonly point: KillPoint; readonly fire: () => void } | null = null;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => sockets.delete(socket));
    }
    let heard = '';
    let reached = false;
    client.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      const point = armed?.point;
      const count = point === undefined ? 0 : heard.split('\r\n').filter((line) => patterns[point.command].test(line)).length;
      reached ||= point !== undefined && count >= point.at;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      client.write(chunk);
      const fire = reached ? armed?.fire : undefined;
      if (fire === undefined) return;
      armed = null;
      fire();
    });
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    arm(point, fire) {
      armed = { point, fire };
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
