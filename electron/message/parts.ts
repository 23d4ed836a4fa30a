// The MIME tree of a raw message, read lightly for the index: which parts there are, their text, the attachments' names.
// The pane uses mailparser (view.ts); this one is for speed, and never throws.
import { decodeText } from './charset.js';
import { headerEnd } from './header.js';
import { firstField, type HeaderField, headerFields } from './headers.js';
import { nestingLimit, partLimit } from './limits.js';
import { type Parameters, parseParameters } from './parameters.js';

export interface LeafPart {
  readonly type: string;
  readonly charset: string | null;
  readonly encoding: string;
  readonly disposition: string;
  readonly name: string | null;
  readonly inRelated: boolean;
  readonly contentId: boolean;
  /** Still encoded. */
  readonly body: Buffer;
}

interface Range {
  readonly bytes: Buffer;
  readonly depth: number;
  readonly parentType: string;
}

const bodyOf = (bytes: Buffer): Buffer => {
  const end = headerEnd(bytes);
  if (end >= bytes.length) return bytes.subarray(bytes.length);
  return bytes.subarray(end + (bytes[end] === 13 ? 2 : 1));
};

/** Bodies between the lines `--boundary`; a missing end line is forgiven. */
export function splitMultipart(body: Buffer, boundary: string, most = partLimit): readonly Buffer[] {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Buffer[] = [];
  let start = -1;
  for (let at = body.indexOf(mark); at >= 0 && parts.length < most; at = body.indexOf(mark, at + mark.length)) {
    const after = at + mark.length;
    if (!(at === 0 || body[at - 1] === 10) || !endsLine(body, after)) continue;
    if (start >= 0) parts.push(body.subarray(start, Math.max(start, at - (body[at - 2] === 13 ? 2 : 1))));
    const line = body.indexOf(10, after);
    start = line < 0 ? body.length : line + 1;
    if (body[after] === 45 && body[after + 1] === 45) return parts;
  }
  if (start >= 0 && parts.length < most) parts.push(body.subarray(start));
  return parts;
}

/** After the boundary: `--`, blanks, the end of the line. A longer word is another boundary. */
function endsLine(body: Buffer, at: number): boolean {
  const next = body[at];
  return next === undefined || next === 10 || next === 13 || next === 32 || next === 9 || (next === 45 && body[at + 1] === 45);
}

/** A header of a part; a part that begins with an empty line has none. */
function partFields(bytes: Buffer): readonly HeaderField[] {
  return headerFields(bytes.toString('latin1', 0, headerEnd(bytes)));
}

function leaf(fields: readonly HeaderField[], type: Parameters, { bytes, parentType }: Range): LeafPart {
  const disposition = parseParameters(firstField(fields, 'content-disposition'));
  return {
    type: type.value || (parentType === 'multipart/digest' ? 'message/rfc822' : 'text/plain'),
    charset: type.get('charset'),
    encoding: (firstField(fields, 'content-transfer-encoding') ?? '').trim().toLowerCase(),
    disposition: disposition.value,
    name: disposition.get('filename') ?? type.get('name'),
    inRelated: parentType === 'multipart/related',
    contentId: firstField(fields, 'content-id') !== null,
    body: bodyOf(bytes),
  };
}

/** Leaves in reading order, at most `partLimit` of them. */
export function leafParts(raw: Uint8Array, fields: readonly HeaderField[]): readonly LeafPart[] {
  const leaves: LeafPart[] = [];
  const walk = (range: Range, own: readonly HeaderField[]) => {
    if (leaves.length >= partLimit) return;
    const type = parseParameters(firstField(own, 'content-type'));
    const boundary = type.value.startsWith('multipart/') && range.depth < nestingLimit ? type.get('boundary') : null;
    const children = boundary === null || boundary === '' ? [] : splitMultipart(bodyOf(range.bytes), boundary, partLimit - leaves.length);
    if (children.length === 0) leaves.push(leaf(own, type, range));
    for (const bytes of children) walk({ bytes, depth: range.depth + 1, parentType: type.value }, partFields(bytes));
  };
  walk({ bytes: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), depth: 0, parentType: '' }, fields);
  return leaves;
}

/** True for what the list counts with its paper clip: not the message's own text, not images shown inside its HTML. */
export function isAttachment(part: LeafPart): boolean {
  if (part.disposition === 'attachment') return true;
  if (part.type.startsWith('multipart/') && part.name === null) return false;
  if (part.inRelated && part.contentId) return false;
  if (part.type === 'text/plain' || part.type === 'text/html') return part.name !== null && part.disposition !== 'inline';
  return part.type !== 'message/delivery-status' && part.type !== 'text/rfc822-headers';
}

/** Decodes quoted-printable (RFC 2045 section 6.7); what is not an escape stays as it is. */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== 61) {
      out[length++] = byte;
      continue;
    }
    const soft = softBreak(bytes, at + 1);
    const code = soft > 0 ? -1 : hexPair(bytes[at + 1], bytes[at + 2]);
    if (soft > 0) at += soft;
    else if (code < 0) out[length++] = byte;
    else {
      out[length++] = code;
      at += 2;
    }
  }
  return out.subarray(0, length);
}

/** Octets of a soft line break (`=`, blanks, line end) that begins after the `=`, or 0. */
function softBreak(bytes: Buffer, at: number): number {
  let end = at;
  while (bytes[end] === 32 || bytes[end] === 9) end += 1;
  if (bytes[end] === 13 && bytes[end + 1] === 10) return end + 2 - at;
  return bytes[end] === 10 ? end + 1 - at : 0;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function hexPair(high: number | undefined, low: number | undefined): number {
  const first = hexDigit(high);
  const second = hexDigit(low);
  return first < 0 || second < 0 ? -1 : first * 16 + second;
}

/** The octets of a leaf; at most `octets` of its body are looked at. */
export function leafBytes(part: LeafPart, octets = part.body.length): Buffer {
  const body = part.body.subarray(0, octets);
  if (part.encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64');
  return part.encoding === 'quoted-printable' ? decodeQuotedPrintable(body) : body;
}

/** The text of a leaf, decoded; at most `octets` of it are looked at. */
export function leafText(part: LeafPart, octets: number): string {
  return decodeText(leafBytes(part, octets), part.charset);
}
