// The clauses of a Received value (from, by, via, with, id, for), each with its words and the comments behind it,
// and the date. Nothing here knows who wrote the line.
import { mailDate } from '../../shared/mail-date.js';
import { type Token, tokensOf } from './tokens.js';

export const clauseNames = ['from', 'by', 'via', 'with', 'id', 'for'] as const;
export type ClauseName = (typeof clauseNames)[number];

export interface Clause {
  readonly words: readonly string[];
  readonly comments: readonly string[];
}
export interface Clauses {
  /** Comments before the first clause: `(qmail 7 invoked from network)`, `(from user@localhost)`. */
  readonly lead: readonly string[];
  readonly named: Readonly<Partial<Record<ClauseName, Clause>>>;
  /** Milliseconds since 1970. */
  readonly instant: number | null;
}
const dateShape =
  /(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s{1,5})?(?:\d{1,2}[\s-]{1,5}[a-z]{3,9}[\s-]{1,5}\d{2,4}|[a-z]{3}\s{1,3}\d{1,2}|\d{4}[-/]\d\d[-/]\d\d)[\sT,]{1,5}\d{1,2}:\d\d/gi;

/** Takes the value apart. Never throws; a clause named twice counts once, the first time. */
export function readClauses(value: string): Clauses {
  const tokens = tokensOf(value);
  const date = findDate(value, tokens);
  const body = tokens.filter((token) => token.kind !== 'semicolon' && token.end <= date.start);
  return { ...group(body), instant: date.instant };
}

interface FoundDate {
  readonly instant: number | null;
  /** Where the clauses end. */
  readonly start: number;
}

/** Behind the last semicolon that a date follows; else the last thing in the line that looks like one. */
function findDate(value: string, tokens: readonly Token[]): FoundDate {
  for (const token of tokens.filter((each) => each.kind === 'semicolon').reverse()) {
    const instant = mailDate(value.slice(token.end));
    if (instant !== null) return { instant, start: token.start };
  }
  const last = [...value.matchAll(dateShape)].at(-1);
  if (!last) return { instant: null, start: value.length };
  return { instant: mailDate(value.slice(last.index)), start: insideComment(tokens, last.index) ? value.length : last.index };
}

function insideComment(tokens: readonly Token[], at: number): boolean {
  return tokens.some((token) => token.kind === 'comment' && token.start < at && at < token.end);
}

interface Open {
  words: string[];
  comments: string[];
}

function group(tokens: readonly Token[]): Pick<Clauses, 'lead' | 'named'> {
  const lead: string[] = [];
  const named: Partial<Record<ClauseName, Open>> = {};
  let open: Open | null = null;
  for (const token of tokens) {
    const name = token.kind === 'word' ? clauseName(token.text) : null;
    // `from from`, `id for`: a clause word right behind a clause word opens the next clause all the same.
    if (name !== null && !named[name]) {
      open = { words: [], comments: [] };
      named[name] = open;
    } else if (token.kind === 'comment') (open?.comments ?? lead).push(token.text.trim());
    else if (open) open.words.push(token.text);
  }
  return { lead, named };
}

function clauseName(word: string): ClauseName | null {
  const lower = word.toLowerCase();
  return clauseNames.find((name) => name === lower) ?? null;
}
