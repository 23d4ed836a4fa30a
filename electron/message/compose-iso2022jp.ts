// ISO-2022-JP as old programs read it (RFC 1468): ASCII and JIS X 0208 only, each line ending in ASCII. Half-width kana become
// full-width ones; what the set does not have makes the whole text unencodable.
import iconv from 'iconv-lite';

const toWide = Buffer.from('\x1b$B', 'latin1');
const toAscii = Buffer.from('\x1b(B', 'latin1');
/** Signs that Unicode has twice, Windows' and the standard's: both are this one (rows 1 and 2). */
const twins: readonly (readonly [string, number])[] = [
  ['〜～', 0x2141],
  ['‖∥', 0x2142],
  ['—―', 0x213d],
  ['−－', 0x215d],
  ['¢￠', 0x2171],
  ['£￡', 0x2172],
  ['¬￢', 0x224c],
];

/** Both octets in 7 bits; null: not in JIS X 0208. */
function wide(sign: string): Buffer | null {
  const twin = twins.find(([both]) => both.includes(sign))?.[1];
  if (twin !== undefined) return Buffer.from([twin >> 8, twin & 0xff]);
  const octets = iconv.encode(sign, 'euc-jp');
  const inside = octets.length === 2 && octets.every((octet) => octet >= 0xa1 && octet <= 0xfe) && (octets[0] ?? 0) <= 0xf4;
  return inside && !vendor(octets) ? Buffer.from(octets.map((octet) => octet & 0x7f)) : null;
}

/** Rows 9 to 15 belong to vendors (①, ㈱): other programs show other signs there. */
function vendor(octets: Buffer): boolean {
  const row = (octets[0] ?? 0) - 0xa0;
  return row >= 9 && row <= 15;
}

const signsOf = (text: string) => [...text.replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize('NFKC'))];

/** null where a sign is missing. */
export function encodeIso2022jp(text: string): Buffer | null {
  const parts: Buffer[] = [];
  let isWide = false;
  for (const sign of signsOf(text)) {
    const ascii = sign <= '\x7f';
    const octets = ascii ? Buffer.from(sign, 'latin1') : wide(sign);
    if (octets === null) return null;
    if (isWide === ascii) parts.push(ascii ? toAscii : toWide);
    isWide = !ascii;
    parts.push(octets);
  }
  if (isWide) parts.push(toAscii);
  return Buffer.concat(parts);
}

/** Each missing sign once. */
export function missingInIso2022jp(text: string): string {
  return [...new Set(signsOf(text).filter((sign) => sign > '\x7f' && wide(sign) === null))].join('');
}

/** Signs in one encoded word: 75 characters in all (RFC 2047 2). */
const longestWord = 16;

/** A header's text as encoded words, folded; ASCII as it is. Only for text that can be encoded. */
export function iso2022jpWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const signs = signsOf(text);
  const words: string[] = [];
  for (let at = 0; at < signs.length; at += longestWord) {
    const octets = encodeIso2022jp(signs.slice(at, at + longestWord).join('')) ?? Buffer.alloc(0);
    words.push(`=?ISO-2022-JP?B?${octets.toString('base64')}?=`);
  }
  return words.join('\r\n ');
}
