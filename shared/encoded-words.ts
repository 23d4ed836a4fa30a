// RFC 2047 encoded words made readable. Words of one charset that stand together are joined before they are decoded,
// since senders split characters across them. What cannot be decoded stays as it is. The charset decoder is given.

/** Text of `bytes`, or null for an unknown charset. */
export type DecodeCharset = (charset: string, bytes: Uint8Array) => string | null;

const word = /=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,2000})\?=/gi;
const run = /(?:=\?[^?\s]{1,60}\?[bq]\?[^?\s]{0,2000}\?=\s{0,20}){1,500}/gi;

export function decodeWords(text: string, decode: DecodeCharset): string {
  if (!text.includes('=?')) return text;
  return text.replaceAll(run, (words) => joined(words, decode) + (/\s$/.test(words) ? ' ' : ''));
}

interface Pending {
  readonly charset: string;
  readonly whole: string;
  readonly bytes: readonly number[];
}

function joined(words: string, decode: DecodeCharset): string {
  const runs: Pending[] = [];
  for (const [whole, charset = '', encoding = '', body = ''] of words.matchAll(word)) {
    const [last, name] = [runs.at(-1), charset.toLowerCase()];
    const bytes = encoding.toLowerCase() === 'b' ? base64Bytes(body) : quotedBytes(body);
    if (last?.charset === name) runs[runs.length - 1] = { charset: name, whole: last.whole + whole, bytes: [...last.bytes, ...bytes] };
    else runs.push({ charset: name, whole, bytes });
  }
  if (runs.length === 0) return words.trimEnd();
  return runs.map(({ charset, whole, bytes }) => decode(charset, Uint8Array.from(bytes)) ?? whole).join('');
}

/** RFC 2047 4.2: `_` is a blank. */
function quotedBytes(body: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < body.length; at += 1) {
    const hex = body[at] === '=' ? /^[0-9a-f]{2}/i.exec(body.slice(at + 1, at + 3))?.[0] : undefined;
    bytes.push(hex === undefined ? (body[at] === '_' ? 32 : body.charCodeAt(at) & 0xff) : Number.parseInt(hex, 16));
    if (hex !== undefined) at += 2;
  }
  return bytes;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64Bytes(body: string): number[] {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const c of body) {
    const value = alphabet.indexOf(c);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  return bytes;
}
