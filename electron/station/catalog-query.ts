// What people type into the search box, taken apart: words, "phrases", -negations, and operators (from: in: before: ...).
import { fold, type Phrase, phraseOf } from '../message/words.js';

export type TextField = 'sender' | 'recipients' | 'subject' | 'body';
export type Mark = 'unread' | 'read' | 'flagged' | 'answered' | 'forwarded' | 'draft' | 'trashed' | 'bounce';

export type Term = { readonly not: boolean } & (
  | { readonly kind: 'text'; readonly field: TextField | null; readonly phrase: Phrase }
  | { readonly kind: 'attachment' }
  | { readonly kind: 'mark'; readonly mark: Mark }
  /** Milliseconds since 1970: at or after, and before. */
  | { readonly kind: 'time'; readonly from: number | null; readonly before: number | null }
  | { readonly kind: 'octets'; readonly more: number | null; readonly less: number | null }
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'verdict'; readonly name: string }
);

export interface Search {
  /** All must hold. */
  readonly terms: readonly Term[];
  /** Folded words to highlight. */
  readonly highlight: readonly string[];
}

const fields: Readonly<Record<string, TextField>> = {
  from: 'sender',
  to: 'recipients',
  cc: 'recipients',
  subject: 'subject',
  body: 'body',
};
const marks: Readonly<Record<string, Mark>> = {
  unread: 'unread',
  unseen: 'unread',
  new: 'unread',
  read: 'read',
  seen: 'read',
  flagged: 'flagged',
  starred: 'flagged',
  answered: 'answered',
  replied: 'answered',
  forwarded: 'forwarded',
  draft: 'draft',
  trashed: 'trashed',
  deleted: 'trashed',
  bounce: 'bounce',
};
/** Characters of a search that are looked at. */
const searchLimit = 2_000;
const termLimit = 60;

interface Token {
  readonly not: boolean;
  readonly operator: string | null;
  readonly value: string;
  readonly quoted: boolean;
}

const token = /(-?)(?:([\p{L}]+):)?(?:"([^"]*)"?|([^\s"]+))/gu;
const operators = new Set([...Object.keys(fields), 'has', 'is', 'before', 'after', 'since', 'on', 'larger', 'smaller', 'in', 'verdict']);

function tokens(text: string): readonly Token[] {
  const plain = text
    .slice(0, searchLimit)
    .normalize('NFKC')
    .replace(/[“”„‟]/g, '"');
  const found: Token[] = [];
  for (const [, minus = '', name, quoted, bare] of plain.matchAll(token)) {
    const operator = name?.toLowerCase() ?? null;
    const value = quoted ?? bare ?? '';
    const known = operator !== null && operators.has(operator);
    found.push({
      not: minus === '-',
      operator: known ? operator : null,
      value: known || operator === null ? value : `${name} ${value}`,
      quoted: quoted !== undefined,
    });
  }
  return found.slice(0, termLimit);
}

/** What a mail server can look for in whole messages; none where the words are asked for in certain fields, which are all here. */
export function wordsAnywhere(text: string): readonly string[] {
  const wanted = tokens(text).filter(({ not, value }) => !not && value.trim() !== '');
  if (wanted.some(({ operator }) => operator !== null && operator !== 'body' && fields[operator] !== undefined)) return [];
  return wanted.filter(({ operator }) => operator === null || operator === 'body').map(({ value }) => value.trim());
}

/** An operator whose value is still being typed says nothing yet. */
const unfinished = new RegExp(`(^|\\s)-?(${[...operators].join('|')}):(?=\\s|$)`, 'giu');

/** `now`: for relative dates. Never throws; what makes no sense is looked for as words. */
export function parseSearch(text: string, now = new Date()): Search {
  const terms: Term[] = [];
  const highlight = new Set<string>();
  for (const found of tokens(text.normalize('NFKC').replace(unfinished, ' '))) {
    const term = termOf(found, now) ?? textTerm(found.operator === null ? null : `${found.operator} `, null, found);
    if (term === null) continue;
    terms.push(term);
    if (term.kind === 'text' && !term.not) for (const word of highlighted(found.value)) highlight.add(word);
  }
  return { terms, highlight: [...highlight] };
}

function highlighted(value: string): readonly string[] {
  return fold(value)
    .split(/[^\p{L}\p{N}\p{M}ー々〆〇]+/u)
    .filter((word) => word !== '');
}

function textTerm(prefix: string | null, field: TextField | null, { not, value, quoted }: Token): Term | null {
  const phrase = phraseOf(`${prefix ?? ''}${value}`, !quoted);
  return phrase === null ? null : { kind: 'text', not, field, phrase };
}

/** Null where the operator does not know the value. */
function termOf(found: Token, now: Date): Term | null {
  const { not, operator, value } = found;
  const word = fold(value);
  switch (operator) {
    case 'from':
    case 'to':
    case 'cc':
    case 'subject':
    case 'body':
      return textTerm(null, fields[operator] ?? null, found);
    case 'has':
      return /^(attachments?|添付(ファイル)?)$/.test(word) ? { kind: 'attachment', not } : null;
    case 'is':
      return marks[word] === undefined ? null : { kind: 'mark', not, mark: marks[word] };
    case 'before':
    case 'after':
    case 'since':
    case 'on':
      return timeTerm(operator, not, parseDay(value, now));
    case 'larger':
    case 'smaller':
      return octetTerm(operator, not, parseOctets(word));
    case 'in':
      return { kind: 'folder', not, name: word };
    case 'verdict':
      return { kind: 'verdict', not, name: word };
    default:
      return null;
  }
}

function timeTerm(operator: string, not: boolean, day: Day | null): Term | null {
  if (day === null) return null;
  if (operator === 'before') return { kind: 'time', not, from: null, before: day.start };
  if (operator === 'on') return { kind: 'time', not, from: day.start, before: day.end };
  return { kind: 'time', not, from: day.start, before: null };
}

function octetTerm(operator: string, not: boolean, octets: number | null): Term | null {
  if (octets === null) return null;
  return { kind: 'octets', not, more: operator === 'larger' ? octets : null, less: operator === 'smaller' ? octets : null };
}

/** '500', '10k', '1.5MB': k is 1024. */
function parseOctets(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/.exec(text);
  if (match === null) return null;
  return Math.round(Number(match[1]) * 1024 ** ['', 'k', 'm', 'g'].indexOf(match[2] ?? ''));
}

interface Day {
  readonly start: number;
  readonly end: number;
}

/** A year, month or day in local time: '2026', '2026-11', '2026/11/24', 'today', 'yesterday', '7d' (days ago). */
function parseDay(text: string, now: Date): Day | null {
  const ago = /^(\d{1,5})d$/i.exec(text)?.[1] ?? { today: '0', yesterday: '1', 今日: '0', 昨日: '1' }[text.toLowerCase()];
  if (ago !== undefined) return span(now.getFullYear(), now.getMonth(), now.getDate() - Number(ago), 'day');
  const match = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$/.exec(text);
  if (match === null) return null;
  const [, year = '', month, day] = match;
  return span(Number(year), Number(month ?? 1) - 1, Number(day ?? 1), day !== undefined ? 'day' : month !== undefined ? 'month' : 'year');
}

function span(year: number, month: number, day: number, unit: 'day' | 'month' | 'year'): Day {
  const start = new Date(year, month, day);
  const end = new Date(year + (unit === 'year' ? 1 : 0), month + (unit === 'month' ? 1 : 0), day + (unit === 'day' ? 1 : 0));
  return { start: start.getTime(), end: end.getTime() };
}
