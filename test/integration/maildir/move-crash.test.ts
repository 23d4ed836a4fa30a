// kill -9 while messages move: within a file system each is in exactly one place afterwards, across file systems in at least one.
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMaildir } from '../../../electron/maildir/deliver.js';
import { deliveryKey, newName, parseName } from '../../../electron/maildir/names.js';
import { bundleForNode, runChild } from '../../support/child.js';
import { seeded } from '../../support/mailgen.js';

const count = 60;
const kills = 12;
const made: string[] = [];
const folder = (below: string) => {
  const path = mkdtempSync(join(below, 'todoku-move-'));
  made.push(path);
  return path;
};
let mover = '';
beforeAll(async () => {
  mover = await bundleForNode(fileURLToPath(new URL('../../support/mover.ts', import.meta.url)));
});
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

const placed = (maildir: string) =>
  ['new', 'cur'].flatMap((part) =>
    readdirSync(join(maildir, part)).map((name) => ({ name, text: readFileSync(join(maildir, part, name), 'utf8') })),
  );

async function killAgainAndAgain(first: string, second: string): Promise<ReadonlyMap<string, number>> {
  await makeMaildir(first);
  await makeMaildir(second);
  for (let number = 0; number < count; number += 1)
    writeFileSync(join(first, 'new', newName(deliveryKey('a', String(number), 1))), `message ${number}\n`.repeat(2000));
  const keys = placed(first).map(({ name }) => parseName(name).key ?? '');
  const random = seeded(3);
  for (let kill = 0; kill < kills; kill += 1) {
    const { child } = await runChild(mover, [first, second]);
    await pause(20 + random() * 150);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const copies = new Map(keys.map((key) => [key, 0]));
  for (const { name, text } of [...placed(first), ...placed(second)]) {
    expect(text.length).toBeGreaterThanOrEqual(20_000);
    const key = parseName(name).key ?? '';
    copies.set(key, (copies.get(key) ?? 0) + 1);
  }
  return copies;
}

test(`within a file system: ${count} messages, ${kills} kills, each in one place`, async () => {
  const copies = await killAgainAndAgain(folder(tmpdir()), folder(tmpdir()));
  expect([...copies.values()].filter((places) => places !== 1)).toEqual([]);
  expect(copies.size).toBe(count);
});

const other = '/dev/shm';
const twoSystems = existsSync(other) && statSync(other).dev !== statSync(tmpdir()).dev;
test.runIf(twoSystems)('across file systems: none is lost, none is cut', async () => {
  const copies = await killAgainAndAgain(folder(tmpdir()), folder(other));
  expect([...copies.values()].filter((places) => places < 1)).toEqual([]);
});
