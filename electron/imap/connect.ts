// From nothing to logged in, through imapflow over a socket of ours: address, connection, TLS, greeting, STARTTLS, capabilities,
// login. Certificates and pins are judged as for POP3.
import { lookup } from 'node:dns/promises';
import { isIP, Socket } from 'node:net';
import { ImapFlow, type ImapTransport } from 'imapflow';
import type { Security } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { Dial } from '../net/dial.js';
import { networkError } from '../net/network-error.js';
import { type Side, Transcript } from '../net/transcript.js';
import { type Credentials, checkCredentials, credentials } from './credentials.js';
import { imapError } from './errors.js';
import { limits } from './limits.js';
import { listener } from './log.js';

export type OpenStep = 'dns' | 'tcp' | 'tls' | 'greeting' | 'capabilities' | 'starttls' | 'login';

export interface ImapOptions extends Credentials {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  /** Seconds without one octet while an answer is owed. */
  readonly timeoutSeconds: number;
  /** SHA-256, hex with colons, and the certificate's PEM: trusted besides the authorities. */
  readonly pin: string | null;
  readonly pinnedPem: string | null;
  /** PEM texts of more authorities. */
  readonly extraCa?: readonly string[];
  /** Secrets masked, control characters escaped, bodies left out. */
  readonly onTranscript?: (side: Side, text: string) => void;
  readonly signal?: AbortSignal;
  /** Messages with NUL are appended as they are (RFC 3516). Default: the extension is not used. */
  readonly binary?: boolean;
  /** Stays open for hours: no end of the session is set, and changes are told by number (CONDSTORE). */
  readonly lasting?: boolean;
  /** It has ended, whoever ended it. Once. */
  readonly onClosed?: (why: MailError | null) => void;
  /** Each step as it is done, with what a person wants to know of it. */
  readonly onStep?: (step: OpenStep, detail: string) => void;
}

/** RFC 8314: here a server waits for the client to begin TLS, and never greets. */
const tlsPort = 993;

/**
 * One connection. `client` is used through ask(), which turns its errors into ours.
 */
export class Connection {
  readonly client: ImapFlow;
  readonly transcript: Transcript;
  readonly dial: Dial;
  greeting = '';
  step: string = 'connect';
  /** The SASL mechanism, or LOGIN. */
  private method = '';
  /** Why it ended, where we ended it. */
  private failure: MailError | null = null;
  private refusal: unknown = null;
  private busy = 0;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly cancel = () => this.break(new MailError('cancelled', 'the session was cancelled', true));

  constructor(private readonly options: ImapOptions) {
    this.transcript = new Transcript(options.onTranscript);
    this.transcript.hide(options.secret);
    const tell = (step: 'tcp' | 'tls' | 'starttls', label: string, detail: string) => {
      this.transcript.station(`${label} ${detail}`);
      options.onStep?.(step, detail);
    };
    this.dial = new Dial({
      ...options,
      onConnected: (address) => {
        this.step = options.security === 'tls' ? 'tls' : 'greeting';
        tell('tcp', 'connected to', address);
      },
      onSecured: (words) => {
        this.step = options.security === 'tls' ? 'greeting' : 'capabilities';
        tell(options.security === 'tls' ? 'tls' : 'starttls', 'TLS', words);
      },
    });
    this.client = new ImapFlow({ ...settings(options), transport: this.transport(), logger: this.logger() });
    // Without a listener a reset connection would end the program.
    this.client.on('error', (error) => {
      this.failure ??= this.dial.failure ?? this.judge(error);
    });
    this.client.once('close', () => options.onClosed?.(this.failure));
  }

  async open(): Promise<void> {
    const { signal } = this.options;
    signal?.addEventListener('abort', this.cancel, { once: true });
    if (signal?.aborted) this.cancel();
    try {
      await this.client.connect();
    } catch (error) {
      const failure = this.judge(error);
      this.close();
      throw failure;
    }
    this.options.onStep?.('login', this.method);
    this.watch();
  }

  /** Throws MailError with what the connection knows of its end. */
  async ask<Answer>(step: string, question: (client: ImapFlow) => Promise<Answer>): Promise<Answer> {
    this.step = step;
    this.busy += 1;
    try {
      if (this.failure !== null) throw this.failure;
      return await question(this.client);
    } catch (error) {
      throw this.judge(error);
    } finally {
      this.busy -= 1;
    }
  }

  /** As ask(); what the package reports as `false` is thrown, in the server's words where it said any. */
  async demand<Answer>(step: string, question: (client: ImapFlow) => Promise<Answer | false | undefined>): Promise<Answer> {
    this.refusal = null;
    const answer = await this.ask(step, question);
    if (answer !== false && answer !== undefined) return answer;
    if (!this.client.usable) throw this.judge(new Error('the connection has ended'));
    throw this.judge(this.refusal ?? new MailError('server-refused', 'the server did not do what it was asked to', true));
  }

