// npm start: the desktop app where there is a display, the headless station where there is none.
//   npm start [-- --sample] [--home DIR] [--hidden] [--port N] [--open] [--headless]
import { spawn, spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.js';
import { findRuntime } from './runtime.js';
import { electronPackages } from './system-packages.js';

const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const say = (line) => process.stderr.write(`${line}\n`);

const usage = `npm start [-- OPTIONS]
  --sample     the sample station, in a folder that is thrown away
  --home DIR   the data folder (else TODOKU_HOME, else XDG's)
  --headless   no window: serve it on 127.0.0.1 (so it is where there is no display)
  --hidden     start in the tray
  --port N     headless: the port (else a free one)
  --open       headless: open a browser`;

const { values } = parseArgs({
  options: {
    sample: { type: 'boolean', default: false },
    home: { type: 'string' },
    headless: { type: 'boolean', default: false },
    hidden: { type: 'boolean', default: false },
    port: { type: 'string' },
    open: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(`${usage}\n`);
else
  await start().catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });

async function start() {
  endWithNpm();
  ensureBuilt(checkout, say);
  if (!values.headless && hasDisplay()) process.exitCode = await startDesktop();
  else process.exitCode = await startHeadless();
}

/** npm passes SIGTERM to a shell that does not pass it on: when that shell has gone, so do we. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

async function startHeadless() {
  if (!values.headless) say('There is no display: serving the window to a browser instead.');
  const { serve } = await import('../out/main/headless.js');
  return serve({ home: values.home, port: Number(values.port ?? 0), open: values.open, sample: values.sample });
}

/** Exit code of the app. Falls back to the headless station where no runtime can be had. */
async function startDesktop() {
  const runtime = await findRuntime(checkout, say).catch((error) => {
    say(`${error.message}\nServing the window to a browser instead.`);
    return null;
  });
  if (runtime === null || lacksLibraries(runtime.executable)) return startHeadless();
  if (runtime.evaluation) say('This Electron runtime is old and for evaluation only.');
  const env = { ...process.env, ...(runtime.evaluation ? { TODOKU_EVALUATION_RUNTIME: '1' } : {}) };
  delete env.ELECTRON_RUN_AS_NODE;
  return runToEnd(spawn(runtime.executable, [...runtime.args, ...rootSwitches(), ...desktopArgs()], { env, stdio: 'inherit' }));
}

function rootSwitches() {
  if (process.getuid?.() !== 0) return [];
  say('Running as root: Electron gets --no-sandbox. Use an ordinary user.');
  return ['--no-sandbox'];
}

function desktopArgs() {
  const home = values.home === undefined ? [] : [`--home=${resolve(values.home)}`];
  return [...home, ...['sample', 'hidden'].filter((name) => values[name]).map((name) => `--${name}`)];
}

/** Says which packages bring what the executable cannot find. */
function lacksLibraries(executable) {
  if (process.platform !== 'linux') return false;
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  const missing = (stdout ?? '').split('\n').filter((line) => line.includes('not found'));
  if (missing.length === 0) return false;
  say(`Electron lacks libraries: ${missing.map((line) => line.trim().split(' ')[0]).join(' ')}`);
  say(`On Debian: apt-get install ${electronPackages.join(' ')}\nServing the window to a browser instead.`);
  return true;
}

/** Ends as the child ends; signals are passed on. */
function runToEnd(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      say(error.message);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 0)));
  });
}
