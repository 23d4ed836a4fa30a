// Debian's python3-flufl.bounce reads its own samples; we find the same recipients, but for the differences on record.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBounce } from '../../../electron/bounce/bounce.js';

const samples = '/usr/lib/python3/dist-packages/flufl/bounce/tests/data';
const script = `
import glob, json, os, sys
from email import message_from_binary_file
from flufl.bounce import scan_message
found = {}
for path in sorted(glob.glob(sys.argv[1] + '/*.txt')):
    with open(path, 'rb') as file:
        found[os.path.basename(path)] = sorted(address.decode() for address in scan_message(message_from_binary_file(file)))
print(json.dumps(found))
`;
const differences: Record<string, { ours: string[] }> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixture/bounce/flufl-differences.json'), 'utf8'),
);

test('every sample of flufl.bounce, read by both', () => {
  const theirs: Record<string, string[]> = JSON.parse(execFileSync('/usr/bin/python3', ['-c', script, samples], { encoding: 'utf8' }));
  const expected = Object.fromEntries(Object.entries(theirs).map(([file, found]) => [file, differences[file]?.ours ?? found]));
  const ours = Object.fromEntries(
    readdirSync(samples)
      .filter((file) => file.endsWith('.txt'))
      .map((file) => [file, failedIn(file)]),
  );
  expect(Object.keys(ours).length).toBeGreaterThanOrEqual(115);
  expect(ours).toEqual(expected);
});

/** flufl names the original recipient where there is one, and only failures for good. */
function failedIn(file: string): string[] {
  const report = readBounce(readFileSync(join(samples, file)));
  if (report.kind !== 'failed') return [];
  return [...new Set(report.recipients.flatMap((recipient) => recipient.original ?? recipient.final ?? []))].sort();
}
