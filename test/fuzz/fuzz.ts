// One target, fuzzed: inputs are mutations of a kept corpus by fast-check, so that a failure shrinks. Every failure becomes a file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { MailError } from '../../shared/error.js';
import type { Target } from './targets.js';

export const corpusFolder = join(import.meta.dirname, '..', 'fixture', 'fuzz');
/** Milliseconds after which an input counts as hanging. */
export const patience = 2000;
const largest = 60_000;

export interface Found {
  readonly kind: 'crash' | 'hang';
  readonly bytes: Buffer;
  readonly said: string;
}
export interface Outcome {
  readonly inputs: number;
  readonly slowest: number;
  readonly found: Found | null;
}
export interface Effort {
  readonly seed: number;
  readonly inputs: number;
  /** Milliseconds in all; whichever comes first. */
  readonly milliseconds: number;
  readonly corpus: readonly Buffer[];
  /** Called before each input, so that a watcher can tell which one hangs. */
  readonly before?: (bytes: Buffer) => void;
}

export function corpusOf({ name }: Target, folder: string = corpusFolder): readonly Buffer[] {
  return readdirSync(join(folder, name))
    .sort()
    .map((file) => readFileSync(join(folder, name, file)));
}

interface Change {
  readonly how: 'octet' | 'word' | 'cut' | 'repeat' | 'end';
  readonly at: number;
  readonly length: number;
  readonly value: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  how: fc.constantFrom('octet', 'word', 'cut', 'repeat', 'end'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 200 }),
  value: fc.integer({ min: 0, max: 255 }),
});

function changed(bytes: Buffer, { how, at, length, value }: Change, words: readonly string[]): Buffer {
  const from = Math.floor(at * bytes.length);
  const [before, behind] = [bytes.subarray(0, from), bytes.subarray(from)];
  if (how === 'octet') return Buffer.concat([before, Buffer.of(value), behind.subarray(1)]);
  if (how === 'word') return Buffer.concat([before, Buffer.from(words[value % words.length] ?? '', 'latin1'), behind]);
  if (how === 'cut') return Buffer.concat([before, behind.subarray(length)]);
  if (how === 'end') return Buffer.from(before);
  const piece = behind.subarray(0, length);
  return Buffer.concat([before, ...Array.from({ length: 2 + value * 4 }, () => piece), behind]).subarray(0, largest);
}

/** Throws what is neither a value nor a MailError, or when it took too long. */
export async function tryInput(target: Target, bytes: Buffer): Promise<number> {
  const began = performance.now();
  try {
    await target.run(Buffer.from(bytes));
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
  }
  const took = performance.now() - began;
  if (took > patience) throw new Hang(`took ${Math.round(took)} ms`);
  return took;
}

class Hang extends Error {}

export async function fuzz(target: Target, { seed, inputs, milliseconds, corpus, before = () => undefined }: Effort): Promise<Outcome> {
  let slowest = 0;
  let count = 0;
  const attempt = async (bytes: Buffer) => {
    before(bytes);
    count += 1;
    slowest = Math.max(slowest, await tryInput(target, bytes));
  };
  for (const bytes of corpus) await attempt(bytes);
  const input = fc
    .tuple(fc.constantFrom(...corpus), fc.array(change, { maxLength: 8 }))
    .map(([start, changes]) => changes.reduce((bytes, one) => changed(bytes, one, target.words), start));
  const result = await fc.check(fc.asyncProperty(input, attempt), { seed, numRuns: inputs, interruptAfterTimeLimit: milliseconds });
  const [bytes] = result.counterexample ?? [];
  if (bytes === undefined) return { inputs: count, slowest, found: null };
  const error = result.errorInstance;
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { inputs: count, slowest, found: { kind: error instanceof Hang ? 'hang' : 'crash', bytes, said } };
}
