// The catalog: what the window lists and searches. It is a copy of what the Maildirs say and never the truth; every
// method is synchronous and takes milliseconds. Who reads the messages is mail.ts.
import type { CallParsed } from '../../shared/contract.js';
import type { MessagePage } from '../../shared/list-query.js';
import type { Envelope, FolderRole } from '../../shared/message.js';
import type { IndexedMessage } from '../message/text.js';
import { fold } from '../message/words.js';
import { bit, bitsOf } from './catalog-flags.js';
import { type Lists, openLists } from './catalog-list.js';
import { type CatalogReports, openReports } from './catalog-reports.js';
import { envelopeOf, joinFile, type Row, rowColumns, splitFile } from './catalog-rows.js';
import { openDatabase } from './catalog-schema.js';
import { type NewRow, rowInserter, transaction } from './catalog-writer.js';

export interface CatalogFolder {
  /** What the contract calls the folder. */
  readonly key: string;
  /** Of its mailbox. */
  readonly mailbox: string;
  /** 'user@domain': what `in:` also finds. */
  readonly address: string;
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  readonly role: FolderRole;
}
export interface KnownFolder extends CatalogFolder {
  readonly row: number;
}
export interface Located {
  readonly id: number;
  readonly folder: KnownFolder;
  readonly file: string;
  readonly base: string;
  readonly envelope: Envelope;
}
export interface Counts {
  readonly total: number;
  readonly unread: number;
}

export interface Catalog {
  readonly path: string;
  readonly epoch: string;
  /** Made just now: `catalog-rebuilding`. */
  readonly fresh: boolean;
  /** The folders that there are; rows of others are dropped. */
  setFolders(folders: readonly CatalogFolder[]): void;
  /** Gives a folder's messages another key and path (a rename). */
  renameFolder(from: string, to: CatalogFolder): void;
  folders(): readonly KnownFolder[];
  folder(key: string): KnownFolder | null;
  counts(): ReadonlyMap<number, Counts>;
  stamp(row: number): string;
  setStamp(row: number, stamp: string): void;
  /** Here and now; openCatalogWriter does it in a thread, and then calls inserted(). */
  insert(rows: readonly NewRow[]): readonly string[];
  inserted(rows: readonly number[]): readonly string[];
  rename(
    changes: readonly {
      readonly id: number;
      readonly folder: number;
      readonly file: string;
      readonly base: string;
      readonly flags: string;
    }[],
  ): void;
  drop(ids: readonly number[]): void;
  has(row: number, base: string): boolean;
  /** Every message of a folder by its base. */
  bases(row: number): ReadonlyMap<string, { readonly id: number; readonly info: string }>;
  /** Its text is known now: what the list shows of it and what is searched. */
  reread(id: number, message: IndexedMessage): void;
  /** Ids that are of another catalog or gone are left out. */
  locate(ids: readonly string[]): readonly Located[];
  findIdentifier(messageId: string): readonly string[];
  readonly reports: CatalogReports;
  page(query: CallParsed<'message.list'>, hits?: readonly number[]): MessagePage;
  thread(key: string): readonly Envelope[];
  close(): void;
}

