// Delivery reports in the catalog: each was read once, by the thread that entered its message. What the window lists and
// counts comes from here, and no message is read again for it.
import type { BounceReport } from '../../shared/bounce.js';
import type { CatalogDatabase } from './catalog-schema.js';

export interface CatalogReport {
  /** Of the message that carried it. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly received: number;
  readonly report: BounceReport;
}
export interface CatalogReports {
  /** Those that arrived at or after `since` (milliseconds since 1970), in any order. */
  since(since: number): readonly CatalogReport[];
  /** The message to show for each Message-ID that is here: of several the copy in Sent, one in Trash or Junk last. */
  originals(messageIds: readonly string[]): ReadonlyMap<string, string>;
  /** Another text once a report came or went. */
  stamp(): string;
}

/** Reports kept as they were parsed: more are parsed again, which a list of all time can afford. */
const mostKept = 20_000;

export function openReports(db: CatalogDatabase, epoch: string): CatalogReports {
  const kept = new Map<number, BounceReport>();
  const arrived = db.prepare('SELECT r.message AS id, m.received FROM report r JOIN message m ON m.id = r.message WHERE m.received >= ?');
  const text = db.prepare('SELECT text FROM report WHERE message = ?');
  const byIdentifier = db.prepare(`SELECT m.identifier, m.id FROM json_each(?) wanted JOIN message m ON m.identifier = wanted.value
    JOIN folder f ON f.id = m.folder
    ORDER BY CASE f.role WHEN 'sent' THEN 0 WHEN 'trash' THEN 2 WHEN 'junk' THEN 2 ELSE 1 END, m.at, m.id`);
  const counted = db.prepare('SELECT count(*) AS count, max(message) AS newest FROM report');
  const reportOf = (id: number): BounceReport => {
    const known = kept.get(id);
    if (known !== undefined) return known;
    const report = JSON.parse((text.get(id) as { text: string }).text) as BounceReport;
    if (kept.size >= mostKept) kept.clear();
    kept.set(id, report);
    return report;
  };
  return {
    since: (since) =>
      (arrived.all(since) as { id: number; received: number }[]).map(({ id, received }) => ({
        id: `${epoch}.${id}`,
        received,
        report: reportOf(id),
      })),
    originals(messageIds) {
      const first = new Map<string, string>();
      for (const { identifier, id } of byIdentifier.all(JSON.stringify(messageIds)) as { identifier: string; id: number }[])
        if (!first.has(identifier)) first.set(identifier, `${epoch}.${id}`);
      return first;
    },
    stamp() {
      const { count, newest } = counted.get() as { count: number; newest: number | null };
      return `${count} ${newest ?? 0}`;
    },
  };
}
