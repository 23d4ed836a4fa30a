// One message as the catalog keeps it: its head, first words, what to search, how many attachments. Runs in the worker.
import { type FileHandle, open } from 'node:fs/promises';
import type { BounceReport } from '../../shared/bounce.js';
import { headOf, type MessageHead } from './envelope.js';
import { readHeaders } from './headers.js';
import { htmlToText } from './html-text.js';
import { indexCharacters, indexOctets } from './limits.js';
import { isAttachment, type LeafPart, leafParts, leafText } from './parts.js';
import { previewOf } from './preview.js';
import { indexWords } from './words.js';

export interface IndexedMessage {
  readonly path: string;
  readonly head: MessageHead;
  readonly preview: string;
  readonly octets: number;
  /** Milliseconds since 1970: when the file was delivered (its mtime). */
  readonly received: number;
  readonly attachments: number;
  /** What it reports of another message; null: nothing. */
  readonly report: BounceReport | null;
  /** Folded and cut, ready for the full-text index. */
  readonly words: { readonly from: string; readonly to: string; readonly subject: string; readonly body: string; readonly names: string };
}
/** null: the file is not there any more. */
export type IndexResult = IndexedMessage | null;

const isText = (part: LeafPart) => part.type === 'text/plain' || part.type === 'text/html' || part.type === 'message/delivery-status';

/** The texts of a message. Of alternatives both count, so that words in the HTML are found as well. */
function bodyText(leaves: readonly LeafPart[]): string {
  const texts: string[] = [];
  let room = indexCharacters;
  for (const part of leaves) {
    if (room <= 0) break;
    if (!isText(part) || part.disposition === 'attachment') continue;
    const text = leafText(part, room * 4);
    const plain = part.type === 'text/html' ? htmlToText(text, room) : text.slice(0, room);
    texts.push(plain);
    room -= plain.length;
  }
  return texts.join('\n');
}

const people = (list: MessageHead['from']) => list.map(({ name, address }) => `${name} ${address}`).join('\n');

/** What a message reports of a delivery, null where it is no report; the entry says who knows. */
export type ReadReport = (raw: Uint8Array) => BounceReport | null;

/** Never throws, whatever the bytes. Without `readReport` the header alone says what is a bounce. */
export function indexMessage(path: string, raw: Uint8Array, octets: number, received: number, readReport?: ReadReport): IndexedMessage {
  const fields = readHeaders(raw);
  const read = headOf(fields);
  const report = readReport?.(raw) ?? null;
  const head = readReport === undefined ? read : { ...read, bounce: report !== null };
  const leaves = leafParts(raw, fields);
  const attached = leaves.filter(isAttachment);
  const body = bodyText(leaves);
  return {
    path,
    head,
    preview: previewOf(body),
    octets,
    received,
    attachments: attached.length,
    report,
    words: {
      from: indexWords(people(head.from)),
      to: indexWords(people([...head.to, ...head.cc, ...head.bcc])),
      subject: indexWords(head.subject),
      body: indexWords(body),
      names: indexWords(leaves.map((part) => part.name ?? '').join('\n')),
    },
  };
}

async function readBeginning(file: FileHandle, size: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(size, indexOctets));
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** Reads and indexes one file. Null when it is gone. Throws what the file system says otherwise. */
export async function indexFile(path: string, readReport?: ReadReport): Promise<IndexResult> {
  try {
    const file = await open(path, 'r');
    try {
      const { size, mtimeMs } = await file.stat();
      return indexMessage(path, await readBeginning(file, size), size, Math.floor(mtimeMs), readReport);
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