/** Opens, or makes anew. Throws only when its folder cannot be written. */
export function openCatalog(path: string): Catalog {
  const { db, epoch, fresh } = openDatabase(path);
  const insertRows = rowInserter(db);
  let known = new Map<string, KnownFolder>();
  let byRow = new Map<number, KnownFolder>();
  let counted: ReadonlyMap<number, Counts> | null = null;

  const sql = {
    folders: db.prepare('SELECT id, key FROM folder'),
    addFolder: db.prepare(`INSERT INTO folder (key, mailbox, path, name, role) VALUES (?,?,?,?,?)
      ON CONFLICT (key) DO UPDATE SET mailbox = excluded.mailbox, path = excluded.path, name = excluded.name, role = excluded.role`),
    dropFolder: db.prepare('DELETE FROM folder WHERE id = ?'),
    folderMessages: db.prepare('SELECT id FROM message WHERE folder = ?'),
    rekey: db.prepare('UPDATE OR REPLACE folder SET key = ?, path = ?, name = ? WHERE key = ?'),
    stamp: db.prepare('SELECT stamp FROM folder WHERE id = ?'),
    setStamp: db.prepare('UPDATE folder SET stamp = ? WHERE id = ?'),
    counts: db.prepare(`SELECT folder, count(*) AS total, sum((flags & ${bit.seen}) = 0) AS unread FROM message GROUP BY folder`),
    place: db.prepare('UPDATE message SET folder = ?, base = ?, place = ?, info = ?, flags = ? WHERE id = ?'),
    dropMessage: db.prepare('DELETE FROM message WHERE id = ?'),
    dropReport: db.prepare('DELETE FROM report WHERE message = ?'),
    dropWords: db.prepare('DELETE FROM words WHERE rowid = ?'),
    byBase: db.prepare('SELECT id FROM message WHERE folder = ? AND base = ?'),
    bases: db.prepare(`SELECT group_concat(id || char(9) || base || char(9) || info, char(10)) AS lines FROM message WHERE folder = ?`),
    reread: db.prepare('UPDATE message SET preview = ?, attachments = ? WHERE id = ?'),
    addReport: db.prepare('INSERT INTO report (message, text) VALUES (?,?)'),
    addWords: db.prepare('INSERT INTO words (rowid, sender, recipients, subject, body, names) VALUES (?,?,?,?,?,?)'),
    byIdentifier: db.prepare('SELECT id FROM message WHERE identifier = ? ORDER BY at LIMIT 100'),
    rows: db.prepare(
      `SELECT ${rowColumns} FROM json_each(?) wanted JOIN message m ON m.id = wanted.value JOIN folder f ON f.id = m.folder ORDER BY wanted.key`,
    ),
  };
  const lists: Lists = openLists(db, epoch, {
    rowOf: (key) => known.get(key)?.row ?? null,
    named: (name) => [...known.values()].filter((folder) => isNamed(folder, name)).map((folder) => folder.row),
    refuse: () => [...known.values()].filter(({ role }) => role === 'trash' || role === 'junk').map((folder) => folder.row),
  });
  const changed = () => {
    counted = null;
    lists.changed();
  };
  const write = <T>(work: () => T): T => {
    const result = transaction(db, work);
    changed();
    return result;
  };
  const dropRow = (id: number) => {
    sql.dropMessage.run(id);
    sql.dropWords.run(id);
    sql.dropReport.run(id);
  };
  const remember = (folders: readonly CatalogFolder[]) => {
    const rows = new Map((sql.folders.all() as { id: number; key: string }[]).map(({ id, key }) => [key, id]));
    known = new Map(folders.map((folder) => [folder.key, { ...folder, row: rows.get(folder.key) ?? -1 }]));
    byRow = new Map([...known.values()].map((folder) => [folder.row, folder]));
  };
  const locate = (row: Row): Located[] => {
    const folder = byRow.get(row.folder);
    return folder === undefined
      ? []
      : [{ id: row.id, folder, file: joinFile(row), base: row.base, envelope: envelopeOf(epoch, row, 'references', 1) }];
  };

  return {
    path,
    epoch,
    fresh,
    setFolders(folders) {
      write(() => {
        for (const { key, mailbox, path: at, name, role } of folders) sql.addFolder.run(key, mailbox, at, name, role);
        const wanted = new Set(folders.map(({ key }) => key));
        for (const { id, key } of sql.folders.all() as { id: number; key: string }[]) {
          if (wanted.has(key)) continue;
          for (const row of sql.folderMessages.all(id) as { id: number }[]) dropRow(row.id);
          sql.dropFolder.run(id);
        }
      });
      remember(folders);
    },
    renameFolder(from, to) {
      write(() => sql.rekey.run(to.key, to.path, to.name, from));
      remember([...[...known.values()].filter(({ key }) => key !== from), to]);
    },
    folders: () => [...known.values()],
    folder: (key) => known.get(key) ?? null,
    counts() {
      counted ??= new Map(
        (sql.counts.all() as { folder: number; total: number; unread: number }[]).map(({ folder, total, unread }) => [
          folder,
          { total, unread },
        ]),
      );
      return counted;
    },
    stamp: (row) => (sql.stamp.get(row) as { stamp: string } | undefined)?.stamp ?? '',
    setStamp: (row, stamp) => void sql.setStamp.run(stamp, row),
    insert(rows) {
      return this.inserted(insertRows(rows));
    },
    inserted(rows) {
      changed();
      return rows.map((row) => `${epoch}.${row}`);
    },
    rename(changes) {
      write(() => {
        for (const { id, folder, file, base, flags } of changes) {
          const other = sql.byBase.get(folder, base) as { id: number } | undefined;
          if (other !== undefined && other.id !== id) dropRow(other.id);
          const { place, info } = splitFile(file, base);
          sql.place.run(folder, base, place, info, bitsOf(flags), id);
        }
      });
    },
    drop: (ids) => write(() => ids.forEach(dropRow)),
    bases(row) {
      const { lines } = sql.bases.get(row) as { lines: string | null };
      const entries = (lines ?? '').split('\n').filter((line) => line !== '');
      return new Map(
        entries.map((line) => {
          const [id = '', base = '', info = ''] = line.split('\t');
          return [base, { id: Number(id), info }];
        }),
      );
    },
    reread: (id, { preview, attachments, report, words }) =>
      write(() => {
        sql.reread.run(preview, attachments, id);
        sql.dropReport.run(id);
        if (report !== null) sql.addReport.run(id, JSON.stringify(report));
        sql.dropWords.run(id);
        sql.addWords.run(id, words.from, words.to, words.subject, words.body, words.names);
      }),
    has: (row, base) => sql.byBase.get(row, base) !== undefined,
    locate(ids) {
      const numbers = ids.filter((id) => id.startsWith(`${epoch}.`)).map((id) => Number(id.slice(epoch.length + 1)));
      return (sql.rows.all(JSON.stringify(numbers.filter(Number.isSafeInteger))) as Row[]).flatMap(locate);
    },
    findIdentifier: (messageId) => (sql.byIdentifier.all(messageId) as { id: number }[]).map(({ id }) => `${epoch}.${id}`),
    reports: openReports(db, epoch),
    page: lists.page,
    thread: lists.thread,
    close: () => void db.close(),
  };
}

/** `in:` takes a folder's name, its last part, its role, or the mailbox's address or domain. `name` is folded. */
function isNamed(folder: CatalogFolder, name: string): boolean {
  const title = fold(folder.name === '' ? 'inbox' : folder.name);
  const address = fold(folder.address);
  return [title, title.split('/').at(-1), folder.role, address, address.split('@').at(-1)].includes(name);
}
