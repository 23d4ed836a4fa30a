// The house rules that matter are executable: who may import whom, no cycles, file sizes, words, versions.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../../shared/version.js';

const root = join(import.meta.dirname, '..', '..');
const sources = ['shared', 'electron', 'renderer'].flatMap((folder) => walk(join(root, folder)));

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [relative(root, path)] : [];
  });
}

const text = (file: string) => readFileSync(join(root, file), 'utf8');
const importPattern = /(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g;

function importsOf(file: string): string[] {
  return [...text(file).matchAll(importPattern)].map((match) => match[1] ?? '');
}
function ours(file: string): string[] {
  return importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(file), name)).replace(/\.js$/, ''));
}

const leaves = ['net', 'pop3', 'imap', 'smtp', 'routing', 'maildir', 'scanner', 'message', 'bounce', 'trace', 'import', 'remote', 'worker'];
type Layer = 'shared' | 'renderer' | 'entry' | 'shell' | 'web' | 'station' | 'leaf';

function layerOf(path: string): Layer {
  const [top, second = ''] = path.split('/');
  if (top === 'shared') return 'shared';
  if (top === 'renderer') return 'renderer';
  if (leaves.includes(second)) return 'leaf';
  if (second === 'station') return 'station';
  if (second === 'shell') return 'shell';
  if (second === 'web') return 'web';
  return 'entry';
}

/** Layer -> layers it may import. */
const table: Readonly<Record<Layer, readonly Layer[]>> = {
  shared: ['shared'],
  renderer: ['renderer', 'shared'],
  leaf: ['leaf', 'shared'],
  station: ['station', 'leaf', 'shared'],
  web: ['web', 'station', 'shared'],
  shell: ['shell', 'web', 'station', 'shared'],
  entry: ['entry', 'shell', 'web', 'station', 'leaf', 'shared'],
};

test('imports follow the table of layers', () => {
  const wrong = sources.flatMap((file) =>
    ours(file)
      .filter((to) => !table[layerOf(file)].includes(layerOf(to)))
      .map((to) => `${file} -> ${to}`),
  );
  expect(wrong).toEqual([]);
});

test('leaves do not import each other', () => {
  // The worker runs message/: it is that folder's other thread. net/ is what every client of a server needs: TLS and its trust.
  const allowed = new Set(['worker -> message', 'pop3 -> net', 'imap -> net', 'smtp -> net']);
  const folder = (path: string) => path.split('/')[1] ?? '';
  const wrong = sources
    .filter((file) => layerOf(file) === 'leaf')
    .flatMap((file) =>
      ours(file)
        .filter((to) => layerOf(to) === 'leaf' && folder(to) !== folder(file) && !allowed.has(`${folder(file)} -> ${folder(to)}`))
        .map((to) => `${file} -> ${to}`),
    );
  expect(wrong).toEqual([]);
});

test("only the shell, main and preload import 'electron'", () => {
  const wrong = sources.filter(
    (file) =>
      importsOf(file).some((name) => name === 'electron' || name === 'electron-store') &&
      layerOf(file) !== 'shell' &&
      !/^electron\/(main|preload)\.ts$/.test(file),
  );
  expect(wrong).toEqual([]);
});

test('shared imports no Node module', () => {
  const wrong = sources.filter((file) => layerOf(file) === 'shared' && importsOf(file).some((name) => name.startsWith('node:')));
  expect(wrong).toEqual([]);
});

test('there are no cycles', () => {
  const graph = new Map(sources.map((file) => [file.replace(/\.tsx?$/, ''), runtimeImports(file)]));
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (node: string, path: readonly string[]) => {
    if (state.get(node) === 'done') return;
    if (state.get(node) === 'open') {
      cycles.push([...path.slice(path.indexOf(node)), node].join(' -> '));
      return;
    }
    state.set(node, 'open');
    for (const next of graph.get(node) ?? []) visit(next, [...path, node]);
    state.set(node, 'done');
  };
  for (const node of graph.keys()) visit(node, []);
  expect(cycles).toEqual([]);
});

/** Imports of types alone leave no trace at run time. */
function runtimeImports(file: string): string[] {
  const code = text(file)
    .replace(/import type [^;]+;/g, '')
    .replace(/import\s*\{\s*(?:type [^,{}]+,?\s*)+\}\s*from\s*'[^']+';/g, '');
  return [...code.matchAll(importPattern)]
    .map((match) => match[1] ?? '')
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(file), name)).replace(/\.jsx?$/, ''));
}

test('no file is longer than 400 lines', () => {
  expect(sources.filter((file) => text(file).split('\n').length > 401)).toEqual([]);
});

test('nothing switches certificate checks off', () => {
  expect(sources.filter((file) => /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/.test(text(file)))).toEqual([]);
});

test('nothing is left for someone else', () => {
  const words = new RegExp(`${['TO', 'DO'].join('')}\\b|${['FIX', 'ME'].join('')}|Error\\(.not implemented`);
  expect(sources.filter((file) => words.test(text(file)))).toEqual([]);
});

test('windows are made in one place', () => {
  const made = sources.flatMap((file) => (text(file).match(/new BrowserWindow\(/g) ?? []).map(() => file));
  expect(made.length).toBeLessThanOrEqual(1);
});

test('version.ts says what package.json says', () => {
  expect((JSON.parse(text('package.json')) as { version: string }).version).toBe(version);
});
