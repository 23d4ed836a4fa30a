// All targets, each in a child that is killed when it hangs; the table, and the corpus that grows by what was found.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleForNode } from '../support/child.js';
import { inParallel } from '../support/crash.js';
import { corpusFolder } from './fuzz.js';
import { targets } from './targets.js';

/** Milliseconds without a new input after which the child is held to hang: the first load counts too. */
const deadAfter = 10_000;
/** MiB of heap; a target that needs more grows without bound. */
const heapLimit = 256;
const grownLimit = 24 * 1_048_576;

interface Row {
  readonly name: string;
  readonly inputs: number;
  readonly slowest: number;
  readonly grown: number;
  readonly found: { readonly kind: string; readonly bytes: Buffer; readonly said: string } | null;
}

/** Exit code: 0 when nothing was found. */
export async function run(parameters: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
    allowPositionals: true,
  });
  const seed = Number(values.seed ?? Date.now() % 2_000_000_000);
  const chosen = targets.map(({ name }) => name).filter((name) => positionals.length === 0 || positionals.includes(name));
  const program = await bundleForNode(join(import.meta.dirname, 'child.ts'));
  const share = Math.max(1500, ((Number(values.seconds) * 1000) / chosen.length) * 2 - 2000);
  const rows = await inParallel(chosen, 2, (name) => one(program, name, seed, share));
  rmSync(program, { force: true });
  console.log(`fuzz, seed ${seed}\ntarget        inputs  slowest   heap grown  found`);
  for (const row of rows) {
    const grown = `${(row.grown / 1_048_576).toFixed(1)} MiB`;
    const kept = row.found === null ? 'nothing' : `${row.found.kind}: ${keep(row)}`;
    console.log(
      `${row.name.padEnd(12)} ${String(row.inputs).padStart(7)} ${`${row.slowest.toFixed(0)} ms`.padStart(8)} ${grown.padStart(12)}  ${kept}`,
    );
    if (row.found !== null) console.log(row.found.said.split('\n').slice(0, 12).join('\n'));
  }
  return rows.some(({ found }) => found !== null) ? 1 : 0;
}

function keep({ name, found }: Row): string {
  const bytes = found?.bytes ?? Buffer.alloc(0);
  const path = join(corpusFolder, name, `found-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`);
  writeFileSync(path, bytes);
  return path;
}

function one(program: string, name: string, seed: number, milliseconds: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-fuzzing-'));
  const file = join(folder, 'input');
  writeFileSync(file, '');
  const flags = ['--expose-gc', `--max-old-space-size=${heapLimit}`, '--stack-size=900'];
  const child = spawn(process.execPath, [...flags, program, name, String(seed), String(milliseconds), corpusFolder, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  let hung = false;
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const began = Date.now();
  const watch = setInterval(() => {
    const alive = Math.max(began, existsSync(file) ? statSync(file).mtimeMs : 0);
    if (Date.now() - alive < deadAfter || Date.now() - began < milliseconds / 2) return;
    hung = true;
    child.kill('SIGKILL');
  }, 500);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      const bytes = readFileSync(file);
      rmSync(folder, { recursive: true, force: true });
      if (code !== 0) {
        const found = { kind: hung ? 'hang' : 'growth or crash', bytes, said: errors.slice(-2000) };
        resolve({ name, inputs: 0, slowest: 0, grown: 0, found });
        return;
      }
      const said = JSON.parse(output) as Omit<Row, 'name' | 'found'> & { found: { kind: string; bytes: string; said: string } | null };
      const found = said.found === null ? null : { ...said.found, bytes: Buffer.from(said.found.bytes, 'base64') };
      const leak =
        found === null && said.grown > grownLimit ? { kind: 'growth', bytes, said: `the heap grew by ${said.grown} octets` } : found;
      resolve({ ...said, name, found: leak });
    });
  });
}
