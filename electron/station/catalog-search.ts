// A parsed search as SQL over the catalog: one full-text match for all words, plain conditions for the rest.
import { assertNever } from '../../shared/assert.js';
import type { Phrase } from '../message/words.js';
import { bit } from './catalog-flags.js';
import type { Mark, Search, Term, TextField } from './catalog-query.js';

export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}
export interface SearchSql {
  /** FTS5 expression, or null where no words are looked for. */
  readonly match: string | null;
  readonly conditions: readonly Condition[];
}
/** Folders (row ids) that `in:NAME` means. */
export type FoldersNamed = (name: string) => readonly number[];

/** FTS5 string: quotes are doubled; the words themselves are letters and digits. */
function matchPhrase({ words, open }: Phrase, field: TextField | null): string {
  const phrase = `"${words.join(' ').replaceAll('"', '""')}"${open ? '*' : ''}`;
  return field === null ? phrase : `${field} : ${phrase}`;
}

const markSql: Readonly<Record<Mark, string>> = {
  unread: `(m.flags & ${bit.seen}) = 0`,
  read: `(m.flags & ${bit.seen}) <> 0`,
  flagged: `(m.flags & ${bit.flagged}) <> 0`,
  answered: `(m.flags & ${bit.answered}) <> 0`,
  forwarded: `(m.flags & ${bit.forwarded}) <> 0`,
  draft: `(m.flags & ${bit.draft}) <> 0`,
  trashed: `(m.flags & ${bit.trashed}) <> 0`,
  bounce: 'm.bounce <> 0',
};

function plain(term: Exclude<Term, { kind: 'text' }>, foldersNamed: FoldersNamed): Condition {
  switch (term.kind) {
    case 'attachment':
      return { sql: 'm.attachments > 0', values: [] };
    case 'mark':
      return { sql: markSql[term.mark], values: [] };
    case 'time':
      return between('m.at', term.from, term.before);
    case 'octets':
      return term.more === null ? { sql: 'm.octets < ?', values: [term.less ?? 0] } : { sql: 'm.octets > ?', values: [term.more] };
    case 'folder':
      return { sql: 'm.folder IN (SELECT value FROM json_each(?))', values: [JSON.stringify(foldersNamed(term.name))] };
    case 'verdict':
      return { sql: '(m.verdict = ? OR m.class IS ?)', values: [term.name, term.name] };
    default:
      return assertNever(term);
  }
}

function between(column: string, from: number | null, before: number | null): Condition {
  const parts = [from === null ? null : `${column} >= ?`, before === null ? null : `${column} < ?`].filter((part) => part !== null);
  return { sql: `(${parts.join(' AND ')})`, values: [from, before].filter((value) => value !== null) };
}

export function searchSql(search: Search, foldersNamed: FoldersNamed): SearchSql {
  const texts = search.terms.filter((term) => term.kind === 'text');
  const wanted = texts.filter((term) => !term.not).map((term) => matchPhrase(term.phrase, term.field));
  const unwanted = texts.filter((term) => term.not).map((term) => matchPhrase(term.phrase, term.field));
  const conditions: Condition[] = [];
  for (const term of search.terms) {
    if (term.kind === 'text') continue;
    const { sql, values } = plain(term, foldersNamed);
    conditions.push({ sql: term.not ? `NOT (${sql})` : sql, values });
  }
  // FTS5's NOT needs something to subtract from.
  for (const phrase of unwanted) conditions.push({ sql: 'm.id NOT IN (SELECT rowid FROM words WHERE words MATCH ?)', values: [phrase] });
  return { match: wanted.length === 0 ? null : wanted.map((phrase) => `(${phrase})`).join(' AND '), conditions };
}
