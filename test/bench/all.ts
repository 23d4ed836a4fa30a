// `npm run bench`: every line that docs/speed.md tells, ours beside the peers' of the same run. [--count N] messages (default 2,000),
// [--json] prints the figures only, [--write] puts the table into docs/speed.md, between its markers.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchBench, wires } from './fetch.js';
import { hungBench } from './hung.js';
import { scannedBench } from './scanned.js';

interface Line {
  readonly what: string;
  readonly ours: string;
  readonly peer: string;
  /** Their seconds over ours: above 1 we are faster. */
  readonly ratio: number;
}
const page = join(import.meta.dirname, '..', '..', 'docs', 'speed.md');
const markers = ['<!-- figures -->', '<!-- end of figures -->'] as const;

export async function run(parameters: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...parameters],
    options: { count: { type: 'string', default: '2000' }, json: { type: 'boolean' }, write: { type: 'boolean' } },
  });
  const count = Number(values.count);
  const lines: Line[] = [];
  for (const wire of wires) lines.push(...(await fetchLines(wire, count)));
  lines.push(...(await scanLines(Math.min(count, 1000))), ...(await hungLines()));
  const machine = `${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)} at the end, ${count} messages`;
  const table = markdown(machine, lines);
  console.log(values.json === true ? JSON.stringify({ machine, lines }, null, 2) : table);
  if (values.write === true) put(table);
}

async function fetchLines(wire: (typeof wires)[number], count: number): Promise<Line[]> {
  const [ours, ...others] = await fetchBench(wire, count);
  if (ours === undefined) return [];
  const named = { plain: 'POP3', tls: 'POP3S', delay: 'POP3, 50 ms of round trip' }[wire];
  const tell = (row: typeof ours) => `${row.seconds.toFixed(1)} s, cpu ${row.cpu.toFixed(1)} s, peak ${row.peak.toFixed(0)} MiB`;
  return others.map((row) => ({
    what: `fetch ${row.messages}, durable, ${named}: ${row.name}`,
    ours: tell(ours),
    peer: tell(row),
    ratio: row.seconds / ours.seconds,
  }));
}

async function scanLines(count: number): Promise<Line[]> {
  const [ours, ...others] = await scannedBench(count);
  if (ours === undefined) return [];
  return others.map((row) => ({
    what: `fetch and scan ${row.messages}: ${row.name}`,
    ours: `${ours.seconds.toFixed(1)} s`,
    peer: `${row.seconds.toFixed(1)} s`,
    ratio: row.seconds / ours.seconds,
  }));
}

async function hungLines(): Promise<Line[]> {
  const [ours, theirs] = await hungBench(50);
  if (ours === undefined || theirs === undefined) return [];
  const tell = (row: typeof ours) => `${row.seconds.toFixed(1)} s (without it ${row.alone.toFixed(1)} s)`;
  const what = `ten accounts, one hung: the nine have their mail: ${theirs.name}`;
  return [{ what, ours: tell(ours), peer: tell(theirs), ratio: theirs.seconds / ours.seconds }];
}

function markdown(machine: string, lines: readonly Line[]): string {
  const widest = Math.max(...lines.map(({ ratio }) => ratio));
  const bar = (ratio: number) => '█'.repeat(Math.max(1, Math.round((ratio / widest) * 20)));
  const rows = lines.map(({ what, ours, peer, ratio }) => `| ${what} | ${ours} | ${peer} | ${ratio.toFixed(2)} | ${bar(ratio)} |`);
  return [
    `Measured with \`npm run bench\` on ${machine}.`,
    '',
    '| line | ours | theirs | theirs / ours | |',
    '|---|---|---|---:|---|',
    ...rows,
  ].join('\n');
}

function put(table: string): void {
  const text = readFileSync(page, 'utf8');
  const [begin, end] = markers.map((marker) => text.indexOf(marker));
  if (begin === undefined || end === undefined || begin < 0 || end < begin) throw new Error(`${page} has lost its markers`);
  writeFileSync(page, `${text.slice(0, begin + markers[0].length)}\n${table}\n${text.slice(end)}`);
}
