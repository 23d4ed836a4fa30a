// A folder of an IMAP account as a maildrop: listed, retrieved from, and emptied of what was delivered. A message is its
// UIDVALIDITY and UID (RFC 9051 section 2.3.1.1). Nothing is marked or deleted before quit().
import { MailError } from '../../shared/error.js';
import type { Certificate } from '../../shared/station.js';
import { batches, sequences, type Wanted } from './batches.js';
import { type Retrieved, retrieveBatch } from './body.js';
import { type Connection, connect, type ImapOptions } from './connect.js';
import { limits } from './limits.js';

export { peerCertificate } from '../net/certificate.js';
export type { ImapOptions } from './connect.js';

export interface ImapEntry {
  /** The UID. */
  readonly number: number;
  /** RFC822.SIZE: CRLF is two. */
  readonly octets: number;
  /** `UIDVALIDITY:UID`. */
  readonly uidl: string;
}

export interface ImapSession {
  readonly greeting: string;
  readonly capabilities: readonly string[];
  readonly remoteAddress: string | null;
  readonly tls: { readonly protocol: string; readonly cipher: string; readonly certificate: Certificate } | null;
  list(): Promise<readonly ImapEntry[]>;
  /** In order, by BODY.PEEK; one batch is fetched while another is taken. */
  retrieve(wanted: AsyncIterable<Wanted>): AsyncIterable<Retrieved>;
  /** Remembered until quit(), which marks and expunges. */
  delete(number: number): Promise<'deleted'>;
  /** Deletes what is to be deleted, and nothing else, and ends. Throws MailError `quit-refused` when that may not have happened. */
  quit(): Promise<void>;
  /** Drops the connection: nothing is deleted. What is under way fails with `cancelled`. */
  abort(): void;
  /** The header alone, LF lines, nothing marked; null where the message is not there any more. */
  header(number: number): Promise<Buffer | null>;
  /** For the account test; in words. */
  describe(): Promise<string>;
}

/**
 * Connects, secures as asked, logs in, selects the folder. Throws MailError: dns, refused, unreachable, timeout, connection-lost,
 * tls-*, starttls-*, greeting, protocol, limit, server-*, mailbox-busy, auth*, credentials-invalid, cancelled. Nothing is left
 * open then; peerCertificate(error) gives the certificate that was refused.
 */
export async function openImapSource(options: ImapOptions & { readonly folder: string }): Promise<ImapSession> {
  const connection = await connect(options);
  try {
    const { uidValidity, exists } = await connection.ask('select', (client) => client.mailboxOpen(options.folder));
    return new Session(connection, options.folder, String(uidValidity), exists);
  } catch (error) {
    connection.close();
    throw error;
  }
}

class Session implements ImapSession {
  readonly greeting: string;
  readonly capabilities: readonly string[];
  readonly remoteAddress: string | null;
  readonly tls: ImapSession['tls'];
  private readonly doomed = new Set<number>();

  constructor(
    private readonly connection: Connection,
    private readonly folder: string,
    private readonly validity: string,
    private readonly messages: number,
  ) {
    this.greeting = connection.greeting;
    this.capabilities = [...connection.client.capabilities.keys()];
    this.remoteAddress = connection.dial.remoteAddress;
    this.tls = connection.dial.tls();
  }

  async list(): Promise<readonly ImapEntry[]> {
    if (this.messages === 0) return [];
    const sizes = new Map<number, number>();
    await this.connection.ask('list', async (client) => {
      for await (const { uid, size } of client.fetch('1:*', { uid: true, size: true }, { uid: true })) {
        if (size !== undefined) sizes.set(uid, size);
        if (sizes.size > limits.listing) throw new MailError('limit', 'the folder has too many messages', true, { limit: 'listing' });
      }
    });
    return [...sizes]
      .sort(([one], [other]) => one - other)
      .map(([number, octets]) => ({ number, octets, uidl: `${this.validity}:${number}` }));
  }

