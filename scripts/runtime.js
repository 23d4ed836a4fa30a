// Which Electron runs this checkout: a folder that is named, the electron package's own download, or the registry's.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { checkoutRuntime } from './runtime-checkout.js';
import { registryRuntime, registryRuntimeFits, registryRuntimeFolder } from './runtime-registry.js';

const require = createRequire(import.meta.url);
const downloadHost = 'github.com';
const downloadSeconds = 600;

/**
 * The executable, the arguments that make it run `checkout`, and whether it is the old runtime for evaluation.
 * Fetches one when there is none; throws when none can be had. `say` gets a line at each step that takes time.
 */
export async function findRuntime(checkout, say, env = process.env) {
  const { folder, evaluation } = await runtimeFolder(say, env);
  return launchable(folder, checkout, evaluation);
}

/** The runtime itself, and whether it is the old one for evaluation. Fetches one when there is none; throws when none can be had. */
export async function runtimeFolder(say, env = process.env) {
  const named = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return { folder: named, evaluation: isRegistryRuntime(named) };
  const own = ownDownload() ?? (await downloadOwn(say));
  if (own !== null) return { folder: own, evaluation: false };
  if (!registryRuntimeFits)
    throw new Error(
      'Electron could not be downloaded. Run `npx install-electron`, or set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds it.',
    );
  return { folder: await registryRuntimeFolder(say), evaluation: true };
}

/** With a default_app.asar the app is an argument; without, it must stand in resources/app. */
async function launchable(folder, checkout, evaluation) {
  if (existsSync(join(folder, 'resources', 'default_app.asar')))
    return { executable: join(folder, executableName()), args: [checkout], evaluation };
  return { executable: await checkoutRuntime(folder, checkout), args: [], evaluation };
}

function executableName() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

function isRegistryRuntime(folder) {
  const version = join(folder, 'version');
  return existsSync(version) && readFileSync(version, 'utf8').trim() === registryRuntime.version;
}

/** dist folder of the installed electron package, once its download has been made. */
function ownDownload() {
  const dist = join(dirname(require.resolve('electron/package.json')), 'dist');
  return existsSync(join(dist, 'version')) && existsSync(join(dist, executableName())) ? dist : null;
}

/** Tried only where its host answers within three seconds: on a closed network it would hang. Null when it cannot be had. */
async function downloadOwn(say) {
  if (!(await reachable(downloadHost, 443, 3000))) return null;
  say('downloading Electron, once');
  const install = join(dirname(require.resolve('electron/package.json')), 'install.js');
  try {
    await promisify(execFile)(process.execPath, [install], { timeout: downloadSeconds * 1000 });
  } catch {
    say('the download failed');
  }
  return ownDownload();
}

function reachable(host, port, milliseconds) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(milliseconds, () => end(false));
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}
