// `npm run package:dir` and `package:deb`: the app on the local Electron runtime, as packaging/electron-builder.json describes it.
//   node scripts/package.js dir|deb [--output DIR]
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createPackageWithOptions } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { ensureBuilt } from './build.js';
import { makeDeb } from './package-deb.js';
import { runtimeFolder } from './runtime.js';

const checkout = resolve(import.meta.dirname, '..');
const say = (line) => process.stderr.write(`${line}\n`);
export const config = JSON.parse(readFileSync(join(checkout, 'packaging', 'electron-builder.json'), 'utf8'));

/** electron-builder's names of the fuses, and Electron's. */
const fuses = {
  runAsNode: FuseV1Options.RunAsNode,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
};

/** The unpacked app in `output`/linux-unpacked; an older one there is replaced. */
export async function makeDir(output) {
  const runtime = await runtimeFolder(say);
  const folder = join(output, 'linux-unpacked');
  const work = join(output, 'work');
  for (const path of [folder, work]) rmSync(path, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  copyRuntime(runtime.folder, folder);
  copyApp(work);
  await pack(work, join(folder, 'resources', 'app.asar'));
  rmSync(work, { recursive: true });
  if (runtime.evaluation) writeFileSync(join(folder, 'resources', 'evaluation-runtime'), '');
  const chosen = Object.entries(config.electronFuses).map(([name, on]) => [fuses[name], on]);
  await flipFuses(join(folder, config.executableName), { version: FuseVersion.V1, ...Object.fromEntries(chosen) });
  return folder;
}

function copyRuntime(runtime, folder) {
  const locale = (path) => !path.endsWith('.pak') || config.electronLanguages.some((name) => path.endsWith(`/${name}.pak`));
  cpSync(runtime, folder, {
    recursive: true,
    filter: (path) => (dirname(path).endsWith('locales') ? locale(path) : !path.endsWith('/resources/default_app.asar')),
  });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  renameSync(join(folder, 'electron'), join(folder, config.executableName));
  chmodSync(join(folder, config.executableName), 0o755);
}

/** What is shipped, by package.json and the lock: what is built, resources, and dependencies that are not for development. */
function copyApp(work) {
  ensureBuilt(checkout, say);
  const lock = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8'));
  const needed = Object.entries(lock.packages).flatMap(([path, { dev, devOptional }]) => (path === '' || dev || devOptional ? [] : [path]));
  const unwanted = /\.(d\.[cm]?ts|map|md|markdown|tsbuildinfo)$|\/(test|tests|example|examples|\.github)$/;
  for (const name of ['package.json', 'LICENSE', 'out', 'resources']) cpSync(join(checkout, name), join(work, name), { recursive: true });
  for (const path of needed) {
    // Other platforms' optional packages are not installed.
    if (!existsSync(join(checkout, path))) continue;
    cpSync(join(checkout, path), join(work, path), {
      recursive: true,
      filter: (from) =>
        !unwanted.test(from) && (from === join(checkout, path) || !from.slice(join(checkout, path).length).startsWith('/node_modules')),
    });
  }
}

/** Patterns are whole folders (`a/b/**`) or one file; electron-builder unpacks by the same ones. */
async function pack(work, archive) {
  const folders = config.asarUnpack.filter((pattern) => pattern.endsWith('/**')).map((pattern) => pattern.slice(0, -3));
  const files = config.asarUnpack.filter((pattern) => !pattern.endsWith('/**')).map((path) => join(work, path));
  await createPackageWithOptions(work, archive, { unpackDir: `{${folders.join(',')}}`, unpack: `{${files.join(',')},}` });
}

if (process.argv[1] === import.meta.filename) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { output: { type: 'string', default: join(checkout, 'dist') } },
  });
  const folder = await makeDir(resolve(values.output));
  say(positionals[0] === 'deb' ? `made ${makeDeb(checkout, folder, resolve(values.output))}` : `made ${folder}`);
}
