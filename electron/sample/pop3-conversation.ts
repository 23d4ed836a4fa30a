// One POP3 session of the sample's server as question and answer (RFC 1939, CAPA by RFC 2449); no socket in here.
import { canonical, type Maildrop, type SampleMessage, stuffed } from './maildrop.js';

export interface Answer {
  readonly bytes: Buffer;
  /** The connection ends after this. */
  readonly close: boolean;
}

const sampleCapabilities = ['CAPA', 'USER', 'UIDL', 'TOP', 'RESP-CODES', 'PIPELINING', 'IMPLEMENTATION Todoku-sample'];

export class Conversation {
  private user = '';
  private maildrop: Maildrop | null = null;
  private messages: readonly SampleMessage[] = [];
  private readonly deleted = new Set<SampleMessage>();

  constructor(
    private readonly maildrops: ReadonlyMap<string, Maildrop>,
    private readonly capabilities: readonly string[] = sampleCapabilities,
  ) {}

  greeting(): Buffer {
    return Buffer.from('+OK Todoku sample server\r\n');
  }

  /** One command line without its CRLF. */
  answer(line: string): Answer {
    const [, word = '', rest = ''] = /^(\S*)[ ]?(.*)$/s.exec(line) ?? [];
    const command = word.toUpperCase();
    if (command === 'QUIT') return { bytes: Buffer.from(this.quit()), close: true };
    if (command === 'CAPA') return open(Buffer.from(`+OK\r\n${this.capabilities.join('\r\n')}\r\n.\r\n`));
    return open(Buffer.from(this.maildrop === null ? this.authorise(command, rest) : this.transact(command, rest.trim().split(/ +/))));
  }

  /** The connection ended: no deletes without QUIT (RFC 1939 section 6). */
  end(): void {
    if (this.maildrop) this.maildrop.locked = false;
    this.maildrop = null;
  }

  private authorise(command: string, rest: string): string {
    if (command === 'USER') {
      this.user = rest;
      return '+OK\r\n';
    }
    if (command !== 'PASS') return '-ERR log in first\r\n';
    const maildrop = this.maildrops.get(this.user);
    if (!maildrop || maildrop.password !== rest) return '-ERR [AUTH] wrong user or password\r\n';
    if (maildrop.locked) return '-ERR [IN-USE] the maildrop is locked by another session\r\n';
    maildrop.locked = true;
    this.maildrop = maildrop;
    this.messages = maildrop.list();
    return '+OK logged in\r\n';
  }

  private transact(command: string, [first = '', second = '']: string[]): string | Buffer {
    switch (command) {
      case 'STAT':
        return `+OK ${this.present().length} ${this.present().reduce((sum, [, message]) => sum + octetsOf(message), 0)}\r\n`;
      case 'LIST':
        return this.listing(first, octetsOf);
      case 'UIDL':
        return this.listing(first, (message) => message.uidl);
      case 'RETR':
        return this.withMessage(first, (message) => body(message, canonical(message.bytes)));
      case 'TOP':
        return this.withMessage(first, (message) => body(message, topOf(canonical(message.bytes), Number(second))));
      case 'DELE':
        return this.withMessage(first, (message) => {
          this.deleted.add(message);
          return '+OK marked\r\n';
        });
      case 'RSET':
        this.deleted.clear();
        return '+OK\r\n';
      case 'NOOP':
        return '+OK\r\n';
      default:
        return '-ERR no such command\r\n';
    }
  }

  private present(): [number, SampleMessage][] {
    return this.messages
      .map((message, at): [number, SampleMessage] => [at + 1, message])
      .filter(([, message]) => !this.deleted.has(message));
  }

  private listing(number: string, of: (message: SampleMessage) => string | number): string | Buffer {
    if (number !== '') return this.withMessage(number, (message) => `+OK ${Number(number)} ${of(message)}\r\n`);
    const lines = this.present().map(([at, message]) => `${at} ${of(message)}\r\n`);
    return `+OK ${lines.length} messages\r\n${lines.join('')}.\r\n`;
  }

  private withMessage(number: string, answer: (message: SampleMessage) => string | Buffer): string | Buffer {
    const message = /^\d{1,9}$/.test(number) ? this.messages[Number(number) - 1] : undefined;
    return message === undefined || this.deleted.has(message) ? '-ERR no such message\r\n' : answer(message);
  }

  private quit(): string {
    this.maildrop?.remove(this.deleted);
    this.end();
    return '+OK bye\r\n';
  }
}

function open(bytes: Buffer): Answer {
  return { bytes, close: false };
}

const octets = new WeakMap<SampleMessage, number>();

function octetsOf(message: SampleMessage): number {
  const known = octets.get(message) ?? canonical(message.bytes).length;
  octets.set(message, known);
  return known;
}

function body(message: SampleMessage, lines: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`+OK ${octetsOf(message)} octets\r\n`), stuffed(lines)]);
}

/** The header, the blank line, and so many lines of the text. */
function topOf(lines: Buffer, count: number): Buffer {
  const blank = lines.indexOf('\r\n\r\n');
  let end = blank < 0 ? lines.length : blank + 4;
  for (let left = count; left > 0 && end < lines.length; left -= 1) {
    const next = lines.indexOf('\r\n', end);
    end = next < 0 ? lines.length : next + 2;
  }
  return lines.subarray(0, end);
}
