// The connection: node-pop3's socket and its simple commands, with our own reader in front. The package sees whole
// status lines of the commands it sent itself, and nothing else; bodies, pipelining, STLS and SASL never pass through
// it (it decodes, does not unstuff, and hangs when a terminator is split: WIRE.md section 7).
import { X509Certificate } from 'node:crypto';
import { Socket } from 'node:net';
import { connect as startTls, type TLSSocket, type TlsOptions } from 'node:tls';
import Pop3Command from 'node-pop3';
import { type FailureFacts, MailError } from '../../shared/error.js';
import { networkError } from '../net/network-error.js';
import { type Trust, tlsError, tlsOptions } from '../net/tls.js';
import { mask, type Transcript } from '../net/transcript.js';
import { Deadline } from './deadline.js';
import { refusal } from './errors.js';
import { Flow } from './flow.js';
import { limits } from './limits.js';
import { nudge } from './nudge.js';
import { type Exchange, Queue } from './queue.js';
import { type Follows, Reader } from './reader.js';
import { parseReply } from './reply.js';

const tlsPort = 995;

export interface WireOptions extends Trust {
  readonly port: number;
  /** TLS from the first octet. */
  readonly implicitTls: boolean;
  readonly timeoutSeconds: number;
  readonly sessionSeconds: number;
  readonly transcript: Transcript;
  readonly onConnected: () => void;
  readonly onSecured: (socket: TLSSocket) => void;
  /** Broken or closed; perhaps more than once. */
  readonly onEnded: () => void;
}

export class Pop3Wire extends Pop3Command {
  /** Where we are; part of every failure. */
  step = 'tcp';
  readonly queue: Queue;
  readonly flow: Flow;
  private readonly options: WireOptions;
  private readonly reader: Reader;
  private readonly deadline: Deadline;
  private failure: MailError | null = null;
  private handshaking = false;
  private paused = false;
  private certificate: X509Certificate | null = null;
  private toPackage: (line: Buffer) => void = () => undefined;
  private detach: () => void = () => undefined;

  constructor(options: WireOptions) {
    const { host, port, implicitTls } = options;
    super({ user: '', password: '', host, port, tls: implicitTls, ...(implicitTls && { tlsOptions: tlsOptions(options) as TlsOptions }) });
    this.options = options;
    this.queue = new Queue((exchange) => this.sending(exchange));
    this.flow = new Flow(
      (on) => this.hold(on),
      () => this.queue.othersOwed,
    );
    this.reader = new Reader({
      line: (line) => this.line(line),
      chunk: (bytes) => this.queue.head?.chunk(bytes),
      end: (rawOctets) => this.bodyEnded(rawOctets),
    });
    this.deadline = new Deadline(options.timeoutSeconds, options.sessionSeconds, {
      waiting: () => (this.paused ? this.queue.othersOwed : !this.queue.idle || this.handshaking),
      withinLine: () => this.reader.withinLine,
      expired: (what, seconds) => this.expire(what, seconds),
    });
  }

  /** As the server showed it, judged or not. */
  get peer(): X509Certificate | null {
    return this.certificate;
  }
  /** Of the server. A TLS socket around one that was not yet connected never learns it; the inner one knows. */
  get remoteAddress(): string | null {
    const inner: unknown = this._socket && '_parent' in this._socket ? this._socket._parent : null;
    return this._socket?.remoteAddress ?? (inner instanceof Socket ? (inner.remoteAddress ?? null) : null);
  }
  /** The socket as it is now: plain, or TLS after the upgrade. */
  get socket(): Socket | TLSSocket | null {
    return this._socket;
  }

  /** node-pop3's connect, with the reader put in front before the first octet can come. */
  override connect(): Promise<void> {
    this.handshaking = this.options.implicitTls;
    const connected = super.connect();
    if (this._socket) this.adopt(this._socket);
    return connected;
  }

  /** node-pop3 logs in here on first use; our login is in login.ts. Throws what ended the connection. */
  override _connect(): Promise<string> {
    return this._socket && !this.failure ? Promise.resolve('') : Promise.reject(this.failure ?? new Error('not connected'));
  }

  /** One status line of a command that node-pop3 sends itself. */
  readonly forPackage = (line: Buffer): void => this.toPackage(Buffer.concat([line, Buffer.from('\r\n')]));

  put(text: string): void {
    const socket = this._socket;
    if (!socket) return;
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    socket.write(text);
  }

  /** Adds to the queue; fails at once when the connection is gone. */
  ask(exchange: Exchange): void {
    if (this.failure) exchange.fail(this.failure);
    else this.queue.add(exchange);
    this.flow.review();
  }

  /** After STLS's +OK: what came behind it is dropped unread (command injection), and TLS begins. */
  upgrade(): Promise<void> {
    const plain = this._socket;
    if (!plain) return Promise.reject(this.failure ?? this.lost());
    this.detach();
    this.handshaking = true;
    const secure = startTls({ ...tlsOptions(this.options), socket: plain });
    this._socket = secure;
    return new Promise((resolve, reject) => {
      secure.once('secureConnect', resolve);
      secure.once('close', () => reject(this.failure ?? this.lost()));
      this.adopt(secure);
    });
  }

  private hold(on: boolean): void {
    if (on === this.paused) return;
    this.paused = on;
    if (on) this._socket?.pause();
    else {
      this.deadline.touch();
      this._socket?.resume();
    }
  }

