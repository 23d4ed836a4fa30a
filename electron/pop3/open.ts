// From nothing to logged in: address, connection, TLS, greeting, CAPA, STLS, CAPA again, login, CAPA again.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Account, Security } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { Certificate } from '../../shared/station.js';
import { describeCertificate } from '../net/certificate.js';
import { networkError } from '../net/network-error.js';
import { type Side, Transcript } from '../net/transcript.js';
import { type Capabilities, noCapabilities, parseCapabilities } from './capabilities.js';
import { refusal } from './errors.js';
import { askLine, askListing, awaitGreeting } from './exchange.js';
import { limits } from './limits.js';
import { checkCredentials, logIn, type Method } from './login.js';
import { Pop3Wire } from './wire.js';

export type OpenStep = 'dns' | 'tcp' | 'tls' | 'greeting' | 'capabilities' | 'starttls' | 'login';

export interface Pop3Options {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: string;
  readonly secret: string;
  readonly auth: Account['auth'];
  /** Seconds without one octet while an answer is owed. */
  readonly timeoutSeconds: number;
  /** For the whole session; default six hours. */
  readonly sessionSeconds?: number;
  /** SHA-256, hex with colons, and the certificate's PEM: trusted besides the authorities; see WIRE.md section 7. */
  readonly pin: string | null;
  readonly pinnedPem: string | null;
  /** PEM texts of more authorities. */
  readonly extraCa?: readonly string[];
  /** Retrieve by TOP, where the server has it. */
  readonly top?: boolean;
  /** Only the header of each message (TOP n 0); servers without TOP give the whole. */
  readonly headers?: boolean;
  /** RETRs ahead where the server pipelines; default 32. Also bounded in octets. */
  readonly window?: number;
  /** Secrets masked, control characters escaped, bodies left out. */
  readonly onTranscript?: (side: Side, text: string) => void;
  readonly signal?: AbortSignal;
  /** Each step as it is done, with what a person wants to know of it. */
  readonly onStep?: (step: OpenStep, detail: string) => void;
}

export interface Opened {
  readonly wire: Pop3Wire;
  readonly transcript: Transcript;
  readonly greeting: string;
  readonly capabilities: Capabilities;
  readonly remoteAddress: string | null;
  readonly tls: { readonly protocol: string; readonly cipher: string; readonly certificate: Certificate } | null;
  readonly method: Method;
  readonly window: number;
  command(number: number): string;
}

/** More lines than any message has; what fetchmail sends. */
const allLines = 99_999_999;

export async function open(options: Pop3Options): Promise<Opened> {
  checkCredentials(options.user, options.secret);
  const transcript = new Transcript(options.onTranscript);
  transcript.hide(options.secret);
  await resolveHost(options);
  const cancel = () => wire.break(new MailError('cancelled', 'the session was cancelled', true));
  const wire: Pop3Wire = makeWire(options, transcript, () => options.signal?.removeEventListener('abort', cancel));
  options.signal?.addEventListener('abort', cancel, { once: true });
  try {
    if (options.signal?.aborted) throw new MailError('cancelled', 'the session was cancelled', true);
    return await converse(options, wire, transcript);
  } catch (error) {
    const failure =
      error instanceof MailError ? error.with(wire.facts()) : new MailError('internal', String(error), true, { cause: error });
    wire.break(failure);
    throw failure;
  }
}

/** Only for the account test: net.connect looks the name up itself. */
async function resolveHost({ host, port, onStep }: Pop3Options): Promise<void> {
  if (!onStep) return;
  if (isIP(host)) return onStep('dns', host);
  try {
    const found = await lookup(host, { all: true });
    onStep('dns', found.map(({ address }) => address).join(', '));
  } catch (error) {
    throw networkError(error, { step: 'dns', host, port });
  }
}

function makeWire(options: Pop3Options, transcript: Transcript, onEnded: () => void): Pop3Wire {
  const implicitTls = options.security === 'tls';
  const wire = new Pop3Wire({
    ...options,
    implicitTls,
    sessionSeconds: options.sessionSeconds ?? limits.sessionSeconds,
    transcript,
    onEnded,
    onConnected: () => {
      wire.step = implicitTls ? 'tls' : 'greeting';
      step(options, transcript, 'tcp', `${wire.remoteAddress}:${options.port}`);
    },
    onSecured: (socket) => {
      wire.step = implicitTls ? 'greeting' : 'capabilities';
      step(options, transcript, implicitTls ? 'tls' : 'starttls', `${socket.getProtocol()} ${socket.getCipher().name}`);
    },
  });
  return wire;
}

