// What is found by key after a crash is made durable before anybody builds on it: its folder is fsynced.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import * as deliver from '../../../electron/maildir/deliver.js';
import { deliveryKey } from '../../../electron/maildir/names.js';
import { findKeys } from '../../../electron/station/keys.js';

const root = mkdtempSync(join(tmpdir(), 'todoku-keys-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

vi.mock(import('../../../electron/maildir/deliver.js'), async (original) => {
  const real = await original();
  return { ...real, syncFolder: vi.fn(real.syncFolder) };
});

test('the folders that hold what was found are fsynced, the others are not', async () => {
  const key = deliveryKey('joe', 'uid', 10);
  for (const part of ['new', 'cur', '.Kept/cur']) mkdirSync(join(root, part), { recursive: true });
  writeFileSync(join(root, '.Kept', 'cur', `1.M1P1Q1K${key}.host,S=10:2,S`), '');
  expect((await findKeys([root])).get(key)).toEqual(new Set([root]));
  expect(vi.mocked(deliver.syncFolder).mock.calls.map(([folder]) => folder)).toEqual([join(root, '.Kept', 'cur')]);
});
