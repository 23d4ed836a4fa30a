// Where a clamd listens: a unix socket or a TCP address.
import { connect, type Socket } from 'node:net';
import { MailError } from '../../shared/error.js';

export type Endpoint =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

/** Reads `unix:PATH` or `tcp:HOST:PORT[,HOST:PORT...]`. Throws MailError `usage`. */
export function parseEndpoints(text: string): readonly Endpoint[] {
  if (text.startsWith('unix:')) return [{ kind: 'unix', path: text.slice(5) }];
  return text.split(',').map((part) => parseTcp(part.trim(), text));
}

function parseTcp(part: string, whole: string): Endpoint {
  const found = /^(?:tcp:)?(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(part);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3]);
  if (host === undefined || !(port >= 1 && port <= 65535)) {
    throw new MailError('usage', `"${whole}" does not name a clamd: unix:PATH, or tcp:HOST:PORT, several by commas`, false);
  }
  return { kind: 'tcp', host, port };
}

/** In words, for the screen and the log. */
export function describeEndpoint(endpoint: Endpoint): string {
  if (endpoint.kind === 'unix') return endpoint.path;
  return endpoint.host.includes(':') ? `[${endpoint.host}]:${endpoint.port}` : `${endpoint.host}:${endpoint.port}`;
}

/** A connected socket. Throws MailError `scanner-unavailable`; waits at most `milliseconds`. */
export async function reach(endpoint: Endpoint, milliseconds: number): Promise<Socket> {
  const socket = endpoint.kind === 'unix' ? connect({ path: endpoint.path }) : connect({ ...endpoint, noDelay: true });
  return await new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown) => {
      socket.destroy();
      reject(unreachable(endpoint, why, cause));
    };
    const timer = setTimeout(fail, milliseconds, `no connection within ${milliseconds / 1000} s`);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      fail(reasons[error.code ?? ''] ?? error.message, error);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'the socket does not exist',
  ECONNREFUSED: 'nothing listens there',
  EACCES: 'the socket may not be opened by this user',
};

/** The error of a clamd that cannot be asked. */
export function unreachable(endpoint: Endpoint, why: string, cause?: unknown): MailError {
  const where = describeEndpoint(endpoint);
  const place = endpoint.kind === 'unix' ? { path: endpoint.path } : { host: endpoint.host, port: endpoint.port };
  return new MailError('scanner-unavailable', `clamd at ${where} cannot be asked: ${why}`, true, { ...place, said: why, cause });
}
