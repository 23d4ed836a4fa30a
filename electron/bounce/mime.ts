// A message's parts, over a binary string. Only what a report needs: types, headers, where each body lies.
// Broken multiparts degrade to one text. Linear in the message for a fixed depth; never throws.
import { type HeaderField, headerValue, readHeaders } from '../../shared/mail-header.js';
import { decodeText } from './charset.js';
import { htmlText } from './html.js';
import { deepest, mostParts } from './limits.js';

export interface Part {
  /** Lower case, `text/plain` where none is given. */
  readonly type: string;
  /** Lower-case names. */
  readonly params: Readonly<Record<string, string>>;
  readonly fields: readonly HeaderField[];
  /** Octets of the body, still encoded. */
  readonly body: string;
  /** Of a multipart only: what a message/rfc822 holds is not opened here. */
  readonly parts: readonly Part[];
}

/** Reads a whole message. */
export function readMime(binary: string): Part {
  return partOf(binary, 0, { left: mostParts }, 'text/plain');
}

function partOf(binary: string, depth: number, budget: { left: number }, fallback: string): Part {
  budget.left -= 1;
  const { fields, body: start } = readHeaders(binary);
  const { type, params } = contentType(headerValue(fields, 'content-type') ?? '', fallback);
  const body = binary.slice(start);
  const boundary = type.startsWith('multipart/') && depth < deepest ? params.boundary : undefined;
  const children = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const parts = boundary ? split(body, boundary, budget.left).map((text) => partOf(text, depth + 1, budget, children)) : [];
  return { type, params, fields, body, parts };
}

/** `type; name=value; name="value"`, tolerantly. */
export function contentType(value: string, fallback: string): Pick<Part, 'type' | 'params'> {
  const [type = ''] = value.split(';', 1);
  const params: Record<string, string> = {};
  for (const found of value.slice(0, 2000).matchAll(/;\s*([\w*-]{1,40})\s*=\s*(?:"([^"]*)"?|([^\s;]+))/g)) {
    const name = (found[1] ?? '').toLowerCase();
    if (!Object.hasOwn(params, name)) params[name] = found[2] ?? found[3] ?? '';
  }
  const trimmed = type.trim().toLowerCase();
  return { type: /^[\w.+-]+\/[\w.+-]+$/.test(trimmed) ? trimmed : fallback, params };
}

/** Bodies between `--boundary` lines; the preamble and what follows the end are dropped. */
function split(body: string, boundary: string, most: number): string[] {
  const mark = `--${boundary}`;
  const bodies: string[] = [];
  let from = -1;
  for (let at = findMark(body, mark, 0); at >= 0 && bodies.length < most; at = findMark(body, mark, at + mark.length)) {
    if (from >= 0) bodies.push(body.slice(from, at));
    const line = body.indexOf('\n', at);
    from = line < 0 || body.startsWith('--', at + mark.length) ? -1 : line + 1;
    if (from < 0) return bodies;
  }
  if (from >= 0 && bodies.length < most) bodies.push(body.slice(from));
  return bodies;
}

function findMark(body: string, mark: string, start: number): number {
  if (start === 0 && body.startsWith(mark)) return 0;
  const found = body.indexOf(`\n${mark}`, Math.max(start - 1, 0));
  return found < 0 ? -1 : found + 1;
}

/** All parts in order, the whole first; nothing inside an enclosed message. */
export function allParts(part: Part): Part[] {
  return [part, ...part.parts.flatMap(allParts)];
}

/** A text part as a reader sees it; HTML without its tags. */
export function partText(part: Part): string {
  const encoding = headerValue(part.fields, 'content-transfer-encoding') ?? '';
  const text = decodeText(part.body, encoding, part.params.charset ?? '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n');
  return part.type === 'text/html' ? htmlText(text) : text;
}
