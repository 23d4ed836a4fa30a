// A POP3 session: opened, secured and logged in by openPop3; then listed, retrieved from, deleted from, and ended.
// Nothing is deleted on the server before quit() resolves: a session that ends otherwise changes nothing (RFC 1939
// section 6).
import { MailError } from '../../shared/error.js';
import type { Certificate } from '../../shared/station.js';
import type { Capabilities } from './capabilities.js';
import { refusal } from './errors.js';
import { askLine, askListing, askPackage } from './exchange.js';
import { limits } from './limits.js';
import { joinListing, type MaildropEntry } from './listing.js';
import { type Opened, open, type Pop3Options } from './open.js';
import type { Reply } from './reply.js';
import { type Wanted, Window } from './retrieve.js';
import type { Retrieved } from './retrieved.js';

export { peerCertificate } from '../net/certificate.js';

export interface Pop3Session {
  /** Without +OK; control characters escaped. */
  readonly greeting: string;
  readonly capabilities: Capabilities;
  readonly remoteAddress: string | null;
  readonly tls: { readonly protocol: string; readonly cipher: string; readonly certificate: Certificate } | null;
  /** How we logged in. */
  readonly method: string;
  stat(): Promise<{ readonly messages: number; readonly octets: number }>;
  /** LIST and UIDL in one. */
  list(): Promise<readonly MaildropEntry[]>;
  /** In order; see Retrieved. One at a time. */
  retrieve(wanted: AsyncIterable<Wanted> | Iterable<Wanted>): AsyncIterable<Retrieved>;
  /** Marks one message; also while a retrieve is under way. 'gone': the server has no such message (any more). */
  delete(number: number): Promise<'deleted' | 'gone'>;
  /** Keeps an idle session open. */
  noop(): Promise<void>;
  /** Ends the session. Throws MailError `quit-refused` when deletes may not have happened. */
  quit(): Promise<void>;
  /** Drops the connection: nothing is deleted. What is under way fails with `cancelled`. */
  abort(): void;
}

/**
 * Connects, secures as asked, logs in. Throws MailError: dns, refused, unreachable, timeout, connection-lost, tls-*,
 * starttls-*, greeting, protocol, limit, server-*, mailbox-busy, login-delay, auth*, credentials-invalid, cancelled.
 * Nothing is left open then; peerCertificate(error) gives the certificate that was refused.
 */
export async function openPop3(options: Pop3Options): Promise<Pop3Session> {
  return new Session(await open(options));
}

class Session implements Pop3Session {
  readonly greeting: string;
  readonly capabilities: Capabilities;
  readonly remoteAddress: string | null;
  readonly tls: Pop3Session['tls'];
  readonly method: string;
  private window: Window | null = null;
  private deletes = 0;
  private messages: number | null = null;

  constructor(private readonly opened: Opened) {
    this.greeting = opened.greeting;
    this.capabilities = opened.capabilities;
    this.remoteAddress = opened.remoteAddress;
    this.tls = opened.tls;
    this.method = opened.method;
  }

  async stat(): Promise<{ messages: number; octets: number }> {
    const { wire } = this.opened;
    wire.step = 'stat';
    const reply = this.accept(await askPackage(wire, 'STAT', () => wire.STAT()));
    const [, messages, octets] = /^(\d{1,10})[ \t]+(\d{1,16})/.exec(reply.text) ?? [];
    if (messages === undefined || octets === undefined) {
      const said = this.clean(reply);
      throw new MailError('protocol', `STAT answered what cannot be read: ${said}`, true, { ...wire.facts(), said });
    }
    this.messages = Number(messages);
    return { messages: this.messages, octets: Number(octets) };
  }

  async list(): Promise<readonly MaildropEntry[]> {
    const { wire } = this.opened;
    wire.step = 'list';
    const [list, uidl] = await Promise.all([askListing(wire, 'LIST', limits.listing), askListing(wire, 'UIDL', limits.listing)]);
    // Some servers refuse to list an empty maildrop.
    if (list.reply.kind !== 'ok' && this.messages === 0) return [];
    this.accept(list.reply);
    try {
      // Refused although it is offered: a bad moment, not a server without UIDL. Without it every message would look new.
      if (this.capabilities.uidl === true && list.text.length > 0) this.accept(uidl.reply);
      return joinListing(list.text, uidl.reply.kind === 'ok' ? uidl.text : null);
    } catch (error) {
      throw error instanceof MailError ? error.with(wire.facts()) : error;
    }
  }

  retrieve(wanted: AsyncIterable<Wanted> | Iterable<Wanted>): AsyncIterable<Retrieved> {
    const { wire, transcript, command } = this.opened;
    wire.step = 'retrieve';
    this.window?.stop();
    this.window = new Window({ wire, transcript, command, window: this.opened.window });
    return this.window.run(wanted);
  }

  async delete(number: number): Promise<'deleted' | 'gone'> {
    this.deletes += 1;
    const reply = await askLine(this.opened.wire, { line: `DELE ${number}` });
    if (reply.kind === 'ok') return 'deleted';
    if (reply.code === null) return 'gone';
    throw this.refused(reply);
  }

  async noop(): Promise<void> {
    const { wire } = this.opened;
    await askPackage(wire, 'NOOP', () => wire.NOOP());
  }

  async quit(): Promise<void> {
    const { wire } = this.opened;
    this.window?.stop();
    wire.step = 'quit';
    try {
      const reply = await askPackage(wire, 'QUIT', () => wire.QUIT());
      if (reply.kind !== 'ok' && this.deletes > 0) throw this.quitRefused(this.clean(reply));
    } catch (error) {
      if (this.deletes > 0) throw error instanceof MailError && error.code === 'quit-refused' ? error : this.quitRefused('', error);
    } finally {
      await wire.close();
    }
  }

  abort(): void {
    this.opened.wire.break(new MailError('cancelled', 'the session was cancelled', true));
  }

  private accept(reply: Reply): Reply {
    if (reply.kind === 'ok') return reply;
    throw this.refused(reply);
  }

  private refused(reply: Reply): MailError {
    return refusal(reply, 'command', { ...this.opened.wire.facts(), said: this.clean(reply) });
  }

  private clean(reply: Reply): string {
    return this.opened.transcript.clean(reply.text);
  }

  private quitRefused(said: string, cause?: unknown): MailError {
    const why = cause instanceof Error ? cause.message : said;
    const facts = { ...this.opened.wire.facts(), ...(said === '' ? {} : { said }), cause };
    return new MailError('quit-refused', `the server may not have deleted what it was told to: ${why}`, true, facts);
  }
}
