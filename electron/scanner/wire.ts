// The socket that clamscan is given in place of its own: it tells when to wait (clamscan writes without looking),
// keeps the answer, and never emits 'error' (clamscan would print it): a failure is kept, and reads as the end.
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/** Octets of an answer kept; the rest is not looked at. */
const longestAnswer = 65_536;

export class Wire extends EventEmitter {
  /** What clamd said so far. */
  answer = '';
  /** The socket's error, where it had one. */
  failure: Error | null = null;
  ended = false;
  private corked = false;

  constructor(private readonly socket: Socket) {
    super();
    socket.on('data', (bytes) => this.take(bytes));
    socket.on('error', (error) => {
      this.failure = error;
    });
    socket.on('close', () => this.finish());
    socket.on('drain', () => this.emit('drain'));
  }

  private take(bytes: Buffer): void {
    if (this.answer.length >= longestAnswer) return;
    this.answer += bytes.toString('utf8');
    this.emit('data', bytes);
  }

  private finish(): void {
    if (this.ended) return;
    this.ended = true;
    this.emit('drain');
    this.emit('end');
    this.emit('close', false);
  }

  /** Writes of one turn of the loop leave in one system call: clamscan writes command, length, bytes and end apart. */
  write(bytes: Buffer): void {
    if (this.ended || this.socket.destroyed) return;
    if (!this.corked) {
      this.corked = true;
      this.socket.cork();
      setImmediate(() => {
        this.corked = false;
        this.socket.uncork();
      });
    }
    this.socket.write(bytes);
  }

  /** Resolves when the socket takes more, or is gone. */
  async room(): Promise<void> {
    while (!this.ended && this.socket.writableNeedDrain) await new Promise((resolve) => this.once('drain', resolve));
  }

  // clamscan ends the socket when it is closed already; clamd wants the writing side open until it has answered.
  end(): void {}

  destroy(): void {
    this.socket.destroy();
  }
}
