// A web server of images for tests, on the loopback, which the product itself would never ask: the test's own ports allow
// it. Names resolve by a table; what is asked, and with which headers, is in `asked`.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { RemotePorts } from '../../electron/remote/fetch.js';
import { isPublicAddress } from '../../electron/remote/public.js';
import type { KeyPair } from './tls.js';

export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export interface ImageHost {
  readonly port: number;
  readonly asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

export function png(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'seen=1' }).end(onePixel);
}

export async function imageHost(pair: KeyPair | null = null): Promise<ImageHost> {
  const asked: ImageHost['asked'] = [];
  const host = { asked, port: 0, answer: (_: IncomingMessage, response: ServerResponse) => png(response) };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    host.answer(request, response);
  };
  const server = pair === null ? createServer(listener) : createTls({ key: pair.key, cert: pair.cert }, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(host, {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

/** `names`: what resolves to what. The loopback's 127.0.0.1 stands for a public host; every other rule is the product's. */
export function testNetwork(names: Readonly<Record<string, readonly string[]>>, authority?: string): RemotePorts {
  return {
    resolve: async (name) => names[name] ?? [],
    allowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
    ...(authority === undefined ? {} : { authority }),
  };
}
