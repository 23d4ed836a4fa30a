import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReader } from '../../../electron/station/catalog-reader.js';
import { openThread } from '../../../electron/worker/thread.js';
import { builtWorker } from '../../support/worker.js';

const folder = mkdtempSync(join(tmpdir(), 'todoku-worker-'));
const small = join(folder, 'small');
const large = join(folder, 'large');
const limits = { memory: 256, time: 20_000, idle: 20_000 };
let worker = '';

beforeAll(async () => {
  writeFileSync(small, 'Subject: small\n\nhello\n');
  writeFileSync(large, `Subject: large\nContent-Type: text/html\n\n${'<p>word </p>'.repeat(500_000)}`);
  worker = await builtWorker();
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a thread reads messages', async () => {
  const reader = openReader(worker);
  expect((await reader.index([small, join(folder, 'gone')])).map((row) => row?.head.subject ?? null)).toEqual(['small', null]);
  expect((await reader.view({ path: small, charset: null })).text).toBe('hello\n');
  await reader.close();
});

test('out of memory: the message is unparsable, the next one is read by a new thread', async () => {
  const reader = openReader(worker, { index: { ...limits, memory: 24 }, view: { ...limits, memory: 24 } });
  await expect(reader.view({ path: large, charset: null })).rejects.toMatchObject({ code: 'unparsable', facts: { said: 'out of memory' } });
  expect((await reader.view({ path: small, charset: null })).text).toBe('hello\n');
  await reader.close();
});

test('of a batch only the one to blame has an empty row', async () => {
  const hangs = join(folder, 'hangs.mjs');
  writeFileSync(
    hangs,
    `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ input }) => {
      if (input.some((path) => path.endsWith('large'))) for (;;);
      parentPort.postMessage({ result: input.map((path) => ({ path, preview: 'read' })) });
    });`,
  );
  const reader = openReader(hangs, { index: { ...limits, time: 2_000 }, view: limits });
  const rows = await reader.index([small, large, small]);
  expect(rows.map((row) => row?.preview)).toEqual(['read', '⚠ no result after 2 seconds', 'read']);
  expect(rows[1]?.octets).toBeGreaterThan(1_000_000);
  await reader.close();
});

test('a job over its time is ended with its thread', async () => {
  const thread = openThread(worker, { ...limits, time: 1 });
  await expect(
    thread.run(
      'index',
      Array.from({ length: 2000 }, () => large),
    ),
  ).rejects.toMatchObject({ code: 'unparsable', temporary: false });
  await thread.close();
});

test('after close() jobs are refused', async () => {
  const thread = openThread(worker, limits);
  await thread.close();
  await expect(thread.run('index', [small])).rejects.toMatchObject({ code: 'cancelled' });
});
