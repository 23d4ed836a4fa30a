// Bytes to text: by the charset they claim, or by the one they must be in. For display and search only.
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { decodeIso2022jp } from './iso2022jp.js';

/** What a claim of this charset really means in mail: the superset that senders use. */
const supersets: Readonly<Record<string, string>> = {
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  shift_jis: 'cp932',
  'shift-jis': 'cp932',
  sjis: 'cp932',
  'x-sjis': 'cp932',
  'windows-31j': 'cp932',
  ms_kanji: 'cp932',
  'x-euc-jp': 'euc-jp',
  eucjp: 'euc-jp',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'ks_c_5601-1987': 'cp949',
  'euc-kr': 'cp949',
  'iso-8859-8-i': 'iso-8859-8',
  'iso-8859-9': 'windows-1254',
};
/** Not charsets of mail: UTF-7 hides markup from filters, the others are transfer encodings. */
const refused = /^(unicode-?1-?1-?)?utf-?7(-imap)?$|^base64$|^hex$|^binary$|^ucs-?2$/;
/** Octets looked at for a guess. */
const sampleSize = 65_536;

/** Decodes `bytes`; `claimed` null or unknown: guessed. Never throws. */
export function decodeText(bytes: Uint8Array, claimed: string | null): string {
  const charset = knownCharset(claimed);
  if (charset === null) return decodeAs(bytes, guessCharset(bytes));
  // ASCII and Latin-1 are what mailers claim when they do not know.
  if (charset === 'windows-1252' && !/125/.test(claimed ?? '')) return decodeAs(bytes, guessCharset(bytes));
  if (charset === 'utf-8' && !isUtf8(bytes)) return decodeAs(bytes, guessCharset(bytes, 'utf-8'));
  return decodeAs(bytes, charset);
}

function decodeAs(bytes: Uint8Array, charset: string): string {
  if (charset.startsWith('iso-2022-jp')) return decodeIso2022jp(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return charset === 'utf-8' ? buffer.toString('utf8').replace(/^\ufeff/, '') : iconv.decode(buffer, charset);
}

/** The decoder's name for a claimed charset, or null where there is none. */
export function knownCharset(claimed: string | null): string | null {
  const name = (claimed ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  if (name === '' || refused.test(name)) return null;
  if (name.startsWith('iso-2022-jp')) return 'iso-2022-jp';
  if (name === 'utf8' || name === 'utf-8') return 'utf-8';
  const charset = supersets[name] ?? name;
  return iconv.encodingExists(charset) ? charset : null;
}

/** The charset that undeclared bytes are in; `almost` is taken where nothing else fits without a fault. */
export function guessCharset(bytes: Uint8Array, almost = 'windows-1252'): string {
  const sample = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, sampleSize));
  const eightBit = sample.some((byte) => byte > 0x7f);
  if (!eightBit) return sample.includes('\x1b$') || sample.includes('\x1b(J') || sample.includes('\x1b(I') ? 'iso-2022-jp' : 'utf-8';
  if (isUtf8(bytes) || isNearlyUtf8(sample)) return 'utf-8';
  const japanese = [
    { charset: 'euc-jp', score: scoreEucJp(sample) },
    { charset: 'cp932', score: scoreCp932(sample) },
  ].sort((a, b) => b.score - a.score)[0];
  return japanese !== undefined && japanese.score > 0 ? japanese.charset : almost;
}

/** UTF-8 that was cut or damaged: more characters are right than wrong. Other charsets have hardly any that are right. */
function isNearlyUtf8(sample: Buffer): boolean {
  const text = sample.toString('utf8');
  const wrong = text.match(/\ufffd/g)?.length ?? 0;
  const right = text.match(/[^\x00-\x7f\ufffd]/g)?.length ?? 0;
  return right > 0 && right >= wrong;
}

const inRange = (byte: number | undefined, low: number, high: number) => byte !== undefined && byte >= low && byte <= high;

/** Points for kana and common kanji; -1 as soon as a sequence is impossible. A cut-off last character is no fault. */
function scoreEucJp(bytes: Buffer): number {
  let score = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const length = lead === 0x8f ? 3 : 2;
    if (at + length > bytes.length) break;
    const trailFine = lead === 0x8e ? inRange(bytes[at + 1], 0xa1, 0xdf) : inRange(bytes[at + 1], 0xa1, 0xfe);
    if (!(lead === 0x8e || lead === 0x8f || inRange(lead, 0xa1, 0xfe)) || !trailFine) return -1;
    score += lead === 0xa4 || lead === 0xa5 ? 3 : inRange(lead, 0xb0, 0xcf) ? 1 : 0.1;
    at += length - 1;
  }
  return score;
}

function scoreCp932(bytes: Buffer): number {
  let score = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    if (inRange(lead, 0xa1, 0xdf)) {
      score += 0.2;
      continue;
    }
    if (at + 1 >= bytes.length) break;
    const trail = bytes[at + 1];
    if (!(inRange(lead, 0x81, 0x9f) || inRange(lead, 0xe0, 0xfc)) || !(inRange(trail, 0x40, 0x7e) || inRange(trail, 0x80, 0xfc))) return -1;
    score += (lead === 0x82 && inRange(trail, 0x9f, 0xf1)) || lead === 0x83 ? 3 : inRange(lead, 0x88, 0x97) ? 1 : 0.1;
    at += 1;
  }
  return score;
}
