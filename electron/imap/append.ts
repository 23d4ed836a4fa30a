// A folder of an IMAP account that mail is appended to (RFC 9051 6.3.12), and asked whether it has a message already: IMAP has no
// way to append once only, so each message carries its delivery key, and what was cut short is looked for before it is sent again.
import { MailError } from '../../shared/error.js';
import { responseCode } from './append-refusal.js';
import { type Connection, connect, type ImapOptions } from './connect.js';
import { isRefusal } from './errors.js';

export interface AppendFolder {
  /** Is there a message with this key in this field? Servers that search no field of ours are asked by Message-ID and looked at. */
  has(field: string, key: string, messageId: string | null): Promise<boolean>;
  /** Resolves when the server has said OK. CRLF lines. Throws MailError; appendRefusal(error) tells a NO from a lost answer. */
  append(message: Buffer): Promise<void>;
  readonly lost: boolean;
  close(): Promise<void>;
}

/** Throws MailError as openImapSource does; nothing is left open then. */
export async function openAppendFolder(options: ImapOptions & { readonly folder: string }): Promise<AppendFolder> {
  const connection = await connect({ ...options, binary: true });
  return new Folder(connection, options.folder);
}

class Folder implements AppendFolder {
  constructor(
    private readonly connection: Connection,
    /** Levels by / whatever the server's own sign is. */
    private readonly named: string,
  ) {}

  private get folder(): string {
    const sign = this.connection.client.namespace?.delimiter ?? '';
    return sign === '' ? this.named : this.named.replaceAll('/', sign);
  }

  get lost(): boolean {
    return !this.connection.client.usable;
  }

  async has(field: string, key: string, messageId: string | null): Promise<boolean> {
    try {
      return await this.connection.ask('search', async (client) => {
        // Selected anew, so that what came meanwhile is seen.
        await client.mailboxClose();
        await client.mailboxOpen(this.folder, { readOnly: true });
        const found = await client.search({ header: { [field]: key } }, { uid: true });
        if (Array.isArray(found) && found.length > 0) return true;
        if (messageId === null) return false;
        const same = await client.search({ header: { 'Message-ID': messageId } }, { uid: true });
        if (!Array.isArray(same) || same.length === 0) return false;
        for await (const { headers } of client.fetch(same, { uid: true, headers: [field] }, { uid: true }))
          if (headers?.toString('latin1').includes(key)) return true;
        return false;
      });
    } catch (error) {
      // No folder, no message in it: the append makes it.
      if (error instanceof MailError && isRefusal(error.cause)) return false;
      throw error;
    }
  }

  async append(message: Buffer): Promise<void> {
    try {
      await this.connection.ask('append', (client) => client.append(this.folder, message));
    } catch (error) {
      if (responseCode(error) !== 'TRYCREATE') throw error;
      await this.connection.ask('append', (client) => client.mailboxCreate(this.folder));
      await this.connection.ask('append', (client) => client.append(this.folder, message));
    }
  }

  async close(): Promise<void> {
    await this.connection.ask('quit', (client) => client.logout()).catch(() => undefined);
    this.connection.close();
  }
}