  break(error: MailError): void {
    this.failure ??= error;
    this.close();
  }

  close(): void {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
    this.options.signal?.removeEventListener('abort', this.cancel);
    this.client.close();
  }

  clean(text: string): string {
    return this.transcript.clean(text);
  }

  private judge(error: unknown): MailError {
    const facts = { ...this.dial.facts(), step: this.step, user: this.options.user };
    const known = this.failure ?? this.dial.failure;
    if (known !== null) return known.with(facts);
    const failure = imapError(error, facts, (text) => this.clean(text));
    const silent = failure.code === 'timeout' && this.step === 'greeting' && this.options.security !== 'tls';
    if (!silent || this.options.port !== tlsPort) return failure;
    return new MailError('tls-on-plain-port', 'the server expects TLS on this port', false, facts);
  }

  /** While we are the slow side nothing is owed by the server: a question now and then keeps both ends from giving up. */
  private watch(): void {
    const every = Math.max(1, Math.min(60, this.options.timeoutSeconds / 3)) * 1000;
    const ask = () => {
      if (this.busy === 0) this.ask(this.step, (client) => client.noop()).catch(() => undefined);
    };
    const over = () => this.break(new MailError('timeout', `the session took longer than ${limits.sessionSeconds} s`, true));
    this.timers.push(setInterval(ask, every));
    if (this.options.lasting !== true) this.timers.push(setTimeout(over, limits.sessionSeconds * 1000));
    for (const timer of this.timers) timer.unref();
  }

  private transport(): ImapTransport {
    return {
      connect: ({ secure }, onConnect) => this.dial.open(secure, onConnect),
      upgrade: (plain, _options, onSecure) => {
        if (!(plain instanceof Socket)) throw new MailError('internal', 'STARTTLS over something that is no socket', true);
        return this.dial.upgrade(plain, onSecure);
      },
    };
  }

  private logger() {
    return listener({
      transcript: this.transcript,
      greeted: (line) => this.greeted(line),
      refused: (error) => {
        this.refusal = error;
      },
      loggingIn: (method) => {
        this.method = method;
        this.step = 'login';
        const capabilities = [...this.client.capabilities.keys()].join(', ');
        this.options.onStep?.('capabilities', this.clean(capabilities));
      },
    });
  }

  private greeted(line: string): void {
    this.greeting = this.clean(line.replace(/^\* (?:OK|PREAUTH|BYE)\s*/i, ''));
    if (!/^\* (?:OK|PREAUTH|BYE)\b/i.test(line)) {
      const said = this.clean(line);
      this.break(new MailError('greeting', `this is no IMAP greeting: ${said}`, true, { ...this.dial.facts(), said, step: 'greeting' }));
      return;
    }
    this.step = 'capabilities';
    this.options.onStep?.('greeting', this.greeting);
  }
}

function settings({ host, port, security, timeoutSeconds, ...options }: ImapOptions) {
  return {
    host,
    port,
    // Both always said: with one of them unset the package would log in without TLS where the server offers none.
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls',
    auth: credentials(options),
    disableAutoIdle: true,
    // UIDs, sizes and flags are read the same way from every server: IMAP4rev2 would change what LIST and SEARCH answer.
    disableIMAP4rev2: true,
    disableAutoEnable: options.lasting !== true,
    disableCompression: true,
    disableBinary: options.binary !== true,
    connectionTimeout: timeoutSeconds * 1000,
    greetingTimeout: timeoutSeconds * 1000,
    socketTimeout: timeoutSeconds * 1000,
    maxLineLength: limits.line,
    maxLiteralSize: limits.literal,
    maxResponseSize: limits.response,
    maxResponseTokens: limits.tokens,
    clientInfo: { name: 'Todoku', version: '', vendor: '', 'support-url': '' },
  };
}

/** Throws MailError as openImapSource does; nothing is left open then. */
export async function connect(options: ImapOptions): Promise<Connection> {
  checkCredentials(options);
  if (options.onStep) await tellAddresses(options, options.onStep);
  const connection = new Connection(options);
  await connection.open();
  return connection;
}

/** Only for the account test: the socket looks the name up itself. */
async function tellAddresses({ host, port }: ImapOptions, onStep: NonNullable<ImapOptions['onStep']>): Promise<void> {
  if (isIP(host)) return onStep('dns', host);
  try {
    const found = await lookup(host, { all: true });
    onStep('dns', found.map(({ address }) => address).join(', '));
  } catch (error) {
    throw networkError(error, { step: 'dns', host, port });
  }
}
