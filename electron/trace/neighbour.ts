// What a hop does not state but the lines beside it do: a queue on the same machine writes no host, a gateway no client.
// Such a part is concluded, and said to be: the anomaly `derived` names it. The boundary and the other anomalies never use it.
import type { Anomaly, Hop } from '../../shared/trace.js';

/** Programs that pass a message on inside one machine, and so write no `by`. */
const inside: ReadonlySet<string> = new Set(['qmail', 'qmail-scanner', 'critical-path', 'yahoo', 'haraka']);
/** The same of smaller programs: a scanner, list programs, a bulletin board's gate. */
const insideWords = /^\((?:qmail\+|BBSMAIL|Scanned by)|^with ECARTIS\b|^via dmail-/;
/** Seconds: further apart than this, two lines of one machine are not of one hand-over. */
const together = 24 * 3600;

export interface Concluded {
  readonly hops: readonly Hop[];
  readonly anomalies: readonly Anomaly[];
}

/** Hops oldest first. Only what is null is filled, and only from a neighbour that states it. */
export function concludeParts(hops: readonly Hop[]): Concluded {
  const filled: Hop[] = [];
  const anomalies: Anomaly[] = [];
  for (const [index, hop] of hops.entries()) {
    const by = hop.by ?? byBeside(hops, index, filled[index - 1]);
    const from = hop.from ?? (hop.date === null ? null : (filled[index - 1]?.by ?? null));
    const parts = [
      ...(hop.by === null && by !== null ? [`by ${by}`] : []),
      ...(hop.from === null && from !== null ? [`from ${from}`] : []),
    ];
    if (parts.length > 0) anomalies.push({ kind: 'derived', hop: index, detail: parts.join(', ') });
    filled.push({ ...hop, by, from });
  }
  return { hops: filled, anomalies };
}

/** The machine that had it just before; for the first line, the one that the next machine took it from. */
function byBeside(hops: readonly Hop[], index: number, older: Hop | undefined): string | null {
  const hop = hops[index];
  if (hop === undefined || hop.date === null || !(inside.has(hop.maker) || insideWords.test(hop.raw))) return null;
  if (older !== undefined) return older.by !== null && Math.abs(hop.delaySeconds ?? 0) <= together ? older.by : null;
  const next = hops.slice(index + 1).find((newer) => !/^\(qmail \d+ invoked (?:by|for)/.test(newer.raw));
  return next === undefined || inside.has(next.maker) ? null : (next.from ?? next.fromIp);
}
