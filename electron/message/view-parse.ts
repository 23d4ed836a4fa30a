// One message through mailparser, streaming from its file: texts and the list of attachments. Attachments pass through a
// hash and are dropped, or one of them is kept (view-part.ts). Throws what mailparser throws: a header over 1 MiB, too many parts.
import { createReadStream } from 'node:fs';
import { type AttachmentStream, MailParser, type MessageText } from 'mailparser';
import type { Attachment } from '../../shared/message.js';
import { isExecutable, shownName, specialOf } from './attachment.js';
import { attachmentLimit, partLimit } from './limits.js';

export interface Parsed {
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly Attachment[];
}
/** Sees the bytes of each attachment; `part` is its number in this message. */
export type Keep = (part: string) => ((chunk: Buffer) => void) | null;

const options = {
  keepDeliveryStatus: true,
  keepCidLinks: true,
  skipTextToHtml: true,
  skipHtmlToText: true,
  ignoreEmbedded: true,
  checksumAlgo: 'sha256',
  maxChildNodes: partLimit + 100,
};

/** Index paths are as IMAP counts them; where a broken message has two of one number, the later one gets a number of its own. */
function partNumber(stream: AttachmentStream, used: Set<string>): string {
  const given = stream.partId ?? '1';
  const part = used.has(given) || !/^\d{1,4}(\.\d{1,4}){0,100}$/.test(given) ? String(5000 + used.size) : given;
  used.add(part);
  return part;
}

function readAttachment(stream: AttachmentStream, part: string, keep: Keep): Promise<Attachment> {
  const kept = keep(part);
  let octets = 0;
  return new Promise((resolve, reject) => {
    stream.content.on('data', (chunk: Buffer) => {
      octets += chunk.length;
      kept?.(chunk);
    });
    stream.content.on('error', reject);
    stream.content.on('end', () => {
      resolve(attachmentOf(stream, part, octets));
      stream.release?.();
    });
  });
}

function attachmentOf(stream: AttachmentStream, part: string, octets: number): Attachment {
  const type = (stream.contentType || 'application/octet-stream').toLowerCase().slice(0, 200);
  const name = shownName(stream.filename, type, part);
  const contentId = stream.cid ?? null;
  return {
    part,
    name,
    type,
    octets,
    inline: stream.contentDisposition === 'inline' || (stream.related === true && contentId !== null),
    contentId,
    executable: isExecutable(name, type),
    sha256: stream.checksum ?? '',
    special: specialOf(name, type),
  };
}

/** Resolves when the whole file has been read. */
export async function parseFile(path: string, keep: Keep = () => null): Promise<Parsed> {
  const parser = new MailParser(options);
  const attachments: Attachment[] = [];
  const used = new Set<string>();
  let texts: MessageText | null = null;
  const source = createReadStream(path);
  source.on('error', (error) => parser.destroy(error));
  const ended = new Promise<void>((resolve, reject) => {
    parser.on('data', (found: AttachmentStream | MessageText) => {
      if (found.type === 'text') texts = found;
      else
        readAttachment(found, partNumber(found, used), keep).then(
          (one) => attachments.length < attachmentLimit && attachments.push(one),
          reject,
        );
    });
    parser.on('error', reject);
    parser.on('end', resolve);
  });
  try {
    source.pipe(parser);
    await ended;
  } finally {
    source.destroy();
  }
  const { text, html } = (texts ?? {}) as Partial<MessageText>;
  return { text: text ?? null, html: html ?? null, attachments };
}
