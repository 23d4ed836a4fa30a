// Builds the checkout when what is built is missing or older than its sources.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const sources = ['electron', 'renderer', 'shared', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
const built = ['out/main/main.js', 'out/main/headless.js', 'out/main/cli.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];

/** Builds where needed. Throws when the build fails. */
export function ensureBuilt(checkout, say) {
  if (isFresh(checkout)) return;
  say('building');
  build(checkout);
}

function build(checkout) {
  const require = createRequire(import.meta.url);
  const builder = join(dirname(require.resolve('electron-vite/package.json')), 'bin', 'electron-vite.js');
  const { status } = spawnSync(process.execPath, [builder, 'build', '--logLevel', 'warn'], { cwd: checkout, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`the build ended with ${status}`);
}

/** True when every built file is newer than every source. */
export function isFresh(checkout) {
  const oldest = Math.min(...built.map((path) => modified(join(checkout, path))));
  return oldest > 0 && Math.max(...sources.map((path) => newest(join(checkout, path)))) <= oldest;
}

/** Milliseconds since the epoch; 0 when it is not there. */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isDirectory()) return stat?.mtimeMs ?? 0;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

// `npm run build`, and `npm ci` by way of prepare.
if (process.argv[1] === import.meta.filename) build(dirname(import.meta.dirname));
