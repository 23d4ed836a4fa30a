// Mail handed to another server by SMTP or LMTP (RFC 5321, 2033): each recipient's outcome as a value. A recipient is
// accepted or refused only on the server's word; when its word is lost after the message was sent, the outcome is
// unknown, and sending again may make a duplicate.
import { MailError } from '../../shared/error.js';
import { dotted } from './dots.js';
import { type Login, logIn } from './login.js';
import { causeOf, meaningOf, type RefusalCause, type Reply, type Step } from './reply.js';
import { type Place, Wire } from './wire.js';

export interface RelayTarget {
  readonly kind: 'smtp' | 'lmtp';
  readonly place: Place;
  /** Messages a connection; 0: no limit. */
  readonly batchLimit: number;
  /** Codes that, in reply to MAIL FROM, mean that the message is taken for spam. */
  readonly antispam: readonly number[];
  /** Asked for at each connection; absent: no login. Sent in clear only where the place says that it is not encrypted. */
  readonly login?: () => Promise<Login>;
}
export interface RelayMessage {
  /** '' is the null sender. */
  readonly sender: string;
  readonly recipients: readonly string[];
  /** Octets, for SIZE; null: not known. */
  readonly octets: number | null;
  /** LF or CRLF lines. Called again when the message is sent again. */
  body(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Awaited before the end of the message is sent: from then on these recipients may have it, whatever becomes of the answer. */
  beforeEnd?(addresses: readonly string[]): Promise<void> | void;
  /** Each answer after the end of the message, at once. */
  answered?(outcome: Outcome): void;
}
export type Outcome = {
  readonly address: string;
  readonly code: number;
  /** RFC 3463. */
  readonly status: string;
  readonly text: string;
} & (
  | { readonly kind: 'accepted' | 'deferred' }
  | { readonly kind: 'refused'; readonly cause: RefusalCause }
  /** The message was sent and the answer was lost: it may have been delivered. */
  | { readonly kind: 'unknown' }
);
export interface RelayOptions {
  /** Our name, for EHLO. */
  readonly name: string;
  /** Seconds for a reply, and for the one after the message (fetchmail: 300 and 600). */
  readonly timeout?: number;
  readonly endTimeout?: number;
  readonly signal?: AbortSignal;
}
export interface Relay {
  /** Never throws for what a server says or does: a server that is not there defers. One message at a time. */
  send(message: RelayMessage): Promise<readonly Outcome[]>;
  /** QUIT, without waiting long for its answer. */
  close(): Promise<void>;
}

/** Connects when the first message is sent, and keeps the connection for the next ones. */
export function openRelay(target: RelayTarget, options: RelayOptions): Relay {
  let session: Session | null = null;
  const close = async (): Promise<void> => {
    await session?.quit();
    session = null;
  };
  return {
    close,
    async send(message) {
      const bad = message.recipients.filter(isUnsafe);
      const good = message.recipients.filter((address) => !isUnsafe(address));
      const outcomes: Outcome[] = bad.map(badAddress);
      if (isUnsafe(message.sender) && message.sender !== '') return message.recipients.map(badAddress);
      try {
        if (session === null || session.wire.lost) session = await Session.open(target, options);
        outcomes.push(...(await session.transfer({ ...message, recipients: good })));
      } catch (error) {
        outcomes.push(...good.map((address) => deferredBy(address, error)));
        // A reply that comes late must not be taken for the next one's.
        session?.wire.close();
      }
      if (session !== null && (session.wire.lost || (target.batchLimit > 0 && session.sent >= target.batchLimit))) await close();
      return message.recipients.flatMap((address) => outcomes.find((outcome) => outcome.address === address) ?? []);
    },
  };
}

/** What would end the command line, or the angle brackets. */
function isUnsafe(address: string): boolean {
  return address === '' || address.length > 1000 || /[\0-\x1f\x7f<>]/.test(address);
}

function badAddress(address: string): Outcome {
  return { kind: 'refused', cause: 'bad-recipient', address, code: 501, status: '5.1.3', text: '501 5.1.3 Bad recipient address syntax' };
}

function deferredBy(address: string, error: unknown): Outcome {
  const text = error instanceof MailError ? error.message : String(error);
  return { kind: 'deferred', address, code: 451, status: '4.4.2', text };
}

class Session {
  sent = 0;
  private constructor(
    readonly wire: Wire,
    private readonly target: RelayTarget,
    private readonly extensions: ReadonlySet<string>,
    private readonly seconds: number,
    private readonly endSeconds: number,
  ) {}

