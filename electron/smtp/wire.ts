// The socket under an SMTP or LMTP session: lines out, replies in, each with a deadline and a limit.
import { connect, type Socket } from 'node:net';
import type { Security } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { Dial } from '../net/dial.js';
import { parseReply, type Reply } from './reply.js';

/** RFC 5321 4.5.3.1.5 allows 512 octets; real servers write longer ones. */
const longestLine = 4096;
const mostLines = 200;

export type Place =
  | {
      readonly host: string;
      readonly port: number;
      /** Default: not encrypted. */
      readonly security?: Security;
      /** SHA-256 of the certificate to trust besides the authorities, and its PEM. */
      readonly pin?: string | null;
      readonly pinnedPem?: string | null;
    }
  | { readonly socket: string };

export class Wire {
  private text = '';
  private failure: MailError | null = null;
  private wake: (() => void) | null = null;

  private constructor(
    private socket: Socket,
    private readonly place: Place,
    private readonly dial: Dial | null,
    signal?: AbortSignal,
  ) {
    signal?.addEventListener('abort', () => this.fail(this.error('cancelled', 'stopped')));
    socket.setNoDelay(true);
    this.listen(socket);
  }

  private listen(socket: Socket): void {
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      this.text += chunk;
      // Nobody reads: a server that talks on and on is stopped here.
      if (this.text.length > longestLine * mostLines) this.fail(this.error('limit', 'the server sends without end', { limit: 'reply' }));
      this.wake?.();
    });
    socket.on('error', (cause) => this.fail(this.error('connection-lost', `connection lost: ${cause.message}`, { cause })));
    socket.on('close', () => this.fail(this.error('connection-lost', 'the server closed the connection')));
  }

  /** Throws MailError dns, refused, unreachable, timeout or tls-*. */
  static open(place: Place, seconds: number, signal?: AbortSignal): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const secure = !('socket' in place) && place.security === 'tls';
      const dial = 'socket' in place ? null : dialTo(place);
      const ready = (): void => settle(() => resolve(new Wire(socket, place, dial, signal)));
      const socket = 'socket' in place ? connect(place.socket, ready) : (dial as Dial).open(secure, ready);
      const settle = (run: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancelled);
        socket.removeListener('error', broken);
        run();
      };
      const give = (error: MailError): void =>
        settle(() => {
          socket.on('error', () => undefined);
          socket.destroy();
          reject(error);
        });
      const timer = setTimeout(() => give(failed('timeout', place, `no connection within ${seconds} s`, { seconds })), seconds * 1000);
      const cancelled = (): void => give(failed('cancelled', place, 'stopped'));
      signal?.addEventListener('abort', cancelled);
      if (signal?.aborted === true) cancelled();
      const broken = (cause: NodeJS.ErrnoException): void => {
        const judged = dial?.failure ?? null;
        const plain = judged === null || !judged.code.startsWith('tls');
        give(plain ? failed(connectCode(cause), place, `cannot connect: ${cause.message}`, { cause }) : judged);
      };
      socket.once('error', broken);
    });
  }

  /** After STARTTLS was agreed to. Throws MailError tls-*, timeout; `protocol` where the server spoke on in clear (CVE-2011-0411). */
  upgrade(seconds: number): Promise<void> {
    const { dial, socket: plain } = this;
    if (dial === null) return Promise.reject(this.error('protocol', 'TLS over a local socket'));
    if (this.text !== '') return Promise.reject(this.error('protocol', 'the server spoke on after it had agreed to begin TLS'));
    plain.removeAllListeners('data');
    plain.removeAllListeners('close');
    return this.within(seconds, (resolve, reject) => {
      const secured = dial.upgrade(plain, () => {
        secured.removeListener('error', broken);
        this.socket = secured;
        this.listen(secured);
        resolve();
      });
      const broken = (error: Error): void => {
        plain.destroy();
        reject(dial.judge(error));
      };
      secured.once('error', broken);
    });
  }

  async say(line: string, seconds: number): Promise<Reply> {
    await this.write(Buffer.from(`${line}\r\n`, 'utf8'), seconds);
    return this.reply(seconds);
  }

  /** Resolves when the system has taken it, so that memory stays bounded. */
  write(octets: Uint8Array, seconds: number): Promise<void> {
    if (this.failure !== null) return Promise.reject(this.failure);
    return this.within(seconds, (resolve, reject) => {
      if (this.socket.write(octets)) return resolve();
      this.socket.once('drain', resolve);
      this.wake = () => {
        if (this.failure !== null) reject(this.failure);
      };
    });
  }

  /** Throws MailError connection-lost, timeout, limit or protocol. A reply that has come whole is given even when the connection has gone. */
  reply(seconds: number): Promise<Reply> {
    return this.within(seconds, (resolve, reject) => {
      this.wake = () => {
        try {
          const found = this.take();
          if (found !== null) resolve(found);
          else if (this.failure !== null) reject(this.failure);
        } catch (error) {
          reject(error as Error);
        }
      };
      this.wake();
    });
  }

  get lost(): boolean {
    return this.failure !== null;
  }

  close(): void {
    this.failure ??= this.error('cancelled', 'closed');
    this.socket.destroy();
  }

  private take(): Reply | null {
    const lines: string[] = [];
    for (let at = 0; ; ) {
      const end = this.text.indexOf('\n', at);
      if (end < 0) {
        if (this.text.length - at > longestLine)
          throw this.error('limit', `a reply line of more than ${longestLine} octets`, { limit: `${longestLine}` });
        return null;
      }
      const line = Buffer.from(this.text.slice(at, end).replace(/\r$/, ''), 'latin1').toString('utf8');
      lines.push(line);
      at = end + 1;
      if (lines.length > mostLines) throw this.error('limit', `a reply of more than ${mostLines} lines`, { limit: `${mostLines}` });
      if (/^\d{3}-/.test(line)) continue;
      this.text = this.text.slice(at);
      const reply = parseReply(lines);
      if (reply === null)
        throw this.error('protocol', `not a reply: ${JSON.stringify(line.slice(0, 100))}`, {
          said: line.slice(0, 100).replaceAll(/[\0-\x1f\x7f-\x9f]/g, ' '),
        });
      return reply;
    }
  }

  private within<Value>(seconds: number, run: (resolve: (value: Value) => void, reject: (error: Error) => void) => void): Promise<Value> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => settle(() => reject(this.error('timeout', `no answer within ${seconds} s`, { seconds }))),
        seconds * 1000,
      );
      const settle = (then: () => void): void => {
        clearTimeout(timer);
        this.wake = null;
        then();
      };
      run(
        (value) => settle(() => resolve(value)),
        (error) => settle(() => reject(error)),
      );
    });
  }

  private fail(error: MailError): void {
    this.failure ??= error;
    this.wake?.();
    this.socket.destroy();
  }

  private error(code: 'connection-lost' | 'timeout' | 'limit' | 'protocol' | 'cancelled', message: string, facts: object = {}): MailError {
    return failed(code, this.place, message, facts);
  }
}

function dialTo({ host, port, pin = null, pinnedPem = null }: Exclude<Place, { readonly socket: string }>): Dial {
  return new Dial({ host, port, pin, pinnedPem, onConnected: () => undefined, onSecured: () => undefined });
}

function connectCode({ code }: NodeJS.ErrnoException): 'dns' | 'refused' | 'unreachable' {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  return code === 'ECONNREFUSED' || code === 'ENOENT' ? 'refused' : 'unreachable';
}

function failed(code: MailError['code'], place: Place, message: string, facts: object = {}): MailError {
  const where = 'socket' in place ? { path: place.socket, host: place.socket } : { host: place.host, port: place.port };
  return new MailError(code, `${'socket' in place ? place.socket : `${place.host}:${place.port}`}: ${message}`, true, {
    ...where,
    ...facts,
  });
}
