// The station's window and contract on a port of the loopback. Everything passes the gate first; GET and HEAD only.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MailError } from '../../shared/error.js';
import type { RunningStation } from '../station/context.js';
import { type Answer, textAnswer, windowAsset } from './asset.js';
import { type Gate, makeGate } from './gate.js';
import { webLimits } from './limits.js';
import { type PartAddress, parsePartPath, partHeaders } from './part.js';
import { commonHeaders } from './policy.js';
import { parseRemotePath, type RemoteAddress, remoteStatus } from './remote.js';
import { stationSockets } from './socket.js';

export interface WebFace {
  readonly port: number;
  /** Carries the token: for the person's eyes, not for a log. */
  readonly url: string;
  close(): Promise<void>;
}

export interface WebPlan {
  readonly running: RunningStation;
  readonly windowFolder: string;
  /** 0: any free one. */
  readonly port: number;
  /** Host, origin or token was wrong; no secret is in it. */
  readonly refused: (why: string) => void;
}

/** Throws MailError `conflict` when the port is taken. */
export async function openWeb(plan: WebPlan): Promise<WebFace> {
  const server = createServer({ maxHeaderSize: webLimits.headerOctets, headersTimeout: webLimits.headersTimeout });
  server.maxConnections = webLimits.connections;
  const port = await listen(server, plan.port);
  const gate = makeGate(port);
  const sockets = stationSockets(plan.running);
  server.on('request', (request, response) => {
    void answer(plan, gate, request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    const why = socketRefusal(gate, request);
    if (why === null) sockets.admit(request, socket, head);
    else turnAway(socket, () => plan.refused(why));
  });
  return {
    port,
    url: `http://127.0.0.1:${port}/?t=${gate.token}`,
    close: async () => {
      sockets.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new MailError('conflict', `port ${port} of 127.0.0.1 cannot be had: ${(error as Error).message}`, false, { port, cause: error });
  }
  return (server.address() as AddressInfo).port;
}

async function answer(plan: WebPlan, gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = parseTarget(request.url ?? '');
  if (url !== null && url.pathname === '/' && url.searchParams.has('t')) return exchange(plan, gate, url, request, response);
  const why = gate.refuse(request, 'page');
  if (why !== null) return forbid(plan, why, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return reply(request, response, textAnswer(405, 'GET only'));
  if (url === null) return reply(request, response, textAnswer(404, 'not found'));
  const remote = parseRemotePath(url);
  if (remote !== null) return replyRemote(plan, remote, request, response);
  const address = parsePartPath(url);
  if (address !== null) return replyPart(plan, address, request, response);
  return reply(request, response, await windowAsset(plan.windowFolder, url.pathname, null));
}

/** The token for a cookie, at once, so that it stays in no address bar, history or Referer. */
function exchange(plan: WebPlan, gate: Gate, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const stranger = gate.refuseStranger(request, 'page') ?? (request.method === 'GET' ? null : 'method');
  const cookie = stranger === null ? gate.exchange(url.searchParams.get('t') ?? '') : null;
  if (cookie === null) {
    forbid(plan, stranger ?? 'token', request, response);
    return;
  }
  response.writeHead(303, { ...commonHeaders, Location: '/', 'Set-Cookie': cookie, 'Cache-Control': 'no-store', 'Content-Length': '0' });
  response.end();
}

function forbid(plan: WebPlan, why: string, request: IncomingMessage, response: ServerResponse): void {
  plan.refused(why);
  reply(request, response, textAnswer(403, 'Open the address that the station printed when it started.'));
}

function reply(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, {
    ...headers,
    'Content-Length': body.length,
    ...(request.method === 'GET' || request.method === 'HEAD' ? {} : { Connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function replyPart(plan: WebPlan, address: PartAddress, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const part = await plan.running
    .part(address.message, address.part)
    .catch((error: unknown) => (error instanceof MailError ? error : Promise.reject(error)));
  if (part instanceof MailError) return reply(request, response, textAnswer(part.code === 'not-found' ? 404 : 500, part.code));
  response.writeHead(200, partHeaders(address, part));
  if (request.method === 'HEAD') response.end();
  else await pipeline(part.body, response);
}

async function replyRemote(
  plan: WebPlan,
  { message, url }: RemoteAddress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET') return reply(request, response, textAnswer(405, 'GET only'));
  const part = await plan.running
    .remote(message, url)
    .catch((error: unknown) => (error instanceof MailError ? error : Promise.reject(error)));
  if (part instanceof MailError) return reply(request, response, textAnswer(remoteStatus(part), part.code));
  response.writeHead(200, partHeaders({ message, part: 'remote', save: false }, part));
  await pipeline(part.body, response);
}

function socketRefusal(gate: Gate, request: IncomingMessage): string | null {
  return gate.refuse(request, 'socket') ?? (request.url === '/station' ? null : 'path');
}

function turnAway(socket: Duplex, said: () => void): void {
  said();
  socket.on('error', () => undefined);
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** Path and query only; a target that names a host is none of ours. */
function parseTarget(target: string): URL | null {
  if (!target.startsWith('/') || target.startsWith('//')) return null;
  try {
    return new URL(`http://station${target}`);
  } catch {
    return null;
  }
}