  /** Throws MailError; a greeting or EHLO that is refused is temporary, whatever its code: no message was judged. */
  static async open(target: RelayTarget, { name, timeout = 300, endTimeout = 600, signal }: RelayOptions): Promise<Session> {
    const wire = await Wire.open(target.place, timeout, signal);
    try {
      expect2xx(await wire.reply(timeout), 'greeting');
      let extensions = await hello(wire, target, name, timeout);
      if (!('socket' in target.place) && target.place.security === 'starttls') {
        await beginTls(wire, target.place, extensions, timeout);
        // What was said in clear is forgotten (RFC 3207 4.2).
        extensions = await hello(wire, target, name, timeout);
      }
      if (target.login !== undefined) await logIn(wire, await target.login(), extensions, timeout);
      return new Session(wire, target, new Set(extensions.keys()), timeout, endTimeout);
    } catch (error) {
      wire.close();
      throw error;
    }
  }

  /** MAIL, RCPT, DATA. Nothing is sent while a recipient is deferred: all of them then wait, so that none gets it twice. */
  async transfer(message: RelayMessage): Promise<readonly Outcome[]> {
    if (message.recipients.length === 0) return [];
    const mail = await this.wire.say(this.mailFrom(message), this.seconds);
    if (this.meaning('mail', mail) !== 'accepted')
      return this.giveUp(message.recipients.map((address) => this.outcome('mail', address, mail)));
    const answers: Outcome[] = [];
    for (const address of message.recipients)
      answers.push(this.outcome('rcpt', address, await this.wire.say(`RCPT TO:<${address}>`, this.seconds)));
    const accepted = answers.filter(({ kind }) => kind === 'accepted').map(({ address }) => address);
    const waiting = answers.filter(({ kind }) => kind === 'deferred');
    // RFC 5321 4.5.3.1.10: 452 after some recipients were taken means the others go in a transaction of their own.
    const tooMany = accepted.length > 0 && waiting.length > 0 && waiting.every(({ code }) => code === 452);
    if (accepted.length === 0) return this.giveUp(answers);
    if (waiting.length > 0 && !tooMany) return this.giveUp(answers.map((answer) => (answer.kind === 'accepted' ? held(answer) : answer)));
    const final = await this.data(message, accepted);
    const rest =
      tooMany && !this.wire.lost ? await this.another({ ...message, recipients: waiting.map(({ address }) => address) }) : waiting;
    return [...answers.filter(({ kind }) => kind === 'refused'), ...final, ...rest];
  }

  /** What the first transaction settled stays settled, whatever happens to the next. */
  private async another(message: RelayMessage): Promise<readonly Outcome[]> {
    try {
      return await this.transfer(message);
    } catch (error) {
      return message.recipients.map((address) => deferredBy(address, error));
    }
  }

  async quit(): Promise<void> {
    try {
      if (!this.wire.lost) await this.wire.say('QUIT', Math.min(this.seconds, 5));
    } catch {
      // The messages are settled; the server may go as it likes.
    }
    this.wire.close();
  }

  private mailFrom({ sender, recipients, octets }: RelayMessage): string {
    const size = this.extensions.has('SIZE') && octets !== null ? ` SIZE=${octets}` : '';
    const eight = this.extensions.has('8BITMIME') ? ' BODY=8BITMIME' : '';
    const wide = [sender, ...recipients].some((address) => /[^\0-\x7f]/.test(address));
    return `MAIL FROM:<${sender}>${size}${eight}${wide && this.extensions.has('SMTPUTF8') ? ' SMTPUTF8' : ''}`;
  }

  private async data(message: RelayMessage, accepted: readonly string[]): Promise<readonly Outcome[]> {
    const go = await this.wire.say('DATA', this.seconds);
    if (go.code !== 354) return this.giveUp(accepted.map((address) => this.outcome('data', address, go)));
    let last: Uint8Array = new Uint8Array();
    try {
      for await (const octets of dotted(message.body())) {
        await this.wire.write(last, this.seconds);
        last = octets;
      }
    } catch (error) {
      return this.cutShort(accepted, error);
    }
    await message.beforeEnd?.(accepted);
    this.sent += 1;
    return this.answers(message, accepted, last);
  }