function step(options: Pop3Options, transcript: Transcript, name: OpenStep, detail: string): void {
  const labels: Partial<Record<OpenStep, string>> = { tcp: 'connected to', tls: 'TLS', starttls: 'TLS' };
  const label = labels[name];
  if (label !== undefined) transcript.station(`${label} ${detail}`);
  options.onStep?.(name, detail);
}

async function converse(options: Pop3Options, wire: Pop3Wire, transcript: Transcript): Promise<Opened> {
  const hello = await awaitGreeting(wire);
  if (hello.kind === 'err') throw refusal(hello, 'greeting', { ...wire.facts(), said: transcript.clean(hello.text) });
  if (hello.kind === 'more') throw new MailError('greeting', 'this is no POP3 greeting: +', true, { ...wire.facts(), said: '+' });
  step(options, transcript, 'greeting', transcript.clean(hello.text));
  let capabilities = await askCapabilities(wire);
  if (options.security === 'starttls') {
    await secure(wire, transcript, capabilities);
    capabilities = await askCapabilities(wire);
  }
  step(options, transcript, 'capabilities', capabilities.lines.map((line) => transcript.clean(line)).join(', '));
  const method = await authenticate(options, wire, transcript, capabilities, hello.text);
  step(options, transcript, 'login', method);
  if (capabilities.known) capabilities = await askCapabilities(wire);
  wire.queue.pipelining = capabilities.pipelining;
  return {
    wire,
    transcript,
    greeting: transcript.clean(hello.text),
    capabilities,
    remoteAddress: wire.remoteAddress,
    tls: describeTls(wire),
    method,
    window: capabilities.pipelining ? (options.window ?? limits.windowMessages) : 2,
    command: (number) => commandFor(number, options, capabilities.top !== false),
  };
}

/** Everything is a guess where the server does not know CAPA. */
async function askCapabilities(wire: Pop3Wire): Promise<Capabilities> {
  const before = wire.step;
  wire.step = 'capabilities';
  const { reply, text } = await askListing(wire, 'CAPA', limits.capabilities);
  wire.step = before;
  return reply.kind === 'ok' ? parseCapabilities(text.toString('latin1')) : noCapabilities;
}

async function secure(wire: Pop3Wire, transcript: Transcript, { known, stls }: Capabilities): Promise<void> {
  wire.step = 'starttls';
  if (known && !stls) throw new MailError('starttls-missing', 'the server does not offer STLS, and the account requires it', false);
  const reply = await askLine(wire, { line: 'STLS', alone: true, dropRest: true });
  if (reply.kind !== 'ok') {
    const said = transcript.clean(reply.text);
    throw new MailError(known ? 'starttls-refused' : 'starttls-missing', `the server does not begin TLS: ${said}`, known, { said });
  }
  await wire.upgrade();
}

function authenticate(
  options: Pop3Options,
  wire: Pop3Wire,
  transcript: Transcript,
  capabilities: Capabilities,
  greeting: string,
): Promise<Method> {
  wire.step = 'login';
  const { host, port, user, secret, auth } = options;
  const encrypted = options.security !== 'none';
  const loopback = isLoopback(wire.remoteAddress);
  return logIn({ wire, transcript, capabilities, greeting, host, port, user, secret, auth, encrypted, loopback });
}

function isLoopback(address: string | null): boolean {
  return address !== null && (address === '::1' || /^(?:::ffff:)?127\./.test(address));
}

function describeTls(wire: Pop3Wire): Opened['tls'] {
  const { socket, peer } = wire;
  if (socket === null || !('encrypted' in socket) || peer === null) return null;
  return { protocol: socket.getProtocol() ?? '', cipher: socket.getCipher().name, certificate: describeCertificate(peer) };
}

function commandFor(number: number, { top = false, headers = false }: Pick<Pop3Options, 'top' | 'headers'>, spoken: boolean): string {
  if (headers && spoken) return `TOP ${number} 0`;
  return top && spoken ? `TOP ${number} ${allLines}` : `RETR ${number}`;
}
