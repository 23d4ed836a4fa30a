// Address lists of a header (RFC 5322 section 3.4): quotes, comments, groups, and what is commonly wrong with them.
import type { Address } from '../../shared/message.js';
import { decodeWords } from './encoded-word.js';

/** A list may be longer; what is shown and searched is bounded. */
const addressLimit = 500;
const valueLimit = 60_000;

/** Splits at `,` `;` and group names, outside quotes, comments and angle brackets. One pass. */
function split(value: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let depth = 0;
  /** Where an angle bracket is open; a comma ends it (it was never closed), but not in a source route. */
  let angle = -1;
  for (let at = 0; at < value.length && parts.length < addressLimit; at += 1) {
    const character = value[at];
    if (character === '\\') at += 1;
    else if (character === '"' && depth === 0) quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (character === '<') angle = at;
    else if (character === '>') angle = -1;
    else if (angle >= 0 && (character !== ',' || value[angle + 1] === '@')) continue;
    else if (character === ',' || character === ';' || (character === ':' && !value.slice(start, at).includes('@'))) {
      if (character !== ':') parts.push(value.slice(start, at));
      start = at + 1;
      angle = -1;
    }
  }
  if (parts.length < addressLimit) parts.push(value.slice(start));
  return parts;
}

const unquote = (text: string) =>
  text
    .trim()
    .replace(/^"([\s\S]*)"$/, '$1')
    .replace(/\\(.)/g, '$1')
    .trim();

function parseOne(part: string): Address | null {
  const open = part.lastIndexOf('<');
  if (open >= 0) {
    const close = part.indexOf('>', open);
    const address = part.slice(open + 1, close < 0 ? undefined : close).trim();
    const name = unquote(part.slice(0, open)) || comment(part.slice(close < 0 ? part.length : close + 1));
    return address === '' && name === '' ? null : { name: decodeWords(name), address: plainAddress(address) };
  }
  const name = comment(part);
  const bare = unquote(part.replace(/\([^()]*\)/g, ' '));
  if (bare === '' && name === '') return null;
  // Not an address at all ("undisclosed recipients"): a name.
  return bare.includes('@') || !/\s/.test(bare)
    ? { name: decodeWords(name), address: plainAddress(bare) }
    : { name: decodeWords(bare), address: '' };
}

function comment(text: string): string {
  return /\(([^()]*)\)/.exec(text)?.[1]?.trim() ?? '';
}

/** Source routes (<@a,@b:user@c>) are dropped; raw 8-bit and encoded words are shown decoded. */
function plainAddress(address: string): string {
  return decodeWords(address.replace(/^@[^:]*:/, ''));
}

/** `value` as Latin-1. Never throws. */
export function parseAddresses(value: string): readonly Address[] {
  const parts = split(value.slice(0, valueLimit));
  return parts.map(parseOne).filter((address) => address !== null);
}