  private answers(message: RelayMessage, accepted: readonly string[], last: Uint8Array): Promise<readonly Outcome[]> {
    return this.target.kind === 'lmtp' ? this.finalReplies(message, accepted, last) : this.finalReply(accepted, last);
  }

  /** The end was not sent, so the server has nothing; it may have said why it does not want the rest. Throws the error otherwise. */
  private async cutShort(accepted: readonly string[], error: unknown): Promise<readonly Outcome[]> {
    const said = await this.wire.reply(1).catch(() => null);
    this.wire.close();
    if (said === null || said.code < 400) throw error;
    return accepted.map((address) => this.outcome('data', address, said));
  }

  private async finalReply(accepted: readonly string[], end: Uint8Array): Promise<readonly Outcome[]> {
    try {
      await this.wire.write(end, this.seconds);
      const reply = await this.wire.reply(this.endSeconds);
      return accepted.map((address) => this.outcome('data', address, reply));
    } catch (error) {
      this.wire.close();
      return accepted.map((address) => unknownBy(address, error));
    }
  }

  /** RFC 2033 4.2: one reply for each recipient that was accepted, in their order. */
  private async finalReplies(message: RelayMessage, accepted: readonly string[], end: Uint8Array): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    try {
      await this.wire.write(end, this.seconds);
      for (const address of accepted) {
        const outcome = this.outcome('data', address, await this.wire.reply(this.endSeconds));
        outcomes.push(outcome);
        message.answered?.(outcome);
      }
    } catch (error) {
      this.wire.close();
      outcomes.push(...accepted.slice(outcomes.length).map((address) => unknownBy(address, error)));
    }
    return outcomes;
  }

  private async giveUp(outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
    try {
      if (!this.wire.lost) await this.wire.say('RSET', this.seconds);
    } catch {
      this.wire.close();
    }
    return outcomes;
  }

  private meaning(step: Step, { code }: Reply) {
    return meaningOf(step, code, this.target.antispam);
  }

  private outcome(step: Step, address: string, reply: Reply): Outcome {
    const facts = { address, code: reply.code, status: reply.status, text: reply.text };
    const kind = this.meaning(step, reply);
    return kind === 'refused' ? { ...facts, kind, cause: causeOf(step, reply, this.target.antispam) } : { ...facts, kind };
  }
}

/** Extensions by name, with what follows it. */
async function hello(wire: Wire, target: RelayTarget, name: string, seconds: number): Promise<ReadonlyMap<string, string>> {
  let reply = await wire.say(`${target.kind === 'lmtp' ? 'LHLO' : 'EHLO'} ${name}`, seconds);
  if (reply.code >= 500 && target.kind === 'smtp') reply = await wire.say(`HELO ${name}`, seconds);
  expect2xx(reply, 'EHLO');
  return new Map(
    reply.lines.slice(1).map((line) => {
      const [word = '', ...rest] = line.split(/[ =]/);
      return [word.toUpperCase(), rest.join(' ')] as const;
    }),
  );
}

/** Throws MailError `starttls-missing`, `starttls-refused`, tls-*: mail never goes on in clear where TLS was asked for. */
async function beginTls(
  wire: Wire,
  { host, port }: { readonly host: string; readonly port: number },
  extensions: ReadonlyMap<string, string>,
  seconds: number,
): Promise<void> {
  if (!extensions.has('STARTTLS')) throw new MailError('starttls-missing', `${host} does not offer STARTTLS`, true, { host, port });
  const reply = await wire.say('STARTTLS', seconds);
  if (reply.code !== 220)
    throw new MailError('starttls-refused', `${host} refused STARTTLS: ${reply.text}`, true, { host, port, said: reply.text });
  await wire.upgrade(seconds);
}

function expect2xx(reply: Reply, what: string): void {
  if (reply.code < 200 || reply.code > 299) throw new MailError('relay-temporary', `${what}: ${reply.text}`, true, { said: reply.text });
}

function held({ address }: Outcome): Outcome {
  return { kind: 'deferred', address, code: 451, status: '4.0.0', text: 'not sent: another recipient of the message has to wait' };
}

function unknownBy(address: string, error: unknown): Outcome {
  const why = error instanceof Error ? error.message : String(error);
  return {
    kind: 'unknown',
    address,
    code: 451,
    status: '4.4.2',
    text: `the answer to the message was lost (${why}); it may have been delivered`,
  };
}
