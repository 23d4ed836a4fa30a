// The fuzzer with fixed seeds: every kept input, and some hundred mutations of each. `npm run fuzz` looks further.
import { describe, expect, test } from 'vitest';
import { corpusOf, fuzz, tryInput } from '../../fuzz/fuzz.js';
import { type Target, targets } from '../../fuzz/targets.js';

describe.each(targets)('$name', (target) => {
  test('no crash and no hang', async () => {
    const corpus = corpusOf(target);
    expect(corpus.length).toBeGreaterThan(1);
    const { inputs, found } = await fuzz(target, { seed: 20_261_124, inputs: 150, milliseconds: 10_000, corpus });
    expect(found === null ? null : { kind: found.kind, bytes: found.bytes.toString('latin1'), said: found.said }).toBeNull();
    expect(inputs).toBeGreaterThan(100);
  });
});

test('a crash is found, and shrunk to what crashes', async () => {
  const broken: Target = {
    name: 'pop3',
    words: ['boom'],
    run: (bytes) => {
      if (bytes.includes('boom')) throw new TypeError('it broke');
    },
  };
  const { found } = await fuzz(broken, { seed: 1, inputs: 2000, milliseconds: 20_000, corpus: corpusOf(broken) });
  expect(found?.kind).toBe('crash');
  expect(found?.bytes.includes('boom')).toBe(true);
  await expect(tryInput(broken, Buffer.from('boom'))).rejects.toThrow('it broke');
});
