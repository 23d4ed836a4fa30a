// A message of an IMAP folder as a row of the catalog: its header now, its text when it has been opened.
import type { MailRow } from '../imap/rows.js';
import { headOf } from '../message/envelope.js';
import { readHeaders } from '../message/headers.js';
import type { IndexedMessage } from '../message/text.js';
import { indexWords } from '../message/words.js';
import type { NewRow } from './catalog-writer.js';

/** Nobody scanned it here, whatever its header says: what is on a server may say anything of itself. */
export const unscanned = { kind: 'not-scanned', reason: '' } as const;

/** The UID is the base, and a Maildir's letters follow it: the catalog's rows are of one kind. */
export function fileOf(uid: number | string, letters: string): string {
  return `cur/${uid}:2,${letters}`;
}

const people = (list: IndexedMessage['head']['from']) => list.map(({ name, address }) => `${name} ${address}`).join('\n');

export function newRow(folder: number, { uid, letters, octets, received, header, attachments }: MailRow): NewRow {
  const head = { ...headOf(readHeaders(Buffer.from(header))), verdict: unscanned };
  const words = {
    from: indexWords(people(head.from)),
    to: indexWords(people([...head.to, ...head.cc, ...head.bcc])),
    subject: indexWords(head.subject),
    body: '',
    names: '',
  };
  const place = { folder, file: fileOf(uid, letters), base: String(uid), flags: letters };
  return [place, { path: '', head, preview: '', octets, received, attachments, report: null, words }];
}
