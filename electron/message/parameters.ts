// A structured MIME field: its value and parameters, with RFC 2231 continuations and charsets, and the encoded words
// that mailers put where RFC 2047 forbids them. Input is Latin-1.
import { decodeText } from './charset.js';
import { decodeWords } from './encoded-word.js';

export interface Parameters {
  /** Lower case, without parameters: 'text/plain', 'attachment'. */
  readonly value: string;
  readonly get: (name: string) => string | null;
}
/** Parameters that are read of one field. */
const parameterLimit = 500;

const pair = /;[\s;]*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"?|([^;]*))/g;

export function parseParameters(field: string | null): Parameters {
  const text = (field ?? '').slice(0, 60_000);
  const found = new Map<string, string>();
  for (const match of text.matchAll(pair)) {
    const [, name = '', quoted, bare = ''] = match;
    if (!found.has(name.toLowerCase()))
      found.set(name.toLowerCase(), quoted === undefined ? bare.replace(/\s*\([^()]*\)\s*$/, '').trim() : quoted.replace(/\\(.)/g, '$1'));
    if (found.size >= parameterLimit) break;
  }
  const value = text
    .replace(/;[\s\S]*$/, '')
    .replace(/\([^()]*\)/g, '')
    .trim()
    .toLowerCase();
  return { value, get: (name) => parameter(found, name) };
}

function parameter(found: ReadonlyMap<string, string>, name: string): string | null {
  const whole = found.get(`${name}*`);
  if (whole !== undefined) return decodeExtended([{ text: whole, extended: true }]);
  const pieces: { text: string; extended: boolean }[] = [];
  for (let at = 0; at < parameterLimit; at += 1) {
    const plain = found.get(`${name}*${at}`);
    const extended = found.get(`${name}*${at}*`);
    if (plain === undefined && extended === undefined) break;
    pieces.push({ text: extended ?? plain ?? '', extended: extended !== undefined });
  }
  if (pieces.length > 0) return decodeExtended(pieces);
  const simple = found.get(name);
  return simple === undefined ? null : decodeWords(simple);
}

/** RFC 2231 section 4: charset'language'percent-encoded; the charset stands in the first piece. */
function decodeExtended(pieces: readonly { readonly text: string; readonly extended: boolean }[]): string {
  const charset = /^([^']*)'[^']*'/.exec(pieces[0]?.extended === true ? pieces[0].text : '');
  const bytes = pieces.map(({ text, extended }, at) => {
    const content = at === 0 && charset !== null ? text.slice(charset[0].length) : text;
    const raw = extended
      ? content.replace(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      : content;
    return Buffer.from(raw, 'latin1');
  });
  return decodeText(Buffer.concat(bytes), charset?.[1] || null);
}
