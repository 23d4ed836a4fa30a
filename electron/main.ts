// The desktop app: one instance a data folder, one station, its window and tray. Wires; decides nothing.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { MailError } from '../shared/error.js';
import { explain } from '../shared/failure-text.js';
import type { Notice } from '../shared/station.js';
import { makeSampleHome } from './sample/home.js';
import { openSeat } from './sample/seat.js';
import { runAsCommand } from './shell/command.js';
import { openDesktop } from './shell/desktop.js';
import { desktopKeyring } from './shell/keychain.js';
import { arrangeAutostart } from './shell/login.js';
import { mailtoOf, readOptions } from './shell/options.js';
import { watchPower } from './shell/power.js';
import { registerSchemes } from './shell/protocol.js';
import { settingsStore } from './shell/store.js';
import { wordsFor } from './shell/words.js';
import type { Keyring, RunningStation } from './station/context.js';
import { chooseHome } from './station/home.js';
import { openAttached } from './web/attached.js';

// The packed app on the old runtime says so, as npm start does.
if (existsSync(join(process.resourcesPath, 'evaluation-runtime'))) process.env.TODOKU_EVALUATION_RUNTIME = '1';
registerSchemes();
// As root Chromium runs only without its sandbox, and enableSandbox would take the switch away from its children.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
const isCommand = process.env.TODOKU_COMMAND === '1';
const options = readOptions(process.argv.slice(1));
const home = options.sample && !isCommand ? makeSampleHome(options.home) : { folder: chooseHome(options.home), throwAway: false };

if (isCommand) runAsCommand(() => import('./cli.js'));
else begin();

function begin(): void {
  // Before ready: the single-instance lock and all of Chromium's files are the data folder's own.
  app.setPath('userData', join(home.folder, 'window'));
  app.setPath('sessionData', join(home.folder, 'window'));
  if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(stop);
  else app.exit(0);
}

async function start(): Promise<void> {
  const keyring = desktopKeyring();
  const running = await ownOrRunning(keyring);
  const { startHidden } = await running.station['settings.read']({});
  if (!options.sample) keepLogin(running);
  const desktop = openDesktop({
    running,
    root: app.getAppPath(),
    hidden: options.hidden || startHidden,
    deny: (kind, what) => console.warn(`denied: ${kind}: ${JSON.stringify(what.slice(0, 200))}`),
  });
  const mailto = mailtoOf(process.argv.slice(1));
  if (mailto !== null) desktop.write(mailto);
  watchPower((rest) => running.rest(rest));
  const open = (mailto: string | null) => (mailto === null ? desktop.show() : desktop.write(mailto));
  app.on('second-instance', (_event, args) => open(mailtoOf(args)));
  app.on('open-url', (_event, address) => open(mailtoOf([address])));
  app.on('activate', () => desktop.show());
  // The tray keeps the app; without this listener Electron quits with the last window.
  app.on('window-all-closed', () => undefined);
  quitWith(running.close, desktop.release);
}

/** A station of our own; where the folder has one already (todoku serve, the user's service), that one. */
async function ownOrRunning(keyring: Keyring | null): Promise<RunningStation> {
  try {
    return await openSeat({
      home,
      keyring,
      sample: options.sample,
      notices: notices(keyring?.strong === true),
      say: console.log,
      store: settingsStore,
    });
  } catch (error) {
    if (!(error instanceof MailError) || error.code !== 'locked' || options.sample) throw error;
    const running = await openAttached(home.folder, console.log);
    console.log(`joined the station that runs on ${home.folder}`);
    return running;
  }
}

/** The login item follows the settings: now, and whenever they change. */
function keepLogin(running: RunningStation): void {
  const arrange = async (): Promise<void> => {
    const { startAtLogin, startHidden } = await running.station['settings.read']({});
    const args = ['--home', home.folder, ...(startHidden ? ['--hidden'] : [])];
    if (process.platform === 'linux') arrangeAutostart({ start: startAtLogin, executable: process.execPath, args });
    else app.setLoginItemSettings({ openAtLogin: startAtLogin, args });
  };
  const failed = (error: unknown) => console.error(`start at login: ${String(error)}`);
  running.subscribe((name) => {
    if (name === 'settings.changed') void arrange().catch(failed);
  });
  void arrange().catch(failed);
}

/** Every way out (menu, signal, session end) closes the station first. */
function quitWith(close: () => Promise<void>, release: () => void): void {
  let closed = false;
  app.on('before-quit', (event) => {
    release();
    if (closed) return;
    event.preventDefault();
    void close()
      .catch((error: unknown) => console.error(String(error)))
      .then(() => {
        closed = true;
        app.quit();
      });
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
}

function notices(strongKeyring: boolean): readonly Notice[] {
  const words = wordsFor('system', app.getLocale());
  const all: Notice[] = [];
  if (process.env.TODOKU_EVALUATION_RUNTIME === '1') all.push({ kind: 'evaluation-runtime', text: words.evaluation });
  if (process.getuid?.() === 0) all.push({ kind: 'running-as-root', text: words.root });
  if (!strongKeyring && !options.sample) all.push({ kind: 'weak-keyring', text: words.weakKeyring });
  for (const { text } of all) console.warn(text);
  return all;
}

function sentence(error: MailError): string {
  const { what, next } = explain(error.toJSON(), app.getLocale().toLowerCase().startsWith('ja') ? 'ja' : 'en');
  return `${what} ${next}`.trim();
}

function stop(error: unknown): void {
  const words = wordsFor('system', app.getLocale());
  const text = error instanceof MailError ? sentence(error) : String(error instanceof Error ? error.stack : error);
  console.error(`${words.cannotStart}: ${text}`);
  if (!options.hidden && process.env.TODOKU_NO_DIALOG !== '1') dialog.showErrorBox(words.cannotStart, text);
  app.exit(error instanceof MailError && error.code === 'locked' ? 8 : 1);
}
