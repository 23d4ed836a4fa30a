// A slow scan that is obviously right: what a search must find, said without an index. It has its own way to cut a query
// and looks for folded text in folded text.
import type { GeneratedMessage } from './mailgen.js';

/** One condition of a labelled query, in the words of the person who labelled it. */
export interface Wanted {
  readonly field?: 'from' | 'to' | 'subject' | 'body';
  /** A word (matches from the beginning of a word), or Japanese (matches anywhere), or several in a row. */
  readonly words?: string;
  /** Only whole words. */
  readonly exact?: boolean;
  readonly not?: boolean;
  readonly attachment?: boolean;
  readonly unread?: boolean;
  readonly flagged?: boolean;
  readonly before?: number;
  readonly after?: number;
  readonly larger?: number;
  readonly smaller?: number;
  readonly verdict?: string;
}

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u;
const letter = /[\p{L}\p{N}]/u;

/** Words and Japanese runs, divided by one blank; a blank at each end. Line ends inside Japanese do not count. */
function normal(text: string): string {
  const joined = [...plain(text)].filter(
    (character, at, all) => !(character === '\n' && japanese.test(all[at - 1] ?? '') && japanese.test(all[at + 1] ?? '')),
  );
  let out = ' ';
  let last = ' ';
  for (const character of joined) {
    const kind = japanese.test(character) ? 'j' : letter.test(character) ? 'w' : ' ';
    if (kind !== last && !out.endsWith(' ')) out += ' ';
    if (kind !== ' ') out += character;
    last = kind;
  }
  return out.endsWith(' ') ? out : `${out} `;
}

/** The same texts are looked at for every query. */
const normals = new Map<string, string>();
function normalOf(text: string): string {
  const known = normals.get(text) ?? normal(text);
  normals.set(text, known);
  return known;
}

function contains(text: string, words: string, exact: boolean): boolean {
  const wanted = normal(words).trim();
  const startsAnywhere = japanese.test(wanted[0] ?? '');
  const endsAnywhere = japanese.test(wanted.at(-1) ?? '') || !exact;
  return normalOf(text).includes(`${startsAnywhere ? '' : ' '}${wanted}${endsAnywhere ? '' : ' '}`);
}

function fieldText(message: GeneratedMessage, field: Wanted['field']): readonly string[] {
  const from = message.from.join(' ');
  const to = message.to.join(' ');
  if (field === undefined) return [from, to, message.subject, message.body, message.attachment ?? ''];
  return [{ from, to, subject: message.subject, body: message.body }[field]];
}

function verdictOf(message: GeneratedMessage): readonly string[] {
  const [, kind = '', detail = ''] = /^([A-Za-z-]+)(?: \(([a-z]+):)?/.exec(message.verdict) ?? [];
  return [kind.toLowerCase(), detail];
}

function holds(message: GeneratedMessage, wanted: Wanted): boolean {
  const { words, attachment, unread, flagged, before, after, larger, smaller, verdict } = wanted;
  if (words !== undefined && !fieldText(message, wanted.field).some((text) => contains(text, words, wanted.exact === true))) return false;
  if (attachment === true && message.attachment === null) return false;
  if (unread === true && message.flags.includes('S')) return false;
  if (flagged === true && !message.flags.includes('F')) return false;
  if (before !== undefined && message.date >= before) return false;
  if (after !== undefined && message.date < after) return false;
  if (larger !== undefined && message.raw.length <= larger) return false;
  if (smaller !== undefined && message.raw.length >= smaller) return false;
  return verdict === undefined || verdictOf(message).includes(verdict);
}

/** Message-IDs of all that match, sorted. */
export function slowSearch(messages: readonly GeneratedMessage[], wanted: readonly Wanted[]): readonly string[] {
  const found = messages.filter((message) => wanted.every((one) => holds(message, one) !== (one.not === true)));
  return found.map(({ messageId }) => messageId).sort();
}
