// docs/security.md is true: every rule has its row, every test it names is there. And the rules that sources alone can hold.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const rows = text('docs/security.md')
  .split('\n')
  .flatMap((line) => /^\| (S\d+)( E)? \| (.+) \| (.+) \|$/.exec(line)?.slice(1) ?? [])
  .reduce<string[][]>(
    (all, cell, index) => (index % 4 === 0 ? [...all, [cell]] : [...all.slice(0, -1), [...(all.at(-1) ?? []), cell]]),
    [],
  );

test('all 26 rules have a row', () => {
  expect(rows.map(([rule]) => rule)).toEqual(Array.from({ length: 26 }, (_, index) => `S${index + 1}`));
});

describe.each(rows)('%s', (_rule, _electron, _what, cell = '') => {
  const named = [...cell.matchAll(/`(test\/[^`]+)`: “([^”]+)”/g)].map(([, file = '', name = '']) => [file, name] as const);
  test('names a test', () => expect(named.length).toBeGreaterThan(0));
  test.each(named)('%s has “%s”', (file, name) => {
    expect(existsSync(join(root, file))).toBe(true);
    // In quotes in the source, where an apostrophe may stand escaped.
    expect(text(file).replaceAll("\\'", "'")).toContain(name);
  });
});

test('S2: the sandbox is asked for before the app is ready', () => {
  const main = text('electron/main.ts');
  const asked = main.indexOf('app.enableSandbox()');
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(main.indexOf('.whenReady()'));
});

test('S16: nothing is ever opened by its file type', () => {
  const sources = readdirSync(join(root, 'electron'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const opening = sources.filter((path) => /\bshell\.(openPath|openItem|showItemInFolder)\b/.test(text(join('electron', path))));
  expect(opening).toEqual([]);
  const external = sources.filter((path) => /openExternal\(/.test(text(join('electron', path))));
  expect(external).toEqual(['shell/link.ts']);
});

interface Locked {
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}
test('S25: every package has a digest, none runs a script when it is installed, each of ours has its reason', () => {
  const lock = JSON.parse(text('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  expect(packages.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path)).toEqual([]);
  const { dependencies, devDependencies } = JSON.parse(text('package.json')) as Record<string, Record<string, string>>;
  const reasons = [...text('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| \S.+ \|$/gm)].map(([, name]) => name);
  expect(reasons).toEqual([...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})]);
});

/** Looked up on 24 November 2026. Look again with each release, and raise `electron` with it. */
const electronMajors = [45, 44, 43];
test('S26: Electron is of the newest three majors at the last look', () => {
  const { devDependencies } = JSON.parse(text('package.json')) as { readonly devDependencies: Readonly<Record<string, string>> };
  const major = Number(/\d+/.exec(devDependencies.electron ?? '')?.[0]);
  expect(major).toBeGreaterThanOrEqual(Math.min(...electronMajors));
});
