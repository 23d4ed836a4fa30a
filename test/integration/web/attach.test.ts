// Joining a station that runs: found and let in by two 0600 files, the same calls, events and parts; and the reason where not.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type HeadlessStation, openHeadless } from '../../../electron/headless.js';
import type { RunningStation } from '../../../electron/station/context.js';
import { takeLock } from '../../../electron/station/lock.js';
import { openAttached } from '../../../electron/web/attached.js';
import { account } from '../../../shared/account.js';

let home = '';
let headless: HeadlessStation | null = null;
let joined: RunningStation | null = null;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'todoku-attach-'));
});
afterEach(async () => {
  await joined?.close();
  await headless?.close();
  [joined, headless] = [null, null];
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});
const start = async () => {
  headless = await openHeadless({ home, port: 0, open: false, sample: false }, () => undefined);
};
const work = account.parse({
  id: 'work',
  name: 'Work',
  host: 'localhost',
  port: 1,
  user: 'ayumi',
  enabled: false,
  drop: { kind: 'singledrop', to: ['ayumi@mori.example'] },
});

it('calls, events and failures come through; the files are 0600; what stops joins again', async () => {
  await start();
  expect(['station.json', 'station.token'].map((name) => statSync(join(home, name)).mode & 0o777)).toEqual([0o600, 0o600]);
  const said: string[] = [];
  joined = await openAttached(home, (line) => said.push(line));
  const events: string[] = [];
  joined.subscribe((name) => events.push(name));
  await joined.station['account.save']({ account: work, secret: null, sendingSecret: null });
  expect((await headless?.running.station['account.list']({}))?.map(({ account: one }) => one.id)).toEqual(['work']);
  await expect.poll(() => events).toContain('account.changed');
  await expect(joined.station['message.open']({ id: 'nothing', charset: null })).rejects.toMatchObject({ code: 'not-found' });
  await expect(joined.part('nothing', 'source')).rejects.toMatchObject({ code: 'not-found' });
  await headless?.close();
  await expect.poll(() => said).toEqual(['the station has gone; waiting for it to come back']);
  await expect(joined.station['account.list']({})).rejects.toMatchObject({ code: 'connection-lost' });
  await start();
  await expect.poll(() => said.length, { timeout: 20_000 }).toBe(2);
  expect((await joined.station['account.list']({})).map(({ account: one }) => one.id)).toEqual(['work']);
});

it('a program that serves no window, and a token that is not the station’s, are said in words', async () => {
  const lock = takeLock(home);
  await expect(openAttached(home, () => undefined)).rejects.toMatchObject({
    code: 'locked',
    message: expect.stringContaining(`the program with pid ${process.pid} serves no window`),
  });
  lock.release();
  await start();
  writeFileSync(join(home, 'station.token'), 'stolen');
  await expect(openAttached(home, () => undefined)).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('HTTP 403') });
});