  /** Ends the connection; everything asked and not answered fails with this. The first error wins. */
  break(error: MailError): void {
    if (this.failure) return;
    this.failure = error.with(this.facts());
    this.options.transcript.station(this.failure.message);
    this.deadline.stop();
    this.options.onEnded();
    this._socket?.destroy();
    this.queue.fail(this.failure);
  }

  /** After QUIT. Resolves when the server has closed, or has had its time. */
  close(): Promise<void> {
    const socket = this._socket;
    this.failure ??= new MailError('cancelled', 'the session has ended', true, this.facts());
    this.deadline.stop();
    this.options.onEnded();
    if (!socket || socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const overdue = setTimeout(() => socket.destroy(), limits.closeSeconds * 1000);
      socket.once('close', () => {
        clearTimeout(overdue);
        resolve();
      });
      socket.resume();
      socket.end();
    });
  }

  facts(): FailureFacts {
    return { step: this.step, host: this.options.host, port: this.options.port };
  }

  private adopt(socket: Socket | TLSSocket): void {
    const [theirs] = socket.listeners('data');
    if (theirs) this.toPackage = theirs as (line: Buffer) => void;
    socket.removeAllListeners('data');
    socket.setNoDelay(true);
    const ours = {
      data: (chunk: Buffer) => this.feed(chunk),
      error: (error: Error) => this.break(this.socketError(error)),
      end: () => this.break(this.lost()),
      close: () => this.break(this.lost()),
    };
    for (const [event, listener] of Object.entries(ours)) socket.on(event, listener);
    this.detach = () => {
      for (const [event, listener] of Object.entries(ours)) socket.off(event, listener);
    };
    if (socket.connecting) socket.once('connect', () => this.options.onConnected());
    if ('encrypted' in socket) this.watchTls(socket);
  }

  /**
   * 'secure' comes before the certificate is judged: the last moment at which a refused one can be seen. Not by
   * getPeerX509Certificate, which takes the certificate out of the chain that is judged next.
   */
  private watchTls(socket: TLSSocket): void {
    socket.prependOnceListener('secure', () => {
      const { raw } = socket.getPeerCertificate();
      this.certificate = raw === undefined ? null : new X509Certificate(raw);
    });
    socket.once('secureConnect', () => {
      this.handshaking = false;
      this.deadline.touch();
      this.options.onSecured(socket);
    });
  }

  private feed(chunk: Buffer): void {
    this.deadline.touch();
    nudge(chunk.length);
    try {
      this.reader.feed(chunk);
    } catch (error) {
      this.break(error instanceof MailError ? error : new MailError('internal', String(error), true, { cause: error }));
    }
  }

  private line(line: Buffer): Follows {
    if (this.failure) return 'drop';
    this.deadline.lineEnded();
    const text = line.toString('utf8');
    const reply = parseReply(text);
    // A SASL challenge: with it and our answer a password can be guessed off line.
    this.options.transcript.server(reply?.kind === 'more' ? `+ ${mask}` : text);
    const head = this.queue.head;
    if (!reply || !head) {
      this.break(
        reply?.kind === 'err' ? refusal(reply, 'command', { said: this.clean(reply.text) }) : this.garbage(text, head !== undefined),
      );
      return 'drop';
    }
    const follows = head.status(reply, line);
    if (follows !== 'body') this.queue.finish();
    return follows;
  }

  private bodyEnded(rawOctets: number): void {
    this.queue.head?.end(rawOctets);
    this.queue.finish();
  }

  private sending(exchange: Exchange): void {
    this.deadline.touch();
    if (exchange.shown !== null) this.options.transcript.client(exchange.shown);
    exchange.send();
  }

  private garbage(text: string, expected: boolean): MailError {
    const said = this.clean(text);
    if (!expected) return new MailError('protocol', `the server spoke out of turn: ${said}`, true, { said });
    if (this.step !== 'greeting') return new MailError('protocol', `this is no POP3 answer: ${said}`, true, { said });
    if (text.startsWith('\u0015\u0003')) return this.wantsTls();
    return new MailError('greeting', `this is no POP3 greeting: ${said}`, true, { said });
  }

  private wantsTls(): MailError {
    return new MailError('tls-on-plain-port', 'the server expects TLS on this port', false, this.facts());
  }

  private clean(text: string): string {
    return this.options.transcript.clean(text);
  }

  private socketError(error: Error): MailError {
    if (this.handshaking || this.step === 'tls') return tlsError(error, this.options, this.certificate, this.facts());
    return networkError(error, this.facts());
  }

  private lost(): MailError {
    if (this.step === 'greeting' && this.reader.beginsWithTls) return this.wantsTls();
    return new MailError('connection-lost', `the server closed the connection (${this.step})`, true, this.facts());
  }

  private expire(what: 'octet' | 'line' | 'session', seconds: number): void {
    // A TLS server waits for us to begin, so it never greets: on its own port that is the likelier reason.
    const silent = this.step === 'greeting' && !this.options.implicitTls && what === 'octet';
    if (silent && (this.options.port === tlsPort || this.reader.beginsWithTls)) this.break(this.wantsTls());
    const long = what === 'session' ? `the session took longer than ${seconds} s` : `no ${what} from the server for ${seconds} s`;
    this.break(new MailError('timeout', `${long} (${this.step})`, true, { seconds }));
  }
}
