// A station that runs elsewhere on this machine, as a running station: the contract over its WebSocket, parts over HTTP. It is
// found by station.json and let in by station.token, both 0600 in the data folder; neither ever leaves this machine.
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import WebSocket from 'ws';
import { type CallName, contract, type EventName, eventNames, type Station } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import { connect, type Port } from '../../shared/port.js';
import type { Part, RunningStation } from '../station/context.js';
import { homePaths } from '../station/home.js';
import { lockHolder } from '../station/lock.js';
import { webLimits } from './limits.js';
import { tokenFile } from './token.js';

/** Milliseconds for each step of joining. */
const patience = 10_000;

/** Throws MailError `locked` with the reason when the station of the folder cannot be joined. `lost` is called when it has gone. */
export async function attachStation(home: string, lost: () => void): Promise<RunningStation> {
  const holder = lockHolder(home);
  if (holder === null) throw notJoined(home, 'who holds it is not known');
  if (holder.url === null) throw notJoined(home, `the program with pid ${holder.pid} serves no window; wait until it has ended`);
  const base = new URL(holder.url);
  const cookie = await ticket(home, base).catch((cause: unknown) => {
    throw notJoined(home, `the station with pid ${holder.pid} did not let it in: ${(cause as Error).message}`);
  });
  const socket = await opened(base, cookie).catch((cause: unknown) => {
    throw notJoined(home, `the station with pid ${holder.pid} did not answer: ${(cause as Error).message}`);
  });
  return remote(home, base, cookie, socket, lost);
}

const notJoined = (path: string, said: string): MailError =>
  new MailError('locked', `another Todoku uses ${path}, and this one could not join it: ${said}`, true, { path, said });

/** The token for the cookie that every request carries. */
async function ticket(home: string, base: URL): Promise<string> {
  const token = readFileSync(tokenFile(home), 'utf8').trim();
  const answer = await fetch(new URL(`/?t=${token}`, base), { redirect: 'manual', signal: AbortSignal.timeout(patience) });
  const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';');
  if (answer.status !== 303 || cookie === undefined || cookie === '') throw new Error(`HTTP ${answer.status}`);
  return cookie;
}

function opened(base: URL, cookie: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${base.host}/station`, {
      headers: { Cookie: cookie },
      origin: base.origin,
      handshakeTimeout: patience,
      maxPayload: webLimits.backlogOctets,
      perMessageDeflate: false,
    });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

function socketPort(socket: WebSocket): Port {
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    listen(listener) {
      socket.on('message', (bytes: Buffer, binary) => {
        if (!binary) listener(JSON.parse(bytes.toString('utf8')));
      });
    },
    close: () => socket.close(),
  };
}

function remote(home: string, base: URL, cookie: string, socket: WebSocket, lost: () => void): RunningStation {
  const connection = connect(socketPort(socket));
  let closing = false;
  let gone = false;
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    gone = true;
    connection.close();
    if (!closing) lost();
  });
  const away = () => Promise.reject(new MailError('connection-lost', 'the station has gone; Todoku joins it again when it is back', true));
  const names = Object.keys(contract) as CallName[];
  const calls = names.map((name) => [name, (input: never) => (gone ? away() : connection.call(name, input))] as const);
  const station = Object.fromEntries(calls) as unknown as Station;
  return {
    station,
    home: homePaths(home),
    subscribe(listener: (name: EventName, body: unknown) => void) {
      const stops = eventNames.map((name) => connection.on(name, (body) => listener(name, body)));
      return () => {
        for (const stop of stops) stop();
      };
    },
    part: (message, part) => readBytes(new URL(`/part/${encodeURIComponent(message)}/${encodeURIComponent(part)}`, base), cookie),
    remote: (message, url) => readBytes(new URL(remotePath(message, url), base), cookie),
    wake: () => void station['fetch.now']({ id: null, check: false }).catch(() => undefined),
    // It sees to its own sleep and network.
    rest: () => undefined,
    async close() {
      closing = true;
      connection.close();
    },
  };
}

function remotePath(message: string, url: string): string {
  return `/part/${encodeURIComponent(message)}/remote?url=${encodeURIComponent(url)}`;
}

/** Throws MailError `not-found` or `connection-lost`. */
async function readBytes(address: URL, cookie: string): Promise<Part> {
  const answer = await fetch(address, { headers: { Cookie: cookie } }).catch((cause: unknown) => {
    throw new MailError('connection-lost', `the station did not answer: ${(cause as Error).message}`, true, { cause });
  });
  if (!answer.ok || answer.body === null) throw new MailError('not-found', `HTTP ${answer.status}`, false);
  const length = answer.headers.get('content-length');
  const [, name] = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '') ?? [];
  return {
    type: answer.headers.get('content-type') ?? 'application/octet-stream',
    name: name === undefined ? null : decodeURIComponent(name),
    octets: length === null ? null : Number(length),
    body: Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]),
  };
}
