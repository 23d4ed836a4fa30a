// One message on its way: what has come of it and was not taken yet.
import { MailError } from '../../shared/error.js';

export interface Retrieved {
  readonly number: number;
  /** -ERR to this message only; its body is empty then. */
  readonly failure: MailError | null;
  /**
   * Dot-unstuffed, CRLF to LF, other octets untouched, terminator removed. To be drained before the next message is
   * asked for: what is left is dropped then. Throws MailError when the connection ends within it, or when it was dropped.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** Octets that came so far, counted as LIST counts: CRLF is two. Complete when the body is drained. */
  rawOctets(): number;
}

export class Incoming implements Retrieved {
  failure: MailError | null = null;
  private raw = 0;
  private chunks: Uint8Array[] = [];
  private ended = false;
  private broken: MailError | null = null;
  private dropped = false;
  private wake: () => void = () => undefined;
  private settle: () => void = () => undefined;
  /** The status line has come, or the connection has ended. */
  readonly begun = new Promise<void>((resolve) => {
    this.settle = resolve;
  });

  constructor(
    readonly number: number,
    readonly announced: number,
    /** Told of octets that come and go, so that the socket can be held. */
    private readonly account: (change: number) => void,
  ) {}

  readonly body: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => this.drain() };

  rawOctets(): number {
    return this.raw;
  }

  /** The status line said +OK. */
  begin(): void {
    this.settle();
  }

  refuse(failure: MailError): void {
    this.failure = failure;
    this.end(0);
  }

  push(bytes: Uint8Array): void {
    if (this.dropped) return;
    this.raw += bytes.length;
    this.chunks.push(bytes);
    this.account(bytes.length);
    this.wake();
  }

  end(rawOctets: number): void {
    this.raw = rawOctets;
    this.ended = true;
    this.settle();
    this.wake();
  }

  break(error: MailError): void {
    if (this.ended) return;
    this.broken = error;
    this.settle();
    this.wake();
  }

  /** Whatever has come and will come is not wanted. */
  drop(): void {
    this.dropped = true;
    for (const chunk of this.chunks) this.account(-chunk.length);
    this.chunks = [];
    this.wake();
  }

  /** Throws when the connection ended before this message's status line. */
  check(): void {
    if (this.broken && this.chunks.length === 0 && this.raw === 0) throw this.broken;
  }

  private more(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private async *drain(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.chunks.shift();
      if (chunk !== undefined) {
        this.account(-chunk.length);
        yield chunk;
      } else if (this.dropped) throw new MailError('cancelled', `the rest of message ${this.number} was given up`, true);
      else if (this.ended) return;
      else if (this.broken) throw this.broken;
      else await this.more();
    }
  }
}
