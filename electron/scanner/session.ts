// Messages that are in memory, several at a time over one connection (IDSESSION): clamd reads the next while it scans
// the last, and numbers its answers, which come in any order. What gets no plain answer here is asked once more by
// itself (stream.ts), so that a session is only ever a quicker way to the same verdict.
import type { Socket } from 'node:net';
import type { Verdict } from '../../shared/verdict.js';
import { type Endpoint, reach } from './endpoint.js';
import { readReply, verdictOf } from './reply.js';
import { interruption } from './stream.js';

export interface SessionOptions {
  /** Milliseconds for connection, message and answer together. */
  readonly deadline: number;
  readonly prefix: string;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds without a message after which a session is ended: clamd would end it after its IdleTimeout, ours after 1 s. */
const linger = 500;
/** Characters of an answer without its end. */
const longestAnswer = 65_536;
const start = Buffer.from('zIDSESSION\0');
const command = Buffer.from('zINSTREAM\0');
const last = Buffer.alloc(4);

/** The session with one clamd, opened when there is something to ask. */
export class Sessions {
  /** The canary was found through a session of this clamd. */
  trusted = false;
  private current: Session | null = null;

  constructor(private readonly endpoint: Endpoint) {}

  /** null: no plain answer, nothing is known of the message. `unavailable`: time is up, or the caller has lost interest. */
  async ask(body: Buffer, options: SessionOptions): Promise<Verdict | null> {
    if (this.current === null || this.current.over) this.current = new Session(reach(this.endpoint, options.deadline));
    const answer = await this.current.ask(body, options);
    if (answer === null || typeof answer !== 'string') return answer;
    const reply = readReply(answer);
    return reply.kind === 'ok' || reply.kind === 'found' ? verdictOf(reply) : null;
  }
}

interface Waiting {
  /** All of it has left: an answer before that is none. */
  sent: boolean;
  readonly settle: (line: string | null) => void;
}

class Session {
  /** It takes no more messages; those under way may still be answered. */
  over = false;
  private readonly opening: Promise<Socket | null>;
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;
  private busy = 0;
  private unread = '';
  private idle: NodeJS.Timeout | undefined;

  constructor(opening: Promise<Socket>) {
    this.opening = opening.then(
      (socket) => this.begin(socket),
      () => this.finish(),
    );
  }

  /** clamd's line; null: there was none; a verdict where we do not wait for it. */
  async ask(body: Buffer, { deadline, prefix, signal }: SessionOptions): Promise<string | null | Verdict> {
    clearTimeout(this.idle);
    this.busy += 1;
    const stop = interruption(deadline, signal);
    const stopped = stop.promise.then((reason): Verdict => {
      // A clamd that is silent once is asked over another connection the next time.
      if (signal?.aborted !== true) this.over = true;
      return { kind: 'unavailable', reason };
    });
    try {
      return await Promise.race([this.exchange(body, prefix), stopped]);
    } finally {
      stop.clear();
      this.busy -= 1;
      if (this.busy === 0) this.rest();
    }
  }

  private begin(socket: Socket): Socket {
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.take(text, socket));
    // What was not answered is asked again by itself, and the reason is said there.
    socket.on('error', () => {});
    socket.on('close', () => this.finish());
    socket.write(start);
    return socket;
  }

  private async exchange(body: Buffer, prefix: string): Promise<string | null> {
    const socket = await this.opening;
    while (socket?.writableNeedDrain === true && !socket.destroyed) await room(socket);
    if (socket === null || socket.destroyed || this.over) return null;
    socket.ref();
    return await new Promise((settle) => this.send(socket, body, prefix, settle));
  }

  private send(socket: Socket, body: Buffer, prefix: string, settle: Waiting['settle']): void {
    this.count += 1;
    const waiting: Waiting = { sent: false, settle };
    this.waiting.set(this.count, waiting);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(prefix.length + body.length);
    // Messages of one turn of the loop leave in one system call.
    if (socket.writableCorked === 0) {
      socket.cork();
      setImmediate(() => socket.uncork());
    }
    socket.write(Buffer.concat([command, length, Buffer.from(prefix, 'latin1')]));
    socket.write(body);
    socket.write(last, () => {
      waiting.sent = true;
    });
  }

  // `3: stream: OK`, ended by NUL.
  private take(text: string, socket: Socket): void {
    const lines = (this.unread + text).split('\0');
    this.unread = lines.pop() ?? '';
    if (this.unread.length > longestAnswer) socket.destroy();
    for (const line of lines) {
      const [whole = '', digits = ''] = /^(\d+): /.exec(line) ?? [];
      const waiting = this.waiting.get(Number(digits));
      if (waiting === undefined) continue;
      this.waiting.delete(Number(digits));
      waiting.settle(waiting.sent ? line.slice(whole.length) : null);
    }
  }

  private rest(): void {
    void this.opening.then((socket) => {
      if (this.busy > 0) return;
      if (this.over) return void socket?.destroy();
      socket?.unref();
      this.idle = setTimeout(() => {
        this.over = true;
        socket?.end('zEND\0');
      }, linger).unref();
    });
  }

  private finish(): null {
    this.over = true;
    for (const { settle } of this.waiting.values()) settle(null);
    this.waiting.clear();
    return null;
  }
}

function room(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => {
    const ready = () => {
      socket.off('drain', ready).off('close', ready);
      resolve(null);
    };
    socket.on('drain', ready).on('close', ready);
  });
}
