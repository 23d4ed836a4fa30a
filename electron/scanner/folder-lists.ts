// What a folder scan found, line by line, and what was done with it since.
import type { ScanLine, ScanLines, ScanList } from '../../shared/scan.js';
import type { ScanSummary } from '../../shared/station.js';
import type { Verdict } from '../../shared/verdict.js';
import { type Disposal, dispose, type Scanned } from './dispose.js';
import { reasonOf } from './walk.js';

/** Clean files kept by name; the rest is counted. */
const cleanKept = 10_000;

type Fate = ScanLine['fate'];
interface Entry {
  readonly id: number;
  readonly path: string;
  readonly detail: string;
  /** The file as it was scanned; null for a clean one and an error. */
  readonly file: { readonly path: Buffer; readonly scanned: Scanned; readonly verdict: Verdict } | null;
  fate: Fate;
  failure: string | null;
}

const fates: Readonly<Record<Exclude<Disposal['kind'], 'none'>, NonNullable<Fate>>> = {
  move: 'moved',
  copy: 'copied',
  remove: 'removed',
  hold: 'held',
};
/** Where the file is not any more. */
const away: ReadonlySet<Fate> = new Set(['moved', 'removed', 'held'] as const);

/** What is done with a file of this verdict. */
export type DisposalOf = (verdict: Verdict) => Disposal;

export class FoundFiles {
  readonly infected: ScanSummary['infected'][number][] = [];
  readonly suspicious: ScanSummary['suspicious'][number][] = [];
  readonly errors: ScanSummary['errors'][number][] = [];
  clean = 0;
  private readonly lists: Readonly<Record<ScanList, Entry[]>> = { infected: [], suspicious: [], clean: [], errors: [] };
  private count = 0;

  add(list: ScanList, path: string, detail: string, file: Entry['file'] = null): Entry | null {
    if (list === 'clean') this.clean += 1;
    if (list === 'clean' && this.lists.clean.length >= cleanKept) return null;
    const entry: Entry = { id: this.count, path, detail, file, fate: null, failure: null };
    this.count += 1;
    this.lists[list].push(entry);
    return entry;
  }

  read(list: ScanList, offset: number, limit: number): ScanLines {
    const entries = this.lists[list];
    const lines = entries.slice(offset, offset + limit).map(({ file: _, ...line }): ScanLine => ({ ...line }));
    return { total: list === 'clean' ? this.clean : entries.length, lines };
  }

  /** One after another; a file that cannot be dealt with says why in its line, and the rest goes on. */
  async settle(ids: readonly number[], disposalOf: DisposalOf): Promise<readonly ScanLine[]> {
    const wanted = new Set(ids);
    const entries = [...this.lists.infected, ...this.lists.suspicious].filter(({ id }) => wanted.has(id));
    for (const entry of entries) await settleOne(entry, disposalOf);
    return entries.map(({ file: _, ...line }) => line);
  }
}

async function settleOne(entry: Entry, disposalOf: DisposalOf): Promise<void> {
  const { file } = entry;
  if (file === null || away.has(entry.fate)) return;
  const disposal = disposalOf(file.verdict);
  if (disposal.kind === 'none') return;
  try {
    await dispose(file.path, file.scanned, disposal);
    entry.fate = fates[disposal.kind];
    entry.failure = null;
  } catch (error) {
    entry.failure = reasonOf(error);
  }
}
