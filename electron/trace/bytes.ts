// Bytes as a string of octets, so that structure can be read without deciding on a charset; and that string as text.

/** The header is all we read: a megabyte holds any. */
const most = 1_000_000;

/** One character an octet. A string given is taken as text and brought to octets (UTF-8). */
export function binaryOf(raw: Uint8Array | string): string {
  const bytes = typeof raw === 'string' ? Buffer.from(raw.slice(0, most), 'utf8') : raw;
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, most)).toString('latin1');
}

/** UTF-8 where it is UTF-8, else Shift_JIS where it is that and Japanese, else Latin-1. For display only. */
export function textOf(binary: string): string {
  if (!/[\x80-\xff]/.test(binary)) return binary;
  const bytes = Buffer.from(binary, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return japanese(bytes) ?? binary;
  }
}

function japanese(bytes: Uint8Array): string | null {
  for (const charset of ['shift_jis', 'euc-jp']) {
    try {
      const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
      if (/[\u3040-\u30ff\u4e00-\u9fff]{2}/.test(text)) return text;
    } catch {
      // Not that charset: the next one, or Latin-1.
    }
  }
  return null;
}

/** Null for a charset nobody knows. */
export function decodeCharset(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return null;
  }
}
