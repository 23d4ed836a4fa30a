// What differs between a folder on disk and its rows: runs in the writer's thread, because 100,000 names take a second to
// list and compare. Only the differences come back, and not all at once.
import { listMessages, type MaildirFile } from '../maildir/list.js';
import type { CatalogDatabase } from './catalog-schema.js';

export interface CompareJob {
  readonly path: string;
  readonly epoch: string;
  /** Row and absolute path of the folder. */
  readonly folder: { readonly row: number; readonly path: string };
}
export interface Difference {
  /** Newest first. */
  readonly fresh: readonly MaildirFile[];
  readonly renamed: readonly { readonly id: number; readonly file: MaildirFile }[];
  readonly gone: readonly number[];
  /** New messages in all; more than `fresh` has where they are many: compare again when these are entered. */
  readonly freshCount: number;
}

/** Entries of one difference: what the main thread takes in at a time. */
const most = 8_000;

/** Control characters in a name: no mail program writes them, and rows are compared by lines. */
const isPlain = ({ file }: MaildirFile) => !/[\u0000-\u001f]/.test(file);
/** What the user sees first is there first. Names begin with the second of delivery. */
const seconds = ({ base }: MaildirFile) => Number.parseInt(base, 10) || 0;

function baseOf(file: string): string {
  const info = file.lastIndexOf(':2,');
  return file.slice(4, info < 0 ? undefined : info);
}

/** `lines`: 'id TAB file' of each row. */
export function compareLines(lines: string, files: readonly MaildirFile[]): Difference {
  const byBase = new Map(files.filter(isPlain).map((file) => [file.base, file]));
  const renamed: { id: number; file: MaildirFile }[] = [];
  const gone: number[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = lines.indexOf('\n', at);
    const line = lines.slice(at, end < 0 ? undefined : end);
    at = end < 0 ? lines.length : end + 1;
    const tab = line.indexOf('\t');
    const file = line.slice(tab + 1);
    const base = baseOf(file);
    const present = byBase.get(base);
    if (present === undefined) gone.push(Number(line.slice(0, tab)));
    else if (present.file !== file) renamed.push({ id: Number(line.slice(0, tab)), file: present });
    byBase.delete(base);
  }
  const fresh = [...byBase.values()].sort((a, b) => seconds(b) - seconds(a)).slice(0, most);
  return { fresh, renamed, gone, freshCount: byBase.size };
}

/** One string from SQLite is ten times faster than a row each. */
function rowLines(db: CatalogDatabase, row: number): string {
  const sql = `SELECT group_concat(id || char(9) || place || '/' || base || info, char(10)) AS files FROM message WHERE folder = ?`;
  return (db.prepare(sql).get(row) as { files: string | null }).files ?? '';
}

/** The caller keeps the station's own changes away while this runs. */
export async function compareFolder(db: CatalogDatabase, { row, path }: CompareJob['folder']): Promise<Difference> {
  const lines = rowLines(db, row);
  return compareLines(lines, await listMessages(path));
}
