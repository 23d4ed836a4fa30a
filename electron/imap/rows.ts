// What a list shows of messages, asked for in one command each: flags, size, arrival, the header fields that matter, parts.
import type { FetchMessageObject, ImapFlow, MessageStructureObject } from 'imapflow';
import { lettersOf } from './flags.js';

export interface MailRow {
  readonly uid: number;
  /** A Maildir's letters. */
  readonly letters: string;
  /** RFC822.SIZE. */
  readonly octets: number;
  /** INTERNALDATE, milliseconds since 1970. */
  readonly received: number;
  /** The fields below as they stand, CRLF lines. */
  readonly header: Uint8Array;
  readonly attachments: number;
}

const fields = [
  'From',
  'Sender',
  'Reply-To',
  'To',
  'Cc',
  'Bcc',
  'Subject',
  'Date',
  'Message-ID',
  'References',
  'In-Reply-To',
  'Content-Type',
  'Return-Path',
];

/** By UID or, where `uid` is false, by number. Nothing is marked as read. */
export async function readRows(client: ImapFlow, range: string, uid: boolean): Promise<readonly MailRow[]> {
  const rows: MailRow[] = [];
  const query = { uid: true, flags: true, size: true, internalDate: true, bodyStructure: true, headers: fields };
  // NIL for a message that another client has expunged meanwhile, whatever the package's types say.
  for await (const message of client.fetch(range, query, { uid }))
    if (message.uid > 0 && message.headers instanceof Uint8Array) rows.push(rowOf(message));
  return rows;
}

function rowOf({ uid, flags, size, internalDate, headers, bodyStructure }: FetchMessageObject): MailRow {
  const received = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime();
  return {
    uid,
    letters: lettersOf(flags ?? []),
    octets: size ?? 0,
    received: Number.isNaN(received) ? 0 : received,
    header: headers ?? new Uint8Array(),
    attachments: bodyStructure === undefined ? 0 : countAttachments(bodyStructure),
  };
}

/** As the index counts them when it has the message. */
function countAttachments(node: MessageStructureObject, inRelated = false): number {
  if (node.childNodes !== undefined && node.type !== 'message/rfc822') {
    const related = inRelated || node.type === 'multipart/related';
    return node.childNodes.reduce((sum, child) => sum + countAttachments(child, related), 0);
  }
  if (node.disposition === 'attachment') return 1;
  const named = node.dispositionParameters?.filename !== undefined || node.parameters?.name !== undefined;
  if (inRelated && node.id !== undefined) return 0;
  if (node.type === 'text/plain' || node.type === 'text/html') return named && node.disposition !== 'inline' ? 1 : 0;
  return node.type === 'message/delivery-status' || node.type === 'text/rfc822-headers' || node.type.startsWith('multipart/') ? 0 : 1;
}
