// The three kinds of question besides retrieving: one line back, a short listing back, and what node-pop3 sends itself.
import { tooLong } from './reader.js';
import type { Reply } from './reply.js';
import type { Pop3Wire } from './wire.js';

export interface Question {
  /** Without CRLF. */
  readonly line: string;
  /** As the transcript may show it. Default: the line. */
  readonly shown?: string;
  readonly alone?: boolean;
  /** Drop what follows an +OK (STLS). */
  readonly dropRest?: boolean;
}

/** One status line. An -ERR is a reply, not an error; throws what ended the connection. */
export function askLine(wire: Pop3Wire, { line, shown = line, alone = false, dropRest = false }: Question): Promise<Reply> {
  return new Promise((resolve, reject) => {
    wire.ask({
      ...noBody,
      shown,
      alone,
      send: () => wire.put(`${line}\r\n`),
      status: (reply) => {
        resolve(reply);
        return dropRest && reply.kind === 'ok' ? 'drop' : 'line';
      },
      fail: reject,
    });
  });
}

export interface Listing {
  readonly reply: Reply;
  /** Lines with LF ends, the terminator gone; empty for -ERR. */
  readonly text: Buffer;
}

/** Throws MailError `limit` above `most` octets. */
export function askListing(wire: Pop3Wire, line: string, most: number): Promise<Listing> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let octets = 0;
    let first: Reply;
    wire.ask({
      shown: line,
      alone: false,
      bulk: false,
      send: () => wire.put(`${line}\r\n`),
      status: (reply) => {
        first = reply;
        if (reply.kind === 'ok') return 'body';
        resolve({ reply, text: Buffer.alloc(0) });
        return 'line';
      },
      chunk: (bytes) => {
        octets += bytes.length;
        if (octets > most) throw tooLong(line, most);
        chunks.push(bytes);
      },
      end: () => resolve({ reply: first, text: Buffer.concat(chunks) }),
      fail: reject,
    });
  });
}

/** A command of node-pop3 that answers with one line: it writes, we read, and its promise is not needed. */
export function askPackage(wire: Pop3Wire, shown: string, run: () => Promise<unknown>): Promise<Reply> {
  return new Promise((resolve, reject) => {
    wire.ask({
      ...noBody,
      shown,
      alone: true,
      send: () => void run().catch(() => undefined),
      status: (reply, line) => {
        wire.forPackage(line);
        resolve(reply);
        return 'line';
      },
      fail: reject,
    });
  });
}

/** The greeting: awaited before anything is sent. An -ERR is not shown to node-pop3, which would crash on it. */
export function awaitGreeting(wire: Pop3Wire): Promise<Reply> {
  return new Promise((resolve, reject) => {
    wire.ask({
      ...noBody,
      shown: null,
      alone: true,
      send: () => void wire.connect().catch(() => undefined),
      status: (reply, line) => {
        if (reply.kind === 'ok') wire.forPackage(line);
        resolve(reply);
        return 'line';
      },
      fail: reject,
    });
  });
}

const noBody = { bulk: false, chunk: () => undefined, end: () => undefined };
