// Retention: what has been held too long goes, what is younger or has lost its note stays.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliveryKey } from '../../../electron/maildir/names.js';
import { sweepHeld } from '../../../electron/station/quarantine.js';
import { writeReason } from '../../../electron/station/quarantine-deliver.js';

let quarantine: string;
beforeEach(() => {
  quarantine = mkdtempSync(join(tmpdir(), 'todoku-held-'));
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(quarantine, part));
});
afterEach(() => rmSync(quarantine, { recursive: true, force: true }));

async function hold(name: string, quarantined: string | null): Promise<void> {
  const key = deliveryKey('joe', name, 1);
  writeFileSync(join(quarantine, 'new', `1.M1P1Q1K${key}.${name}`), name);
  if (quarantined === null) return;
  await writeReason(quarantine, {
    key,
    verdict: { kind: 'infected', signatures: ['X'] },
    account: 'joe',
    mailboxes: [],
    quarantined,
    scannedWith: '',
    headOctets: 0,
    sha256: '',
  });
}
const left = () =>
  readdirSync(join(quarantine, 'new'))
    .map((name) => name.split('.').at(-1))
    .sort();

test('days count from when it was held; 0 keeps everything', async () => {
  const now = Date.parse('2026-11-24T00:00:00Z');
  await hold('old', '2026-11-01T00:00:00.000Z');
  await hold('young', '2026-11-23T00:00:00.000Z');
  await hold('nameless', null);
  expect(await sweepHeld(quarantine, 0, now)).toBe(0);
  expect(left()).toEqual(['nameless', 'old', 'young']);
  expect(await sweepHeld(quarantine, 7, now)).toBe(1);
  expect(left()).toEqual(['nameless', 'young']);
  expect(readdirSync(join(quarantine, 'reason'))).toHaveLength(1);
});
