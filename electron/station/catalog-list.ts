// The pages of a list. A question (folder, search, order, threads) is answered once as a list of row numbers, which is
// kept until something changes; a page is then a slice of it. 100,000 rows: some 30 ms the first time, 1 ms a page after.
import type { CallParsed } from '../../shared/contract.js';
import type { MessagePage } from '../../shared/list-query.js';
import type { Envelope } from '../../shared/message.js';
import { bit } from './catalog-flags.js';
import { parseSearch } from './catalog-query.js';
import { envelopeOf, type Row, rowColumns, type ThreadMode } from './catalog-rows.js';
import type { CatalogDatabase } from './catalog-schema.js';
import { type Condition, type FoldersNamed, searchSql } from './catalog-search.js';

type ListQuery = CallParsed<'message.list'>;

interface Answer {
  readonly ids: readonly number[];
  /** Of each id's thread in this list; null for a flat list. */
  readonly counts: readonly number[] | null;
  readonly unread: number;
  readonly highlight: readonly string[];
}
/** Answers kept at a time: a window shows one, undoing a search needs the one before. */
const answersKept = 6;

export interface ListFolders {
  /** Row id of a folder key; null where there is none. */
  readonly rowOf: (key: string) => number | null;
  readonly named: FoldersNamed;
  /** Rows of Trash and Junk: smart boxes leave them out. */
  readonly refuse: () => readonly number[];
}

export interface Lists {
  /** `hits`: rows that another index found for the words of the search; they count as found by them. */
  page(query: ListQuery, hits?: readonly number[]): MessagePage;
  thread(key: string): readonly Envelope[];
  /** Something was written: kept answers are void. */
  changed(): void;
}

const order = {
  date: 'm.at',
  received: 'm.received',
  from: 'm.sender',
  subject: 'm.subject COLLATE NOCASE',
  octets: 'm.octets',
  relevance: 'm.at',
} as const;
/** Weights of sender, recipients, subject, body, names; smaller is better. */
const rank = 'bm25(words, 4.0, 2.0, 6.0, 1.0, 2.0)';

function smartCondition(query: ListQuery, folders: ListFolders, now: Date): readonly Condition[] {
  if (query.smart === null) return [];
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const conditions = {
    unread: { sql: `(m.flags & ${bit.seen}) = 0`, values: [] },
    flagged: { sql: `(m.flags & ${bit.flagged}) <> 0`, values: [] },
    today: { sql: 'm.at >= ?', values: [midnight] },
    attachments: { sql: 'm.attachments > 0', values: [] },
  };
  const kept = { sql: 'm.folder NOT IN (SELECT value FROM json_each(?))', values: [JSON.stringify(folders.refuse())] };
  return [conditions[query.smart], kept];
}

function filterCondition(query: ListQuery): readonly Condition[] {
  const sql = {
    all: null,
    unread: `(m.flags & ${bit.seen}) = 0`,
    flagged: `(m.flags & ${bit.flagged}) <> 0`,
    attachments: 'm.attachments > 0',
  }[query.filter];
  return sql === null ? [] : [{ sql, values: [] }];
}

