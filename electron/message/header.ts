// The header block of a raw message, as bytes: where it ends, and the values of a field. Tolerant; never throws.

/** More than this without an empty line is not a header (S21); what is beyond is treated as body. */
export const headerLimit = 1_048_576;

/** Octets of the header block, its closing empty line not counted. A message without body is all header. */
export function headerEnd(raw: Uint8Array): number {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, headerLimit));
  if (bytes[0] === 10 || (bytes[0] === 13 && bytes[1] === 10)) return 0;
  const lf = bytes.indexOf('\n\n');
  const crlf = bytes.indexOf('\n\r\n');
  if (lf < 0 && crlf < 0) return bytes.length;
  return Math.min(lf < 0 ? bytes.length : lf + 1, crlf < 0 ? bytes.length : crlf + 1);
}

/** Unfolded values of one field, top down, decoded as Latin-1 (bytes kept apart one to one). */
export function fieldValues(header: Uint8Array, name: string): readonly string[] {
  const text = Buffer.from(header.buffer, header.byteOffset, header.byteLength).toString('latin1');
  const values: string[] = [];
  const field = new RegExp(`^${name.replace(/[^A-Za-z0-9-]/g, '')}[ \\t]*:([^\\n]*(?:\\n[ \\t][^\\n]*)*)`, 'gim');
  for (const match of text.matchAll(field))
    values.push(
      (match[1] ?? '')
        .replace(/\r?\n[ \t]+/g, ' ')
        .replace(/\r$/, '')
        .trim(),
    );
  return values;
}

/** The address in `value`: what stands in the last angle brackets, else the value without comments. */
export function addressIn(value: string): string {
  const angle = /<([^<>]*)>[^<>]*$/.exec(value);
  return (angle?.[1] ?? value.replace(/\([^()]*\)/g, '')).trim();
}

/** fetchmail's order for an envelope sender (no Return-Path: a guess from the header). '' is the null sender. */
export function envelopeSender(header: Uint8Array): string {
  const [returnPath] = fieldValues(header, 'Return-Path');
  if (returnPath !== undefined) return addressIn(returnPath);
  for (const name of ['Resent-Sender', 'Sender', 'Resent-From', 'From', 'Reply-To', 'Apparently-From']) {
    const [value] = fieldValues(header, name);
    const address = value === undefined ? '' : addressIn(value);
    if (address !== '') return address;
  }
  return '';
}
