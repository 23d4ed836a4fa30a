// One remote image of a message, fetched for a person who agreed to it. The name is resolved here, the address is
// checked, and the connection goes to that very address, so that a second answer of the DNS cannot lead elsewhere.
// No cookie, no referrer, no user name, nothing kept for the next request. Redirects pass the same checks.
import { lookup } from 'node:dns/promises';
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as HttpsAgent, request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import { MailError } from '../../shared/error.js';
import { type BitmapType, bitmapType } from './bitmap.js';
import { remoteLimits } from './limits.js';
import { isPublicAddress, webAddress } from './public.js';

export interface RemoteImage {
  readonly type: BitmapType;
  readonly bytes: Uint8Array;
}
export interface RemotePorts {
  /** Addresses of a name, as numbers. */
  resolve(host: string): Promise<readonly string[]>;
  /** May this address be connected to? */
  allowed(address: string): boolean;
  /** PEM of an authority that is trusted besides the usual ones; tests only. */
  readonly authority?: string;
}
export type Limits = { readonly [Name in keyof typeof remoteLimits]: number };

export const openNetwork: RemotePorts = {
  resolve: async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
  allowed: isPublicAddress,
};

/** A name, never a program: senders learn nothing more than that an image was asked for. */
const headers = {
  Accept: 'image/webp, image/png, image/jpeg, image/gif',
  'Accept-Encoding': 'identity',
  'User-Agent': 'Mozilla/5.0',
  Connection: 'close',
};

const refused = (why: string) => new MailError('forbidden', `the image is not loaded: ${why}`, false, { said: why });
const failed = (why: string) => new MailError('connection-lost', `the image could not be loaded: ${why}`, true, { said: why });

/**
 * Throws MailError `forbidden` for an address that may not be asked, for too many redirects, and for what is no bitmap or too
 * large; `connection-lost` or `timeout` otherwise.
 */
export async function fetchImage(address: string, ports: RemotePorts = openNetwork, limits: Limits = remoteLimits): Promise<RemoteImage> {
  const stop = AbortSignal.timeout(limits.time);
  try {
    return await Promise.race([follow(address, { ports, limits, stop }), aborted(stop)]);
  } catch (error) {
    if (error instanceof MailError) throw error;
    throw stop.aborted ? new MailError('timeout', `no image after ${limits.time} ms`, true) : failed((error as Error).message);
  }
}

interface Run {
  readonly ports: RemotePorts;
  readonly limits: Limits;
  readonly stop: AbortSignal;
}

function aborted(stop: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => stop.addEventListener('abort', () => reject(stop.reason), { once: true }));
}

async function follow(address: string, run: Run): Promise<RemoteImage> {
  let url = checked(address, run.limits);
  for (let step = 0; step <= run.limits.redirects; step += 1) {
    const answer = await ask(url, run);
    const next = redirectOf(answer);
    if (next === null) return readImage(answer, run.limits);
    answer.destroy();
    const target = checked(resolveLocation(next, url), run.limits);
    if (url.protocol === 'https:' && target.protocol === 'http:') throw refused('a redirect from https to http');
    url = target;
  }
  throw refused('too many redirects');
}

function checked(address: string, limits: Limits): URL {
  const url = webAddress(address, limits.address);
  if (url === null) throw refused('not a web address');
  return url;
}

function resolveLocation(location: string, from: URL): string {
  try {
    return new URL(location, from).href;
  } catch {
    throw refused('a redirect to nowhere');
  }
}

function redirectOf({ statusCode = 0, headers: { location } }: IncomingMessage): string | null {
  return [301, 302, 303, 307, 308].includes(statusCode) && location !== undefined ? location : null;
}

/** Every address of a name must be public: one that is not shows what the name is for. */
async function addressesOf(url: URL, { ports, limits }: Run): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) === 0 ? await ports.resolve(host) : [host];
  if (found.length === 0) throw failed('its host has no address');
  if (!found.every((address) => ports.allowed(address))) throw refused('its address is not on the open network');
  return found.slice(0, limits.tries);
}

async function ask(url: URL, run: Run): Promise<IncomingMessage> {
  let last: unknown = null;
  for (const address of await addressesOf(url, run)) {
    try {
      return await answerOf(requestTo(url, address, run), address);
    } catch (error) {
      last = error;
    }
  }
  throw failed(last instanceof Error ? last.message : String(last));
}

/** An agent of its own: no connection and no TLS session is shared with another request. */
function requestTo(url: URL, address: string, { ports, limits, stop }: Run): ClientRequest {
  const common = {
    host: address,
    port: url.port === '' ? undefined : Number(url.port),
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, Host: url.host },
    maxHeaderSize: limits.headerOctets,
    signal: stop,
  };
  if (url.protocol === 'http:') return plainRequest({ ...common, agent: new HttpAgent({ keepAlive: false }) }).end();
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const name = isIP(host) === 0 ? host : '';
  const trust = ports.authority === undefined ? {} : { ca: ports.authority };
  return tlsRequest({ ...common, ...trust, servername: name, agent: new HttpsAgent({ keepAlive: false, maxCachedSessions: 0 }) }).end();
}

function answerOf(asked: ClientRequest, address: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.on('error', reject);
    asked.on('response', (answer) => {
      answer.on('error', () => undefined);
      if (answer.socket.remoteAddress?.replace(/^::ffff:/, '') === address.replace(/^::ffff:/, '')) resolve(answer);
      else {
        answer.destroy();
        reject(new Error('connected elsewhere'));
      }
    });
  });
}

async function readImage(answer: IncomingMessage, limits: Limits): Promise<RemoteImage> {
  const { statusCode = 0 } = answer;
  if (statusCode !== 200) {
    answer.destroy();
    throw failed(`the server answers ${statusCode}`);
  }
  const said = Number(answer.headers['content-length'] ?? 0);
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    octets += chunk.length;
    if (octets > limits.octets || said > limits.octets) {
      answer.destroy();
      throw refused(`it is larger than ${limits.octets} octets`);
    }
    chunks.push(chunk);
  }
  if (!answer.complete) throw failed('the connection was lost');
  const bytes = Buffer.concat(chunks);
  const type = bitmapType(bytes);
  if (type === null) throw refused('it is not a PNG, JPEG, GIF or WebP');
  return { type, bytes };
}
