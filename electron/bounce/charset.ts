// Octets to text: transfer encodings and charsets. Undeclared 8-bit is UTF-8 where it is that, else Japanese, else Latin-1.
import { decodeWords } from '../../shared/encoded-words.js';
import { mostText } from './limits.js';

/** `binary` holds one character an octet. Never throws. */
export function decodeText(binary: string, encoding: string, charset: string): string {
  return charsetText(transferDecoded(binary.slice(0, mostText), encoding), charset);
}

function transferDecoded(binary: string, encoding: string): Buffer {
  const name = encoding.toLowerCase();
  if (name.includes('base64')) return Buffer.from(binary, 'base64');
  if (!name.includes('quoted')) return Buffer.from(binary, 'latin1');
  const octets = binary
    .replaceAll(/[ \t]{0,100}=\r?\n/g, (all) => all.replace(/=\r?\n$/, ''))
    .replaceAll(/=([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1');
}

function charsetText(bytes: Buffer, charset: string): string {
  if (!bytes.some((octet) => octet > 0x7f || octet === 0x1b)) return bytes.toString('latin1');
  const declared = charset === '' || /ascii|^unknown|ansi_x3/i.test(charset) ? null : strictly(charset, bytes);
  return declared ?? guessed(bytes);
}

function strictly(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function guessed(bytes: Buffer): string {
  if (/\x1b[$(][@BJ]/.test(bytes.subarray(0, 20_000).toString('latin1'))) return strictly('iso-2022-jp', bytes) ?? bytes.toString('latin1');
  const utf8 = strictly('utf-8', bytes);
  if (utf8 !== null) return utf8;
  for (const charset of ['euc-jp', 'shift_jis', 'gb18030', 'euc-kr', 'big5']) {
    const text = strictly(charset, bytes);
    // Kana, or a sentence of Han: Latin-1 prose does not decode to these by chance.
    if (text !== null && /[\u3040-\u30ff]{3}|[\u4e00-\u9fff]{4}|[\uac00-\ud7a3]{3}/.test(text)) return text;
  }
  return bytes.toString('latin1');
}

/** A header value: its encoded words decoded, its raw 8-bit guessed. */
export function headerText(value: string): string {
  const text = /[\x80-\xff\x1b]/.test(value) ? guessed(Buffer.from(value, 'latin1')) : value;
  return decodeWords(text, (charset, bytes) => strictly(charset, bytes) ?? lenient(charset, bytes)).trim();
}

function lenient(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return null;
  }
}
