// Every labelled query against a catalog of 100,000, first page by date: `node test/bench/run.js search [COUNT]`.
// Prints median, 99th percentile and the slowest; asserts nothing.
import { rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { labelled } from '../support/labelled.js';
import { largeStation } from './list.js';

export async function run([count = '100000']: readonly string[]): Promise<void> {
  const mail = await largeStation(Number(count));
  const times: { readonly search: string; readonly milliseconds: number; readonly total: number }[] = [];
  for (const round of [1, 2]) {
    for (const [typed] of labelled) {
      // A space more each round: an answer that is kept would not be asked for again.
      const search = `${typed}${' '.repeat(round)}`;
      const start = performance.now();
      const { total } = await mail.call('message.list', { search, limit: 50 });
      if (round > 1) times.push({ search, milliseconds: performance.now() - start, total });
    }
  }
  times.sort((a, b) => a.milliseconds - b.milliseconds);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.milliseconds.toFixed(1);
  console.log(`${times.length} queries over ${count} messages: median ${at(0.5)} ms, 90% ${at(0.9)} ms, 99% ${at(0.99)} ms`);
  for (const { search, milliseconds, total } of times.slice(-10))
    console.log(`  ${milliseconds.toFixed(1)} ms  ${total} hits  ${search.trim()}`);
  await mail.mail.close();
  rmSync(mail.root, { recursive: true, force: true });
}
