// Whatever a header holds is read, in time that grows with its length.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { traceText } from '../../../electron/trace/text.js';
import { readTrace } from '../../../electron/trace/trace.js';

const folder = join(import.meta.dirname, '../../fixture/trace/maker');
const lines = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => readFileSync(join(folder, file), 'utf8').trim());

test('lines cut and stuffed with anything', () => {
  const stuff = fc.oneof(
    fc.string({ maxLength: 40, unit: 'binary' }),
    fc.constantFrom('(', ')', ';', '<', '[', '"', '\\', ' for ', ' by ', ' id '),
  );
  const mutated = fc.tuple(fc.constantFrom(...lines), fc.nat(300), fc.nat(300), stuff, fc.integer({ min: 1, max: 300 }));
  fc.assert(
    fc.property(mutated, ([line, from, to, insert, repeat]) => {
      const trace = readTrace(Buffer.from(`Received: ${line.slice(0, from)}${insert.repeat(repeat)}${line.slice(to)}\n\n`));
      expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
      for (const hop of trace.hops) if (hop.date !== null) expect(Number.isNaN(Date.parse(hop.date))).toBe(false);
      expect(traceText(trace, 'ja')).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
    }),
    { numRuns: 500 },
  );
}, 60_000);

test.each(['(', '[', '<', '"', ';', 'from ', ':a', 'a=b;', '1 jan 2000 10:00 '])(
  '%s without end',
  (piece) => {
    const text = `Received: ${piece.repeat(100_000)}\nAuthentication-Results: ${piece.repeat(100_000)}\n\n`;
    expect(readTrace(text).hops.length).toBe(1);
  },
  5000,
);
