// One target in a program of its own, so that an endless loop or a growth without end stops it and not the fuzzer. Each input is in
// the file before it is tried. Arguments: target, seed, milliseconds, corpus, file. Prints one JSON line.
import { writeFileSync } from 'node:fs';
import { corpusOf, fuzz } from './fuzz.js';
import { targets } from './targets.js';

const [name, seed, milliseconds, folder, file = ''] = process.argv.slice(2);
const target = targets.find((candidate) => candidate.name === name);
if (target === undefined) throw new Error(`there is no target ${name}`);
const corpus = corpusOf(target, folder);
const memory = () => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
};
/** Grown caches and compiled code are no leak: the heap is compared after a first second of the same. */
await fuzz(target, { seed: Number(seed) + 1, inputs: 500, milliseconds: 1000, corpus });
const held = memory();
let last = 0;
const outcome = await fuzz(target, {
  seed: Number(seed),
  inputs: Number.MAX_SAFE_INTEGER,
  milliseconds: Number(milliseconds),
  corpus,
  before: (bytes) => {
    // Also the proof of life that the parent watches; not more often than needed.
    const now = performance.now();
    if (now - last < 20 && bytes.length < 2000) return;
    last = now;
    writeFileSync(file, bytes);
  },
});
const { found } = outcome;
process.stdout.write(
  `${JSON.stringify({
    ...outcome,
    grown: memory() - held,
    found: found === null ? null : { ...found, bytes: found.bytes.toString('base64') },
  })}\n`,
);
