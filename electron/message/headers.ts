// The header block as a list of fields, in one pass over the bytes. Lines that are no field (`>From x`, no colon) are
// skipped, as every reader of mail must.
import type { HeaderLine } from '../../shared/message.js';
import { decodeText } from './charset.js';
import { decodeWords } from './encoded-word.js';
import { headerEnd } from './header.js';

/** Fields that are read; a message with more is shown with the first ones. */
const fieldLimit = 20_000;

export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** As written, and the value unfolded; Latin-1, one character an octet. */
  readonly title: string;
  readonly value: string;
  readonly raw: string;
}

const fieldStart = /^([!-9;-~]+)[ \t]*:/;

function field(lines: readonly string[]): HeaderField | null {
  const [first = ''] = lines;
  const title = fieldStart.exec(first)?.[1];
  if (title === undefined) return null;
  const value = [first.slice(first.indexOf(':') + 1), ...lines.slice(1)].map((line) => line.trim()).join(' ');
  return { name: title.toLowerCase(), title, value: value.trim(), raw: lines.join('\n') };
}

/** Fields of the header of `raw` (a whole message, or its beginning), top down. Never throws. */
export function readHeaders(raw: Uint8Array): readonly HeaderField[] {
  const text = Buffer.from(raw.buffer, raw.byteOffset, headerEnd(raw)).toString('latin1');
  return headerFields(text);
}

export function headerFields(block: string): readonly HeaderField[] {
  const fields: HeaderField[] = [];
  let open: string[] = [];
  const close = () => {
    const found = open.length === 0 ? null : field(open);
    if (found !== null) fields.push(found);
    open = [];
  };
  for (const line of block.split('\n')) {
    if (fields.length >= fieldLimit) break;
    const content = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (content === '') continue;
    if ((content.startsWith(' ') || content.startsWith('\t')) && open.length > 0) open.push(content);
    else {
      close();
      open = [content];
    }
  }
  close();
  return fields;
}

export function firstField(fields: readonly HeaderField[], name: string): string | null {
  return fields.find((candidate) => candidate.name === name)?.value ?? null;
}

/** For the pane: decoded, and as it stands. */
export function headerLines(fields: readonly HeaderField[]): readonly HeaderLine[] {
  return fields.map(({ title, value, raw }) => ({
    name: title,
    value: decodeWords(value),
    raw: decodeText(Buffer.from(raw, 'latin1'), null),
  }));
}
