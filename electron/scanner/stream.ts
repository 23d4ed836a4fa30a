// One message through clamscan's scanStream, guarded: hard deadline, size gate, backpressure, and an answer that
// is read a second time by ourselves. Only what both call clean is clean.
import { Readable } from 'node:stream';
import NodeClam, { type StreamResult } from 'clamscan';
import type { Verdict } from '../../shared/verdict.js';
import { type Endpoint, reach } from './endpoint.js';
import { ask, printable } from './exchange.js';
import { isSizeLimit, readReply, verdictOf } from './reply.js';
import { Wire } from './wire.js';

export type Body = AsyncIterable<Uint8Array> | Buffer;

export interface StreamOptions {
  /** Milliseconds for connection, message and answer together. */
  readonly deadline: number;
  /** Octets; a longer body is unscannable and no further octet of it is read. */
  readonly limit: number;
  /** Put before the body, so that clamd knows it for mail whatever its first header is; empty for files. */
  readonly prefix: string;
  readonly signal?: AbortSignal | undefined;
}

export const mailPrefix = 'From todoku\n';

const pieceSize = 131_072;

/** Throws MailError `scanner-unavailable` only before the first octet of the body was read; else a verdict. */
export async function scanThrough(client: NodeClam, endpoint: Endpoint, body: Body, options: StreamOptions): Promise<Verdict> {
  const end = Date.now() + options.deadline;
  const wire = new Wire(await reach(endpoint, options.deadline));
  const sent = { octets: 0, tooBig: false };
  const source = Readable.from(paced(body, wire, options, sent), { objectMode: true, highWaterMark: 1 });
  const stop = interruption(Math.max(1, end - Date.now()), options.signal);
  try {
    const outcome = await Promise.race([run(client, wire, source), stop.promise]);
    if (typeof outcome === 'string') return { kind: 'unavailable', reason: outcome };
    if (sent.tooBig) return tooBig(options.limit);
    return await judge(outcome, wire, endpoint, sent.octets, options);
  } finally {
    stop.clear();
    source.destroy();
    wire.destroy();
    discard(body);
  }
}

/** A clamscan that runs no binary and has no time-outs of its own. */
export async function openClient(): Promise<NodeClam> {
  return await new NodeClam().init({
    clamscan: { active: false },
    clamdscan: { socket: '/given-by-wire', path: null, localFallback: false, bypassTest: true },
    preference: 'clamdscan',
  });
}

type Outcome = { readonly result: StreamResult } | { readonly error: unknown };

async function run(client: NodeClam, wire: Wire, source: Readable): Promise<Outcome> {
  const bound: NodeClam = Object.create(client, { _initSocket: { value: async () => wire } });
  try {
    return { result: await bound.scanStream(source) };
  } catch (error) {
    return { error };
  }
}

// Reads the body no faster than clamd takes it. Ends early where clamd has answered or hung up.
async function* paced(body: Body, wire: Wire, options: StreamOptions, sent: { octets: number; tooBig: boolean }): AsyncGenerator<Buffer> {
  let first = Buffer.from(options.prefix, 'latin1');
  for await (const piece of Buffer.isBuffer(body) ? pieces(body) : body) {
    sent.octets += piece.byteLength;
    if (sent.octets > options.limit) {
      sent.tooBig = true;
      throw new Error('over the size limit');
    }
    await wire.room();
    if (wire.ended) return;
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    yield first.length === 0 ? bytes : Buffer.concat([first, bytes]);
    first = Buffer.alloc(0);
  }
  if (first.length > 0) yield first;
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
}

/** Resolves with a reason when time is up or the caller has lost interest. */
export function interruption(milliseconds: number, signal: AbortSignal | undefined) {
  let clear = () => {};
  const promise = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(`clamd gave no answer within ${Math.ceil(milliseconds / 1000)} s`), milliseconds);
    const onAbort = () => resolve('cancelled');
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    clear = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
  });
  return { promise, clear };
}

async function judge(outcome: Outcome, wire: Wire, endpoint: Endpoint, sent: number, options: StreamOptions): Promise<Verdict> {
  const reply = readReply(wire.answer);
  if (reply.kind === 'error' && isSizeLimit(reply.text)) return tooBig(sent);
  if (reply.kind === 'unknown' && 'error' in outcome && !wire.ended) return unread(outcome.error);
  if (reply.kind === 'unknown') return await explainSilence(reply.text, wire, endpoint, sent, options);
  const verdict = verdictOf(reply);
  if (verdict.kind !== 'clean') return verdict;
  if ('result' in outcome && outcome.result.isInfected === false) return verdict;
  return { kind: 'unavailable', reason: 'clamd answered before it had the whole message' };
}

// clamd closes while we still write when its own StreamMaxLength is passed, and its answer is lost with the socket
// (EPIPE, ECONNRESET). A length alone, without octets behind it, makes it say so again.
async function explainSilence(text: string, wire: Wire, endpoint: Endpoint, sent: number, options: StreamOptions): Promise<Verdict> {
  if (wire.failure !== null && text === '' && sent > 0 && (await refusesLength(endpoint, sent, options.deadline))) return tooBig(sent);
  const why = wire.failure?.message ?? (text === '' ? 'the connection was closed without an answer' : `not an answer: ${printable(text)}`);
  return { kind: 'unavailable', reason: `clamd: ${why}` };
}

async function refusesLength(endpoint: Endpoint, octets: number, deadline: number): Promise<boolean> {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Math.min(octets, 0xffff_ffff));
  try {
    return isSizeLimit(await ask(endpoint, 'INSTREAM', Math.min(deadline, 2000), { after: length }));
  } catch {
    return false;
  }
}

function tooBig(octets: number): Verdict {
  return { kind: 'unscannable', reason: `larger than clamd takes (${octets} octets)` };
}

function unread(error: unknown): Verdict {
  return { kind: 'unavailable', reason: `the message could not be read: ${error instanceof Error ? error.message : String(error)}` };
}

/** Lets go of a body that nobody will read: closes its file or its generator. */
export function discard(body: Body): void {
  if (Buffer.isBuffer(body)) return;
  if (body instanceof Readable) body.destroy();
  else
    body[Symbol.asyncIterator]()
      .return?.()
      .catch(() => {});
}
