// The folders of an account: names by levels, special use (RFC 6154), subscription, and what STATUS says of each.
import type { ListResponse } from 'imapflow';
import type { Connection } from './connect.js';

export type MailRole = 'inbox' | 'drafts' | 'sent' | 'trash' | 'junk' | 'archive' | null;

export interface MailFolder {
  /** As the server takes it. */
  readonly path: string;
  /** Levels joined by '/'; '' for the inbox. */
  readonly name: string;
  readonly role: MailRole;
  readonly subscribed: boolean;
  /** False: only there for what is below it. */
  readonly selectable: boolean;
  readonly total: number;
  readonly unread: number;
  /** Anything that tells one state of the folder from the next; '' where the server did not say. */
  readonly mark: string;
}

const roles: Readonly<Record<string, MailRole>> = {
  '\\Inbox': 'inbox',
  '\\Drafts': 'drafts',
  '\\Sent': 'sent',
  '\\Trash': 'trash',
  '\\Junk': 'junk',
  '\\Archive': 'archive',
};
const wanted = { messages: true, unseen: true, uidNext: true, uidValidity: true, highestModseq: true } as const;

export async function listTree(connection: Connection): Promise<readonly MailFolder[]> {
  const listed = await connection.demand('mailbox', (client) => client.list({ statusQuery: wanted }));
  return listed.map(folderOf);
}

function folderOf({ path, parent, name, flags, specialUse, subscribed, status }: ListResponse): MailFolder {
  const inbox = path.toUpperCase() === 'INBOX';
  const selectable = !flags.has('\\Noselect') && !flags.has('\\NonExistent');
  const { messages = 0, unseen = 0, uidNext, uidValidity, highestModseq } = status ?? {};
  return {
    path,
    name: inbox ? '' : [...parent, name].join('/'),
    role: inbox ? 'inbox' : (roles[specialUse ?? ''] ?? null),
    // Left out where it is not, whatever the package's types say.
    subscribed: inbox || subscribed === true,
    selectable,
    total: messages,
    unread: unseen,
    mark: uidNext === undefined ? '' : [uidValidity, uidNext, messages, unseen, highestModseq ?? ''].join(' '),
  };
}

export interface Quota {
  /** Octets. */
  readonly used: number;
  readonly limit: number;
}

/** null: the server has none, or does not say. */
export async function readQuota(connection: Connection): Promise<Quota | null> {
  const answer = await connection.ask('mailbox', (client) => client.getQuota('INBOX'));
  const { usage, limit } = (answer ? answer.storage : undefined) ?? {};
  return limit === undefined ? null : { used: usage ?? 0, limit };
}
