// A message inside a message (message/rfc822): `ID!PART` names it, and ID may be one itself. Its bytes are laid out as a
// file in run/, so that everything that reads messages can read it; run/ does not outlive the station.
import { createHash } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../shared/error.js';
import type { Envelope } from '../../shared/message.js';
import type { IndexedMessage } from '../message/text.js';
import type { MessageReader } from './catalog-reader.js';

export interface PresentMessage {
  readonly envelope: Envelope;
  readonly path: string;
  readonly octets: number;
}
export interface Inside {
  /** Throws MailError `not-found` where the part is no message, `unparsable` where the outer one cannot be read. */
  open(id: string): Promise<PresentMessage>;
  close(): Promise<void>;
}
export interface InsideDeps {
  /** Folder of its own; made when it is needed. */
  readonly folder: string;
  readonly reader: Pick<MessageReader, 'part' | 'index'>;
  readonly outer: (id: string) => Promise<PresentMessage>;
}

const mark = '!';
/** How deep a message is opened in a message (S21), and how many laid out at a time. */
const [depthLimit, kept] = [20, 20];

export const isInside = (id: string) => id.includes(mark);
/** The message of the list that this one is in, or is. */
export const outermost = (id: string) => id.split(mark)[0] ?? id;

const none = () => new MailError('not-found', 'there is no such message inside this one', false);

export function openInside({ folder, reader, outer }: InsideDeps): Inside {
  const laid = new Map<string, PresentMessage>();
  const remember = async (id: string, found: PresentMessage) => {
    laid.set(id, found);
    const [oldest] = laid.entries();
    if (laid.size <= kept || oldest === undefined) return;
    laid.delete(oldest[0]);
    await rm(oldest[1].path, { force: true });
  };
  const layOut = async (id: string): Promise<PresentMessage> => {
    const at = id.lastIndexOf(mark);
    const around = await outer(id.slice(0, at));
    const part = await reader.part({ path: around.path, part: id.slice(at + 1), base: '', charset: null });
    if (part === null || !/^message\/(rfc822|global)$/.test(part.type)) throw none();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.eml`);
    await writeFile(path, part.bytes, { mode: 0o600 });
    const [indexed] = await reader.index([path]);
    if (indexed === null || indexed === undefined) throw none();
    return { path, octets: part.bytes.length, envelope: envelopeInside(id, indexed, around.envelope) };
  };
  return {
    async open(id) {
      if (id.split(mark).length > depthLimit) throw none();
      const known = laid.get(id);
      if (known !== undefined && (await stat(known.path).catch(() => null)) !== null) return known;
      const found = await layOut(id);
      await remember(id, found);
      return found;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What lies inside was scanned with what it lies in; nothing that it says of itself counts for the verdict. */
function envelopeInside(id: string, { head, preview, octets, attachments }: IndexedMessage, around: Envelope): Envelope {
  return {
    ...around,
    id,
    from: head.from,
    to: head.to,
    subject: head.subject,
    preview,
    date: head.date === null ? null : new Date(head.date).toISOString(),
    octets,
    flags: { seen: true, flagged: false, answered: false, forwarded: false, draft: false, trashed: false },
    attachments,
    messageId: head.messageId,
    thread: id,
    threadCount: 1,
    bounce: head.bounce,
  };
}
