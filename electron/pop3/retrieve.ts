// RETR a window ahead: commands go out before the answers are taken, bounded in number and in announced octets.
import { MailError } from '../../shared/error.js';
import type { Transcript } from '../net/transcript.js';
import { refusal } from './errors.js';
import { limits } from './limits.js';
import { Incoming, type Retrieved } from './retrieved.js';
import type { Pop3Wire } from './wire.js';

export interface Wanted {
  readonly number: number;
  readonly octets: number;
}
export interface Retrieving {
  readonly wire: Pop3Wire;
  readonly transcript: Transcript;
  /** Messages asked for and not yet taken, the current one included. */
  readonly window: number;
  /** The command for one message: RETR n, or TOP n with more lines than any message has. */
  command(number: number): string;
}

export class Window {
  private readonly sent: Incoming[] = [];
  private octets = 0;
  private asking = false;
  private sourceEnded = false;
  private stopped = false;
  private failure: { readonly error: unknown } | null = null;
  private waiters: (() => void)[] = [];

  constructor(private readonly how: Retrieving) {}

  /** In the order of `wanted`, one at a time; throws MailError when the connection ends, or what `wanted` throws. */
  async *run(wanted: AsyncIterable<Wanted> | Iterable<Wanted>): AsyncGenerator<Retrieved> {
    const filling = this.fill(wanted);
    try {
      for (let next = await this.next(); next !== null; next = await this.next()) {
        await next.begun;
        next.check();
        yield next;
        this.takeOff();
      }
      await filling;
    } finally {
      this.stop();
    }
  }

  /** What is still on its way is dropped as it comes. */
  stop(): void {
    this.stopped = true;
    for (const incoming of this.sent.splice(0)) incoming.drop();
    this.changed();
  }

  private async next(): Promise<Incoming | null> {
    for (;;) {
      const [head] = this.sent;
      if (head) return head;
      if (this.failure) throw this.failure.error;
      if (this.stopped) throw new MailError('cancelled', 'retrieving was ended by another command', true);
      if (this.sourceEnded) return null;
      this.asking = true;
      this.changed();
      await this.change();
      this.asking = false;
    }
  }

  private takeOff(): void {
    const taken = this.sent.shift();
    if (!taken) return;
    taken.drop();
    this.octets -= taken.announced;
    this.changed();
  }

  private async fill(wanted: AsyncIterable<Wanted> | Iterable<Wanted>): Promise<void> {
    try {
      for await (const each of wanted) {
        while (!this.stopped && !this.mayAsk(each.octets)) await this.change();
        if (this.stopped) break;
        this.ask(each);
      }
    } catch (error) {
      this.failure = { error };
    }
    this.sourceEnded = true;
    this.changed();
  }

  /** A message larger than the window waits until the caller is there to drain it. */
  private mayAsk(octets: number): boolean {
    if (this.sent.length === 0) return this.asking || octets <= limits.windowOctets;
    return this.sent.length < this.how.window && this.octets + octets <= limits.windowOctets;
  }

  private ask({ number, octets }: Wanted): void {
    const { wire, transcript, command } = this.how;
    const incoming = new Incoming(number, octets, wire.flow.account);
    this.sent.push(incoming);
    this.octets += octets;
    const line = command(number);
    wire.ask({
      shown: line,
      alone: false,
      bulk: true,
      send: () => wire.put(`${line}\r\n`),
      status: (reply) => {
        if (reply.kind !== 'ok') incoming.refuse(refusal(reply, 'message', { ...wire.facts(), said: transcript.clean(reply.text) }));
        else incoming.begin();
        return reply.kind === 'ok' ? 'body' : 'line';
      },
      chunk: (bytes) => incoming.push(bytes),
      end: (rawOctets) => {
        transcript.station(`message ${number}: ${rawOctets} octets`);
        incoming.end(rawOctets);
      },
      fail: (error) => incoming.break(error),
    });
    this.changed();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.waiters.push(resolve);
    });
  }

  private changed(): void {
    for (const wake of this.waiters.splice(0)) wake();
  }
}
