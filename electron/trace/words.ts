// RFC 2047 encoded words made readable. Adjacent words of one charset are joined before decoding, since senders split
// characters across them. What cannot be decoded stays as it is.

const word = /=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,2000})\?=/gi;
const run = /(?:=\?[^?\s]{1,60}\?[bq]\?[^?\s]{0,2000}\?=\s*)+/gi;

export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  return text.replaceAll(run, (words) => {
    const blank = /\s$/.test(words) ? ' ' : '';
    return joined(words) + blank;
  });
}

function joined(words: string): string {
  let text = '';
  let pending: { charset: string; bytes: Buffer } | null = null;
  for (const [whole, charset = '', encoding = '', body = ''] of words.matchAll(word)) {
    const bytes = bytesOf(encoding, body);
    if (pending && pending.charset === charset.toLowerCase()) pending.bytes = Buffer.concat([pending.bytes, bytes]);
    else {
      if (pending) text += decode(pending.charset, pending.bytes) ?? whole;
      pending = { charset: charset.toLowerCase(), bytes };
    }
  }
  return pending ? text + (decode(pending.charset, pending.bytes) ?? words.trim()) : words;
}

function bytesOf(encoding: string, body: string): Buffer {
  if (encoding.toLowerCase() === 'b') return Buffer.from(body, 'base64');
  const octets = body
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1');
}

function decode(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return null;
  }
}
