// RFC 2047 encoded words in a header value, as senders write them: split inside a character, without blanks around,
// with raw 8-bit beside. The value comes as Latin-1 (one character an octet) and goes out as text.
import { decodeText } from './charset.js';

/** Characters of one value that are decoded; the rest is cut. */
const valueLimit = 100_000;
const encodedWord = /=\?([^?\s]{1,60})\?([bBqQ])\?([^?\n]*)\?=/g;

interface Piece {
  /** null: not an encoded word. */
  readonly charset: string | null;
  readonly bytes: Buffer;
}

function qBytes(text: string): Buffer {
  const plain = text
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

function pieces(value: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of value.matchAll(encodedWord)) {
    const [all, charset = '', encoding = '', text = ''] = match;
    const between = value.slice(end, match.index);
    // White space between two encoded words is not part of the text.
    if (between !== '' && !(found.length > 0 && between.trim() === ''))
      found.push({ charset: null, bytes: Buffer.from(between, 'latin1') });
    // RFC 2231 section 5: charset*language.
    const name = charset.replace(/\*.*$/, '').toLowerCase();
    found.push({ charset: name, bytes: /b/i.test(encoding) ? Buffer.from(text, 'base64') : qBytes(text) });
    end = match.index + all.length;
  }
  if (end < value.length) found.push({ charset: null, bytes: Buffer.from(value.slice(end), 'latin1') });
  return found;
}

/** Neighbours of one charset are joined before they are decoded: senders cut characters in two. */
function joined(list: readonly Piece[]): readonly Piece[] {
  const result: { charset: string | null; parts: Buffer[] }[] = [];
  for (const { charset, bytes } of list) {
    const last = result.at(-1);
    if (last !== undefined && charset !== null && last.charset === charset) last.parts.push(bytes);
    else result.push({ charset, parts: [bytes] });
  }
  return result.map(({ charset, parts }) => ({ charset, bytes: Buffer.concat(parts) }));
}

/** Text without control characters (a header is one line). */
export function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}

/** Decodes a header value. Never throws. */
export function decodeWords(value: string): string {
  const cut = value.length > valueLimit ? value.slice(0, valueLimit) : value;
  if (!cut.includes('=?') && !/[^\x20-\x7e]/.test(cut)) return cut.trim();
  const text = joined(pieces(cut))
    .map(({ charset, bytes }) => decodeText(bytes, charset))
    .join('');
  return oneLine(text).trim();
}
