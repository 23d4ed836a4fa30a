// What can be said of a message without mailparser: its header, and its bytes as they stand. Also what is shown of a
// message that killed its reader: then only the beginning is looked at.
import { open } from 'node:fs/promises';
import type { MessageView } from '../../shared/message.js';
import { decodeText, knownCharset } from './charset.js';
import { headOf } from './envelope.js';
import { firstField, type HeaderField, headerLines, readHeaders } from './headers.js';
import { indexOctets, rawOctets } from './limits.js';
import { type LeafPart, leafParts } from './parts.js';

/** A view without what the catalog and the face know. */
export type ParsedMessage = Omit<MessageView, 'envelope' | 'partsUrl'>;

export interface Beginning {
  readonly bytes: Buffer;
  readonly fields: readonly HeaderField[];
}

/** The first octets of a file, at most `most`. */
export async function readBeginning(path: string, most = indexOctets): Promise<Beginning> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(Math.min(size, most));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    const bytes = buffer.subarray(0, bytesRead);
    return { bytes, fields: readHeaders(bytes) };
  } finally {
    await file.close();
  }
}

/** Content-Language, or Japanese where there is kana. */
function languageOf(fields: readonly HeaderField[], text: string): string | null {
  const said = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*/.exec(firstField(fields, 'content-language') ?? '')?.[0];
  return said ?? (/[\u3040-\u30ff]/.test(text.slice(0, 5000)) ? 'ja' : null);
}

function charsetOf(leaves: readonly LeafPart[], chosen: string | null): string | null {
  return knownCharset(chosen) ?? leaves.find((leaf) => leaf.type.startsWith('text/') && leaf.charset !== null)?.charset ?? null;
}

export function commonView(
  { bytes, fields }: Beginning,
  text: string,
  charset: string | null,
): Pick<ParsedMessage, 'cc' | 'replyTo' | 'headers' | 'verdict' | 'language' | 'charset'> {
  const { cc, replyTo, verdict } = headOf(fields);
  return {
    cc,
    replyTo,
    verdict,
    headers: headerLines(fields.slice(0, 2000)),
    language: languageOf(fields, text),
    charset: charsetOf(leafParts(bytes, fields), charset),
  };
}

/** What cannot be parsed is shown as it stands, with the reason. */
export function rawView(beginning: Beginning, charset: string | null, why: string): ParsedMessage {
  const text = decodeText(beginning.bytes.subarray(0, rawOctets), charset).replace(/\r\n/g, '\n').replaceAll('\0', '\ufffd');
  const known = commonView(beginning, text, charset);
  return { ...known, text, textFrom: 'raw', hasHtml: false, remoteImages: 0, attachments: [], protection: null, unparsable: why };
}
