// `npm test`: everything a change must pass, in the order in which it fails fastest. `node scripts/test.js quick` leaves out
// servers and the window. What the system lacks is installed as root by apt-get; otherwise the exact line is printed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { testPackages } from './system-packages.js';

const quick = process.argv[2] === 'quick';
const began = Date.now();

/** Runs one command in the foreground; ends the whole run with its code when it fails. */
function step(name, command, parameters, environment = {}) {
  console.log(`\n== ${name}`);
  const { status, signal } = spawnSync(command, parameters, { stdio: 'inherit', env: { ...process.env, ...environment } });
  if (status === 0) return;
  console.error(`== ${name} failed (${signal ?? status}) after ${Math.round((Date.now() - began) / 1000)} s`);
  process.exit(status ?? 1);
}

function installed(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '$'.concat('{db:Status-Status}'), name], { encoding: 'utf8' });
  return stdout === 'installed';
}

/** Debian packages that are missing; elsewhere nothing is known, and the tests say what they need. */
function ensureSystem() {
  if (!existsSync('/usr/bin/dpkg-query')) return;
  const missing = testPackages.filter((name) => !installed(name));
  if (missing.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    console.error(`The tests need Debian packages that are not installed. As root:\n  apt-get update && ${line}`);
    process.exit(1);
  }
  // The packages' own services would take memory and ports; the tests start what they need themselves.
  const quiet = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  step('apt-get update', 'apt-get', ['update', '-q'], quiet);
  step('apt-get install', 'apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], quiet);
}

const bin = (name) => `node_modules/.bin/${name}`;

if (!quick) ensureSystem();
step('format and lint', bin('biome'), ['check', '.']);
step('types', bin('tsc'), ['-b']);
if (quick) {
  step('unit tests', bin('vitest'), ['run', '--project', 'unit']);
} else {
  step('build', 'npm', ['run', '--silent', 'build']);
  step('unit, integration and e2e tests', bin('vitest'), ['run']);
}
console.log(`\n== passed in ${Math.round((Date.now() - began) / 1000)} s`);