/** SELECT id, thread and unread mark of every hit, in order. */
function questionSql(
  query: ListQuery,
  folders: ListFolders,
  now: Date,
  hits: readonly number[],
): { sql: string; values: readonly (string | number)[]; highlight: readonly string[] } {
  const search = parseSearch(query.search, now);
  const { match, conditions } = searchSql(search, folders.named);
  const all = [...smartCondition(query, folders, now), ...filterCondition(query), ...conditions];
  if (query.folder !== null) all.unshift({ sql: 'm.folder = ?', values: [folders.rowOf(query.folder) ?? -1] });
  const merged = match !== null && hits.length > 0;
  if (merged)
    all.push({
      sql: '(m.id IN (SELECT rowid FROM words WHERE words MATCH ?) OR m.id IN (SELECT value FROM json_each(?)))',
      values: [match, JSON.stringify(hits)],
    });
  const matched = merged ? null : match;
  const where = [...(matched === null ? [] : ['words MATCH ?']), ...all.map((condition) => condition.sql)];
  const values = [...(matched === null ? [] : [matched]), ...all.flatMap((condition) => condition.values)];
  const direction = query.descending ? 'DESC' : 'ASC';
  const ranked = query.sort === 'relevance' && matched !== null;
  const sorted = ranked
    ? `${rank} ${query.descending ? 'ASC' : 'DESC'}, m.at DESC`
    : `${order[query.sort]} ${direction}, m.id ${direction}`;
  const group = query.threads === 'subject' ? 'CASE m.topic WHEN 0 THEN -m.thread ELSE m.topic END' : 'm.thread';
  const from = matched === null ? 'message m' : 'words JOIN message m ON m.id = words.rowid';
  const inner = `SELECT m.id AS id, ${group} AS thread, m.flags AS flags FROM ${from}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`} ORDER BY ${sorted}`;
  const threads = query.threads === 'flat' ? "''" : 'group_concat(thread)';
  const sql = `SELECT group_concat(id) AS ids, ${threads} AS threads, sum((flags & ${bit.seen}) = 0) AS unread FROM (${inner})`;
  return { sql, values, highlight: search.highlight };
}

/** Numbers divided by commas. One string from SQLite is ten times faster than a row each. */
function numbers(text: string | null): number[] {
  return text === null || text === '' ? [] : text.split(',').map(Number);
}

/** The first message of each thread stands for it. */
function groupThreads(ids: readonly number[], threads: readonly number[]): { ids: readonly number[]; counts: readonly number[] } {
  const at = new Map<number, number>();
  const heads: number[] = [];
  const counts: number[] = [];
  for (const [index, id] of ids.entries()) {
    const thread = threads[index] ?? 0;
    const known = at.get(thread);
    if (known !== undefined) counts[known] = (counts[known] ?? 0) + 1;
    else {
      at.set(thread, heads.length);
      heads.push(id);
      counts.push(1);
    }
  }
  return { ids: heads, counts };
}

export function openLists(db: CatalogDatabase, epoch: string, folders: ListFolders): Lists {
  const rows = db.prepare(
    `SELECT ${rowColumns} FROM json_each(?) wanted JOIN message m ON m.id = wanted.value JOIN folder f ON f.id = m.folder ORDER BY wanted.key`,
  );
  const byThread = db.prepare(
    `SELECT ${rowColumns} FROM message m JOIN folder f ON f.id = m.folder WHERE m.thread = ? ORDER BY m.at, m.id LIMIT 2000`,
  );
  const byTopic = db.prepare(
    `SELECT ${rowColumns} FROM message m JOIN folder f ON f.id = m.folder WHERE m.topic = ? ORDER BY m.at, m.id LIMIT 2000`,
  );
  const kept = new Map<string, Answer>();

  const ask = (query: ListQuery, hits: readonly number[]): Answer => {
    const { sql, values, highlight } = questionSql(query, folders, new Date(), hits);
    const found = db.prepare(sql).get(...values) as { ids: string | null; threads: string | null; unread: number | null };
    const ids = numbers(found.ids);
    const grouped = query.threads === 'flat' ? { ids, counts: null } : groupThreads(ids, numbers(found.threads));
    return { ...grouped, unread: found.unread ?? 0, highlight };
  };
  const answer = (query: ListQuery, hits: readonly number[]): Answer => {
    const { offset: _offset, limit: _limit, ...question } = query;
    const key = JSON.stringify([question, new Date().toDateString(), hits]);
    const known = kept.get(key) ?? ask(query, hits);
    kept.delete(key);
    kept.set(key, known);
    const [oldest] = kept.keys();
    if (kept.size > answersKept && oldest !== undefined) kept.delete(oldest);
    return known;
  };
  const envelopes = (ids: readonly number[], mode: ThreadMode, counts: ReadonlyMap<number, number>): readonly Envelope[] =>
    (rows.all(JSON.stringify(ids)) as Row[]).map((row) => envelopeOf(epoch, row, mode, counts.get(row.id) ?? 1));

  return {
    page(query, hits = []) {
      const { ids, counts, unread, highlight } = answer(query, hits);
      const slice = ids.slice(query.offset, query.offset + query.limit);
      const countOf = new Map(slice.map((id, at) => [id, counts?.[query.offset + at] ?? 1]));
      return { total: ids.length, unread, rows: envelopes(slice, query.threads, countOf), highlight };
    },
    thread(key) {
      const number = Number(key.slice(1));
      if (!/^[rs]\d+$/.test(key) || !Number.isSafeInteger(number)) return [];
      const mode = key.startsWith('s') ? 'subject' : 'references';
      const found = (mode === 'subject' ? byTopic : byThread).all(number) as Row[];
      return found.map((row) => envelopeOf(epoch, row, mode, found.length));
    },
    changed: () => kept.clear(),
  };
}
