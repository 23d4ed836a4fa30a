// One message for the reading pane. mailparser reads it; where it cannot, or would show wrong characters (undeclared
// charsets, a boundary that never comes), our own light reader (parts.ts) or the raw bytes speak, and the view says so.
import { knownCharset } from './charset.js';
import { encodedAttachment, encodedFiles, mayHoldFiles, withoutFiles } from './encoded-parts.js';
import { headerEnd } from './header.js';
import { firstField, type HeaderField } from './headers.js';
import { htmlToText } from './html-text.js';
import { htmlCharacters, textCharacters } from './limits.js';
import { parseParameters } from './parameters.js';
import { leafParts, leafText } from './parts.js';
import { protectionOf } from './protection.js';
import { type Parsed, parseFile } from './view-parse.js';
import { type Beginning, commonView, type ParsedMessage, rawView, readBeginning } from './view-raw.js';

export interface Texts {
  readonly text: string | null;
  readonly html: string | null;
}

/** A charset that was wrong or missing leaves these behind: replacement characters, or bare ISO-2022-JP. */
const garbled = (text: string | null) => text !== null && (text.includes('\ufffd') || text.includes('\x1b$'));

/** The texts with charsets guessed, or with the one that the reader chose. */
function ownTexts({ bytes, fields }: Beginning, charset: string | null): Texts {
  const leaves = leafParts(bytes, fields).filter((leaf) => leaf.disposition !== 'attachment');
  const chosen = knownCharset(charset);
  const read = (type: string) => {
    const found = leaves
      .filter((leaf) => leaf.type === type)
      .map((leaf) => leafText(chosen === null ? leaf : { ...leaf, charset: chosen }, htmlCharacters));
    return found.length === 0 ? null : found.join('\n').replace(/\r\n/g, '\n');
  };
  return { text: read('text/plain'), html: read('text/html') };
}

/** mailparser's texts, unless the reader chose a charset or they are garbled. */
export function chooseTexts(parsed: Parsed, beginning: Beginning, charset: string | null): Texts {
  const leaves = leafParts(beginning.bytes, beginning.fields);
  // Our own decoder forgives more: half-width kana, no return to ASCII at the end of a line.
  const japanese = leaves.some((leaf) => knownCharset(leaf.charset) === 'iso-2022-jp');
  if (knownCharset(charset) === null && !japanese && !garbled(parsed.text) && !garbled(parsed.html)) return parsed;
  const own = ownTexts(beginning, charset);
  return { text: own.text ?? parsed.text, html: own.html ?? parsed.html };
}

const remote = /(?:\b(?:src|srcset|background|poster|data)\s*=\s*["']?|url\(\s*["']?)\s*(?:https?:)?\/\//gi;

function countRemote(html: string | null): number {
  return html === null ? 0 : (html.match(remote)?.length ?? 0);
}

function blankBody({ bytes }: Beginning): boolean {
  return bytes.toString('latin1', headerEnd(bytes)).trim() === '';
}

function parsedView(parsed: Parsed, beginning: Beginning, charset: string | null): ParsedMessage {
  const { text: whole, html } = chooseTexts(parsed, beginning, charset);
  const files = whole !== null && mayHoldFiles(whole) ? encodedFiles(beginning) : [];
  const text = files.length > 0 && whole !== null ? withoutFiles(whole) : whole;
  const plain = text?.trim() ?? '';
  const fromHtml = plain === '' && html !== null;
  const shown = (fromHtml ? htmlToText(html, textCharacters) : (text ?? '')).slice(0, textCharacters).replaceAll('\0', '\ufffd');
  return {
    ...commonView(beginning, shown, charset),
    text: shown,
    textFrom: fromHtml ? 'html' : 'text',
    hasHtml: html !== null && html.length <= htmlCharacters,
    remoteImages: countRemote(html),
    attachments: [...parsed.attachments, ...files.map(encodedAttachment)],
    protection: protectionOf(
      beginning.fields,
      shown,
      parsed.attachments.map(({ type }) => type),
    ),
    unparsable: null,
  };
}

function isMultipart(fields: readonly HeaderField[]): boolean {
  return parseParameters(firstField(fields, 'content-type')).value.startsWith('multipart/');
}

/** Throws only what the file system says; anything about the message itself becomes a raw view. */
export async function readView(path: string, charset: string | null): Promise<ParsedMessage> {
  const beginning = await readBeginning(path);
  if (beginning.fields.length === 0 && headerEnd(beginning.bytes) > 0) return rawView(beginning, charset, 'it has no header');
  let parsed: Parsed;
  try {
    parsed = await parseFile(path);
  } catch (error) {
    return rawView(beginning, charset, error instanceof Error ? error.message : String(error));
  }
  const view = parsedView(parsed, beginning, charset);
  const empty = view.text.trim() === '' && !view.hasHtml && view.attachments.length === 0;
  if (empty && isMultipart(beginning.fields) && !blankBody(beginning)) return rawView(beginning, charset, 'its parts cannot be told apart');
  return view;
}
