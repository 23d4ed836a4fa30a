// Makes the rows of one IMAP folder what the server says: the newest window first, then the rest; after that only what
// changed. The stamp of a folder says how far that is, so what is cut short goes on where it was.
import type { Browser, Numbered } from '../imap/browse.js';
import type { MailRow } from '../imap/rows.js';
import type { Catalog, KnownFolder } from './catalog.js';
import type { NewRow } from './catalog-writer.js';
import { fileOf, newRow } from './imap-rows.js';

export interface FolderDeps {
  readonly browser: Browser;
  readonly use: <T>(work: (catalog: Catalog) => T) => T;
  readonly insert: (rows: readonly NewRow[]) => Promise<readonly string[]>;
  /** The folder's rows changed. */
  readonly changed: () => void;
  readonly progress: (done: number, of: number) => void;
  /** Between two steps of a long reading: what the user waits for may go first. */
  readonly pause: () => Promise<void>;
}

export interface FolderStamp {
  readonly validity: string;
  readonly next: number;
  readonly modseq: string | null;
  readonly complete: boolean;
}

/** Rows of the first screen and some more, read by number before anything else is asked. */
const firstWindow = 200;
const step = 500;

export function readStamp(text: string): FolderStamp | null {
  try {
    const { validity, next, modseq, complete } = JSON.parse(text) as FolderStamp;
    return { validity, next, modseq, complete };
  } catch {
    return null;
  }
}

/** Throws MailError as the browser does; what was read until then is entered. */
export async function readFolder(deps: FolderDeps, folder: KnownFolder, path: string): Promise<void> {
  const { browser, use } = deps;
  const opened = await browser.open(path);
  const numbered = { path, validity: opened.validity };
  const begin = readStamp(use((catalog) => catalog.stamp(folder.row)));
  const stamp = (now: FolderStamp) => use((catalog) => catalog.setStamp(folder.row, JSON.stringify(now)));
  const now = { validity: opened.validity, next: opened.uidNext, modseq: opened.modseq };
  if (begin === null || begin.validity !== opened.validity) {
    // Numbered anew: no UID that we know means anything.
    drop(
      deps,
      [...use((catalog) => catalog.bases(folder.row)).values()].map(({ id }) => id),
    );
    stamp({ ...now, complete: false });
    await readAll(deps, folder, numbered, opened.exists);
  } else if (begin.complete) await readChanges(deps, folder, numbered, begin, opened);
  else await readAll(deps, folder, numbered, opened.exists);
  stamp({ ...now, complete: true });
}

async function readAll(deps: FolderDeps, folder: KnownFolder, numbered: Numbered, exists: number): Promise<void> {
  const { browser, use } = deps;
  const resumed = use((catalog) => catalog.bases(folder.row)).size > 0;
  if (!resumed) await enter(deps, folder, await browser.newest(numbered, firstWindow));
  else markAll(deps, folder, await browser.flags(numbered, null));
  await compare(deps, folder, numbered, exists);
}

async function readChanges(
  deps: FolderDeps,
  folder: KnownFolder,
  numbered: Numbered,
  before: FolderStamp,
  { uidNext, exists, modseq }: { readonly uidNext: number; readonly exists: number; readonly modseq: string | null },
): Promise<void> {
  const { browser, use } = deps;
  const counts = modseq !== null && before.modseq !== null;
  const count = () => use((catalog) => catalog.counts()).get(folder.row)?.total ?? 0;
  if (counts && modseq === before.modseq && uidNext === before.next && count() === exists) return;
  if (uidNext > before.next) await enter(deps, folder, await browser.rows(numbered, await browser.since(numbered, before.next)));
  if (!counts || modseq !== before.modseq) markAll(deps, folder, await browser.flags(numbered, counts ? before.modseq : null));
  if (count() !== exists) await compare(deps, folder, numbered, exists);
}

/** UIDs on the server against rows: what is gone is dropped, what is missing is read, the newest first. */
async function compare(deps: FolderDeps, folder: KnownFolder, numbered: Numbered, exists: number): Promise<void> {
  const { browser, use } = deps;
  const uids = await browser.uids(numbered);
  const rows = use((catalog) => catalog.bases(folder.row));
  const there = new Set(uids);
  drop(
    deps,
    [...rows].filter(([base]) => !there.has(Number(base))).map(([, { id }]) => id),
  );
  const missing = uids.filter((uid) => !rows.has(String(uid))).sort((one, other) => other - one);
  for (let at = 0; at < missing.length; at += step) {
    deps.progress(exists - missing.length + at, exists);
    await deps.pause();
    await enter(deps, folder, await browser.rows(numbered, missing.slice(at, at + step)));
  }
}

async function enter(deps: FolderDeps, folder: KnownFolder, rows: readonly MailRow[]): Promise<void> {
  if (rows.length === 0) return;
  await deps.insert([...rows].reverse().map((row) => newRow(folder.row, row)));
  deps.changed();
}

function drop(deps: FolderDeps, ids: readonly number[]): void {
  if (ids.length === 0) return;
  deps.use((catalog) => catalog.drop(ids));
  deps.changed();
}

/** Only rows whose letters differ are written. */
function markAll(deps: FolderDeps, folder: KnownFolder, flags: ReadonlyMap<number, string>): void {
  if (flags.size === 0) return;
  const rows = deps.use((catalog) => catalog.bases(folder.row));
  const wrong = [...flags].flatMap(([uid, letters]) => {
    const row = rows.get(String(uid));
    if (row === undefined || row.info === `:2,${letters}`) return [];
    return [{ id: row.id, folder: folder.row, base: String(uid), file: fileOf(uid, letters), flags: letters }];
  });
  if (wrong.length === 0) return;
  deps.use((catalog) => catalog.rename(wrong));
  deps.changed();
}
