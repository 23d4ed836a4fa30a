// Counts by the hour for the charts, in the ledger; held in memory and written when a run ends.
import type Database from 'libsql';
import type { Hourly } from '../../shared/station.js';
import type { Verdict, VerdictKind } from '../../shared/verdict.js';

const hourLength = 3_600_000;
/** Scan times kept an hour, for the percentiles: a sample is enough. */
const samples = 400;

export interface Statistics {
  delivered(account: string, verdict: Verdict, octets: number): void;
  scanned(milliseconds: number): void;
  failed(): void;
  today(account: string): number;
  read(hours: number): readonly Hourly[];
  /** Writes what has been counted since the last call; durable on return. */
  flush(): void;
}

interface Bucket {
  delivered: number;
  octets: number;
  failures: number;
  verdicts: Partial<Record<VerdictKind, number>>;
  scans: number[];
}

const empty = (): Bucket => ({ delivered: 0, octets: 0, failures: 0, verdicts: {}, scans: [] });

export function openStatistics(database: Database.Database): Statistics {
  const counted = new Map<number, Bucket>();
  const today = new Map<string, { day: number; count: number }>();
  const bucket = (): Bucket => {
    const hour = Math.floor(Date.now() / hourLength);
    const known = counted.get(hour) ?? empty();
    counted.set(hour, known);
    return known;
  };
  const midnight = () => new Date().setHours(0, 0, 0, 0);
  const countToday = database.prepare(
    "SELECT count(*) AS n FROM message WHERE account = ? AND first_seen >= ? AND state IN ('delivered', 'delete-sent', 'deleted')",
  );
  const todayOf = (account: string) => {
    const known = today.get(account);
    if (known?.day === midnight()) return known;
    const fresh = { day: midnight(), count: (countToday.get(account, midnight()) as { n: number }).n };
    today.set(account, fresh);
    return fresh;
  };
  return {
    delivered(account, verdict, octets) {
      const now = bucket();
      now.delivered += 1;
      now.octets += octets;
      now.verdicts[verdict.kind] = (now.verdicts[verdict.kind] ?? 0) + 1;
      todayOf(account).count += 1;
    },
    scanned(milliseconds) {
      const { scans } = bucket();
      if (scans.length < samples) scans.push(milliseconds);
    },
    failed() {
      bucket().failures += 1;
    },
    today: (account) => todayOf(account).count,
    flush: () => flush(database, counted),
    read(hours) {
      flush(database, counted);
      const from = Math.floor(Date.now() / hourLength) - hours + 1;
      const rows = database.prepare('SELECT * FROM hourly WHERE hour >= ? ORDER BY hour').all(from) as Row[];
      return rows.map(toHourly);
    },
  };
}

interface Row {
  hour: number;
  delivered: number;
  octets: number;
  failures: number;
  verdicts: string;
  scans: string;
}

function flush(database: Database.Database, counted: Map<number, Bucket>): void {
  if (counted.size === 0) return;
  const get = database.prepare('SELECT * FROM hourly WHERE hour = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO hourly (hour, delivered, octets, failures, verdicts, scans) VALUES (?, ?, ?, ?, ?, ?)',
  );
  database.transaction(() => {
    for (const [hour, bucket] of counted) {
      const row = get.get(hour) as Row | undefined;
      const verdicts = JSON.parse(row?.verdicts ?? '{}') as Bucket['verdicts'];
      for (const [kind, count] of Object.entries(bucket.verdicts))
        verdicts[kind as VerdictKind] = (verdicts[kind as VerdictKind] ?? 0) + count;
      const scans = [...(JSON.parse(row?.scans ?? '[]') as number[]), ...bucket.scans].slice(0, samples);
      put.run(
        hour,
        (row?.delivered ?? 0) + bucket.delivered,
        (row?.octets ?? 0) + bucket.octets,
        (row?.failures ?? 0) + bucket.failures,
        JSON.stringify(verdicts),
        JSON.stringify(scans),
      );
    }
  })();
  counted.clear();
}

function toHourly(row: Row): Hourly {
  const scans = (JSON.parse(row.scans) as number[]).sort((a, b) => a - b);
  const at = (share: number) => scans[Math.min(scans.length - 1, Math.floor(scans.length * share))] ?? null;
  return {
    hour: new Date(row.hour * hourLength).toISOString(),
    delivered: row.delivered,
    octets: row.octets,
    failures: row.failures,
    verdicts: JSON.parse(row.verdicts) as Hourly['verdicts'],
    scanMedian: at(0.5),
    scanP95: at(0.95),
  };
}
