// The one ordered queue of a session: what is asked in which order, and which answer belongs to which question.
import type { MailError } from '../../shared/error.js';
import { limits } from './limits.js';
import type { Follows } from './reader.js';
import type { Reply } from './reply.js';

/** One command and its answer. */
export interface Exchange {
  /** For the transcript, secrets masked; null: nothing is sent (the greeting). */
  readonly shown: string | null;
  /** Puts the command on the wire. */
  send(): void;
  /** Nothing else may be under way: login, STLS, and what node-pop3 itself sends. */
  readonly alone: boolean;
  /** A message's body answers it, and the caller of retrieve() drains that. */
  readonly bulk: boolean;
  /** The status line, as read and as it came. */
  status(reply: Reply, line: Buffer): Follows;
  chunk(bytes: Uint8Array): void;
  end(rawOctets: number): void;
  fail(error: MailError): void;
}

export class Queue {
  /** Set when CAPA offers PIPELINING. */
  pipelining = false;
  private waiting: Exchange[] = [];
  private sent: Exchange[] = [];
  private others = 0;

  constructor(private readonly onSend: (exchange: Exchange) => void) {}

  get head(): Exchange | undefined {
    return this.sent[0];
  }
  get idle(): boolean {
    return this.sent.length === 0;
  }
  /** Something besides messages is owed: its asker may be the one who should drain the messages before it. */
  get othersOwed(): boolean {
    return this.others > 0;
  }

  add(exchange: Exchange): void {
    this.waiting.push(exchange);
    if (!exchange.bulk) this.others += 1;
    this.pump();
  }

  /** The head's answer is complete. */
  finish(): void {
    const done = this.sent.shift();
    if (done && !done.bulk) this.others -= 1;
    this.pump();
  }

  /** Fails everything that was asked and not answered. */
  fail(error: MailError): void {
    const all = [...this.sent, ...this.waiting];
    this.sent = [];
    this.waiting = [];
    this.others = 0;
    for (const exchange of all) exchange.fail(error);
  }

  private pump(): void {
    for (let next = this.waiting[0]; next !== undefined && this.maySend(next); next = this.waiting[0]) {
      this.waiting.shift();
      this.sent.push(next);
      this.onSend(next);
    }
  }

  private maySend(next: Exchange): boolean {
    const before = this.sent.at(-1);
    if (before === undefined) return true;
    return this.pipelining && !next.alone && !before.alone && this.sent.length < limits.outstanding;
  }
}
