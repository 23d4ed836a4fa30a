// A found file is moved, copied or removed, and the program is killed before and after each file operation of that: the bytes
// are never nowhere, a name in the folder never stands for half a file, and done again each is where it belongs, once.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleForNode } from '../../support/child.js';
import { inParallel } from '../../support/crash.js';

const support = (name: string) => fileURLToPath(new URL(`../../support/${name}`, import.meta.url));
const bytes = Buffer.alloc(300_000, 'found \xff\x00 bytes ', 'latin1');
/** Another file system than that of tmpdir(), where there is one: there a move is a copy. */
const elsewhere = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

let bundle: string;
beforeAll(async () => {
  bundle = await bundleForNode(fileURLToPath(new URL('../../../electron/scanner/folder-lists.ts', import.meta.url)));
});
afterAll(() => rmSync(bundle));

interface Way {
  readonly how: 'move' | 'copy' | 'remove';
  readonly where: string;
}
interface Place {
  readonly root: string;
  readonly path: string;
  readonly folder: string;
}
type Kill = { readonly call: number; readonly after: boolean } | null;

function prepare({ where }: Way): Place {
  const root = mkdtempSync(join(tmpdir(), 'todoku-dispose-'));
  const folder = mkdtempSync(join(where, 'todoku-away-'));
  const path = join(root, 'bad.com');
  writeFileSync(path, bytes);
  // A file of that name is there already, and stays what it is.
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bad.com'), 'was here before');
  return { root, path, folder };
}

function run({ how }: Way, { path, folder }: Place, kill: Kill): Promise<{ readonly killed: boolean; readonly text: string }> {
  const child = spawn(process.execPath, [support('dispose-child.js'), JSON.stringify({ bundle, path, how, folder, kill })]);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) => child.on('close', (_, signal) => resolve({ killed: signal === 'SIGKILL', text })));
}

function look({ path, folder }: Place) {
  const names = readdirSync(folder).filter((name) => !name.endsWith('.part') && name !== 'bad.com');
  return {
    source: existsSync(path) && readFileSync(path).equals(bytes),
    whole: names.filter((name) => readFileSync(join(folder, name)).equals(bytes)).length,
    half: names.filter((name) => !readFileSync(join(folder, name)).equals(bytes)).length,
    parts: readdirSync(folder).filter((name) => name.endsWith('.part')).length,
    before: readFileSync(join(folder, 'bad.com'), 'latin1'),
  };
}

const ways: readonly Way[] = [
  { how: 'move', where: tmpdir() },
  { how: 'move', where: elsewhere },
  { how: 'copy', where: tmpdir() },
  { how: 'remove', where: tmpdir() },
];
it.each(ways)('$how into $where', { timeout: 120_000 }, async (way) => {
  const wanted = { source: way.how === 'copy', whole: way.how === 'remove' ? 0 : 1, half: 0, parts: 0, before: 'was here before' };
  const good = prepare(way);
  const { calls } = JSON.parse((await run(way, good, null)).text);
  expect(look(good)).toEqual(wanted);
  const kills = Array.from({ length: calls }, (_, n) => [false, true].map((after) => ({ call: n + 1, after }))).flat();
  const wrong = await inParallel(kills, 2, async (kill) => {
    const place = prepare(way);
    const { killed, text } = await run(way, place, kill);
    const then = look(place);
    const again = then.source ? await run(way, place, null) : null;
    const end = look(place);
    for (const path of [place.root, place.folder]) rmSync(path, { recursive: true });
    const lost = way.how !== 'remove' && !then.source && then.whole === 0;
    const ok = killed && !lost && then.half === 0 && JSON.stringify(end) === JSON.stringify(wanted);
    return ok ? null : { kill, killed, then, end, text, again };
  });
  for (const path of [good.root, good.folder]) rmSync(path, { recursive: true });
  console.log(`${way.how} into ${way.where}: ${kills.length} kills at ${calls} file operations`);
  expect(wrong.filter((one) => one !== null)).toEqual([]);
});

it.each([
  ['the folder itself', (root: string) => root],
  ['another name of it', (root: string) => join(root, 'again')],
])('moved or copied into the folder where it stands (%s), it stays', async (_, folderOf) => {
  const root = mkdtempSync(join(tmpdir(), 'todoku-dispose-'));
  const path = join(root, 'bad.com');
  writeFileSync(path, bytes);
  symlinkSync(root, join(root, 'again'));
  for (const how of ['move', 'copy'] as const) {
    const { text } = await run({ how, where: '' }, { root, path, folder: folderOf(root) }, null);
    expect(text).toContain('stands in that folder already');
    expect(readdirSync(root).sort()).toEqual(['again', 'bad.com']);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  }
  rmSync(root, { recursive: true });
});
