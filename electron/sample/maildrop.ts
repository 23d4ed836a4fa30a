// Maildrops of the sample's POP3 server: messages in memory, one session at a time, deletes only by QUIT.
import { createHash } from 'node:crypto';

export interface SampleMessage {
  readonly uidl: string;
  readonly bytes: Buffer;
}
export interface SampleAccount {
  readonly user: string;
  readonly password: string;
  /** Bare bytes get a UIDL each, also where two are equal. */
  readonly messages: readonly Buffer[] | readonly SampleMessage[];
}

export class Maildrop {
  /** RFC 1939 section 4: an exclusive lock from login to the session's end. */
  locked = false;
  private messages: SampleMessage[];
  private count = 0;

  constructor(
    readonly user: string,
    readonly password: string,
    messages: SampleAccount['messages'],
  ) {
    this.messages = messages.map((message) => (Buffer.isBuffer(message) ? this.named(message) : message));
  }

  /** As they are now; a session numbers them from 1 when it begins. */
  list(): readonly SampleMessage[] {
    return this.messages;
  }

  deposit(bytes: Buffer): void {
    this.messages = [...this.messages, this.named(bytes)];
  }

  remove(gone: ReadonlySet<SampleMessage>): void {
    this.messages = this.messages.filter((message) => !gone.has(message));
  }

  private named(bytes: Buffer): SampleMessage {
    this.count += 1;
    return { uidl: `${createHash('sha256').update(bytes).digest('hex').slice(0, 24)}-${this.count}`, bytes };
  }
}

/** As it goes over the wire, unstuffed: line ends CRLF, a last one added where it is missing, other octets as they are. */
export function canonical(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/\r?\n/g, '\r\n');
  return Buffer.from(text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`, 'latin1');
}

/** Dots stuffed, terminator added. */
export function stuffed(lines: Buffer): Buffer {
  const text = lines.toString('latin1').replace(/\r\n\./g, '\r\n..');
  return Buffer.from(`${text.startsWith('.') ? '.' : ''}${text}.\r\n`, 'latin1');
}
