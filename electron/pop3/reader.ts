// Octets from the socket into status lines and bodies, whatever the packets' boundaries are.
import { MailError } from '../../shared/error.js';
import { BodyScanner } from './body.js';
import { limits } from './limits.js';

/** What follows a line: another line, the body it announced, or nothing (STLS: the rest is dropped unread). */
export type Follows = 'line' | 'body' | 'drop';

export interface Sink {
  /** Without its line end. */
  line(line: Buffer): Follows;
  chunk(bytes: Uint8Array): void;
  /** Octets as LIST counts them. */
  end(rawOctets: number): void;
}

export class Reader {
  private partial: Buffer[] = [];
  private partialOctets = 0;
  private body: BodyScanner | null = null;

  constructor(private readonly sink: Sink) {}

  /** True while a status line has begun and not ended. */
  get withinLine(): boolean {
    return this.partialOctets > 0;
  }

  /** A TLS record instead of a line: the server wants TLS from the first octet. */
  get beginsWithTls(): boolean {
    const begun = Buffer.concat(this.partial);
    return begun[0] === 0x15 && begun[1] === 0x03;
  }

  /** Throws MailError `limit` for a line or a message without an end. */
  feed(chunk: Buffer): void {
    let at = 0;
    while (at >= 0 && at < chunk.length) at = this.body === null ? this.line(chunk, at) : this.text(this.body, chunk, at);
  }

  private line(chunk: Buffer, from: number): number {
    const lf = chunk.indexOf(10, from);
    const end = lf < 0 ? chunk.length : lf;
    if (this.partialOctets + end - from > limits.statusLine) throw tooLong('status line', limits.statusLine);
    if (lf < 0) {
      this.partial.push(chunk.subarray(from));
      this.partialOctets += end - from;
      return -1;
    }
    const whole = this.partialOctets === 0 ? chunk.subarray(from, end) : Buffer.concat([...this.partial, chunk.subarray(from, end)]);
    this.partial = [];
    this.partialOctets = 0;
    const crlf = whole.at(-1) === 13;
    const follows = this.sink.line(crlf ? whole.subarray(0, -1) : whole);
    if (follows === 'body') this.body = new BodyScanner(!crlf);
    return follows === 'drop' ? -1 : lf + 1;
  }

  private text(body: BodyScanner, chunk: Buffer, from: number): number {
    const after = body.scan(chunk, from, (bytes) => this.sink.chunk(bytes));
    if (body.rawOctets > limits.message) throw tooLong('message', limits.message);
    if (after >= 0) {
      this.body = null;
      this.sink.end(body.rawOctets);
    }
    return after;
  }
}

export function tooLong(what: string, octets: number): MailError {
  const limit = `${what}: ${octets} octets`;
  return new MailError('limit', `the server sent more than we take (${limit})`, true, { limit });
}
