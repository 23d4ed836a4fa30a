// Counts what the scanner does, by the minute, for an hour: how many, what came of it, how long it took.
import type { ScannerWatch, WatchedMinute } from '../../shared/scan.js';
import type { Verdict, VerdictKind } from '../../shared/verdict.js';

const minute = 60_000;
const kept = 60;
/** Times kept a minute for its percentiles: a sample is enough. */
const samples = 2000;

interface Bucket {
  scans: number;
  octets: number;
  readonly verdicts: Partial<Record<VerdictKind, number>>;
  readonly times: number[];
}

export class Meter {
  private readonly buckets = new Map<number, Bucket>();
  private recent: number[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  count(verdict: Verdict, octets: number, milliseconds: number): void {
    const at = this.now();
    const bucket = this.bucketOf(Math.floor(at / minute));
    bucket.scans += 1;
    bucket.octets += octets;
    bucket.verdicts[verdict.kind] = (bucket.verdicts[verdict.kind] ?? 0) + 1;
    if (bucket.times.length < samples) bucket.times.push(milliseconds);
    this.recent.push(at);
    if (this.recent.length > 2 * samples) this.forget();
  }

  read(): Pick<ScannerWatch, 'perMinute' | 'latency' | 'minutes'> {
    this.forget();
    const last = Math.floor(this.now() / minute);
    const minutes = Array.from({ length: kept }, (_, n) => this.minuteOf(last - kept + 1 + n));
    const times = [...this.buckets.values()].flatMap((bucket) => bucket.times).sort((a, b) => a - b);
    const latency =
      times.length === 0 ? null : { p50: at(times, 0.5), p95: at(times, 0.95), p99: at(times, 0.99), longest: times.at(-1) ?? 0 };
    return { perMinute: this.recent.length, latency, minutes };
  }

  private bucketOf(key: number): Bucket {
    const known = this.buckets.get(key);
    if (known !== undefined) return known;
    const bucket: Bucket = { scans: 0, octets: 0, verdicts: {}, times: [] };
    this.buckets.set(key, bucket);
    return bucket;
  }

  private minuteOf(key: number): WatchedMinute {
    const { scans, octets, verdicts, times } = this.buckets.get(key) ?? { scans: 0, octets: 0, verdicts: {}, times: [] };
    const sorted = [...times].sort((a, b) => a - b);
    const share = (part: number) => (sorted.length === 0 ? null : at(sorted, part));
    return { minute: new Date(key * minute).toISOString(), scans, octets, verdicts, p50: share(0.5), p95: share(0.95), p99: share(0.99) };
  }

  private forget(): void {
    const now = this.now();
    this.recent = this.recent.filter((time) => time > now - minute);
    for (const key of this.buckets.keys()) if (key <= Math.floor(now / minute) - kept) this.buckets.delete(key);
  }
}

/** Nearest rank. */
function at(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