  async *retrieve(wanted: AsyncIterable<Wanted>): AsyncGenerator<Retrieved> {
    const groups = batches(wanted, { messages: limits.batchMessages, octets: limits.batchOctets });
    const begin = (): Promise<readonly Retrieved[] | null> => {
      const batch = groups.next().then(({ done, value }) => (done ? null : retrieveBatch(this.connection, value)));
      // It fails where it is awaited; until then nobody listens.
      batch.catch(() => undefined);
      return batch;
    };
    try {
      for (let next = begin(); ; ) {
        const batch = await next;
        if (batch === null) return;
        next = begin();
        yield* batch;
      }
    } finally {
      // Not awaited: it may be waiting for more to be wanted.
      groups.return(undefined).catch(() => undefined);
    }
  }

  async delete(number: number): Promise<'deleted'> {
    this.doomed.add(number);
    return 'deleted';
  }

  async quit(): Promise<void> {
    try {
      if (this.doomed.size > 0) await this.expunge();
      await this.connection.ask('quit', (client) => client.logout()).catch(() => undefined);
    } finally {
      this.connection.close();
    }
  }

  abort(): void {
    this.connection.break(new MailError('cancelled', 'the session was cancelled', true));
  }

  async header(number: number): Promise<Buffer | null> {
    const found = await this.connection.ask('retrieve', (client) => client.fetchOne(String(number), { headers: true }, { uid: true }));
    if (found === false || found.headers === undefined) return null;
    return Buffer.from(found.headers.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  }

  async describe(): Promise<string> {
    const { client } = this.connection;
    const folders = await this.connection.ask('mailbox', () => client.list());
    const quota = await this.connection.ask('mailbox', () => client.getQuota(this.folder));
    const special = folders.flatMap(({ specialUse }) => (specialUse === undefined || specialUse === '\\Inbox' ? [] : [specialUse]));
    return [
      `${this.messages} messages in ${this.folder}`,
      `${folders.length} folders`,
      special.length === 0 ? 'no special use' : `special use ${special.map((name) => name.replace('\\', '')).join(' ')}`,
      client.capabilities.has('IDLE') ? 'IDLE' : 'no IDLE',
      quotaWords(quota),
    ].join(', ');
  }

  private async expunge(): Promise<void> {
    try {
      if (!this.connection.client.capabilities.has('UIDPLUS')) await this.refuseOthers();
      for (const range of sequences([...this.doomed], limits.uids)) await this.expungeRange(range);
    } catch (error) {
      if (error instanceof MailError && error.code === 'quit-refused') throw error;
      throw this.refused(error instanceof Error ? error.message : String(error), error);
    }
  }

  private async expungeRange(range: string): Promise<void> {
    const confirmed = await this.connection.ask('quit', async (client) => {
      if (!(await client.messageDelete(range, { uid: true }))) return false;
      const left = await client.search({ uid: range }, { uid: true });
      return Array.isArray(left) && left.length === 0;
    });
    if (!confirmed) throw this.refused('it did not confirm');
  }

  /** Without UIDPLUS (RFC 4315) EXPUNGE removes whatever is marked, also by another client. */
  private async refuseOthers(): Promise<void> {
    const marked = await this.connection.ask('quit', (client) => client.search({ deleted: true }, { uid: true }));
    if (!Array.isArray(marked)) throw this.refused('it does not say what is marked as deleted');
    if (marked.some((uid) => !this.doomed.has(uid)))
      throw this.refused('another program has marked messages as deleted, and this server cannot delete only ours');
  }

  private refused(why: string, cause?: unknown): MailError {
    const facts = { ...this.connection.dial.facts(), step: 'quit', cause };
    return new MailError('quit-refused', `the server may not have deleted what it was told to: ${why}`, true, facts);
  }
}

/** imapflow gives octets. */
function quotaWords(quota: false | { readonly storage?: { readonly usage?: number; readonly limit?: number } }): string {
  const { usage, limit } = (quota === false ? undefined : quota.storage) ?? {};
  if (limit === undefined) return 'no quota';
  return `quota ${usage ?? 0} of ${limit} octets`;
}
