// The headless station: the same station, its window served to a browser on 127.0.0.1.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type ChosenHome, makeSampleHome } from './sample/home.js';
import { openSeat } from './sample/seat.js';
import type { RunningStation } from './station/context.js';
import { chooseHome } from './station/home.js';
import { watchMachine } from './station/rest.js';
import { packageRoot } from './web/root.js';
import { openWeb } from './web/server.js';
import { announceWeb, withdrawWeb } from './web/token.js';

export interface ServeOptions {
  /** Data folder; undefined: TODOKU_HOME, else XDG's. */
  readonly home?: string | undefined;
  /** 0: any free one. */
  readonly port: number;
  /** Start a browser, too. */
  readonly open: boolean;
  readonly sample: boolean;
}

export interface HeadlessStation {
  readonly running: RunningStation;
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Throws MailError `locked` when the folder has a station already, `conflict` when the port is taken. */
export async function openHeadless(options: ServeOptions, say: (line: string) => void): Promise<HeadlessStation> {
  const home: ChosenHome = options.sample ? makeSampleHome(options.home) : { folder: chooseHome(options.home), throwAway: false };
  const running = await openSeat({ home, keyring: null, sample: options.sample, notices: rootNotice(), say });
  const refused = (why: string) => console.error(`a request was refused: ${why}`);
  try {
    const web = await openWeb({ running, windowFolder: join(packageRoot(), 'out', 'renderer'), port: options.port, refused });
    announceWeb(home.folder, web.url);
    return {
      running,
      url: web.url,
      port: web.port,
      close: async () => {
        withdrawWeb(home.folder);
        await web.close();
        await running.close();
      },
    };
  } catch (error) {
    await running.close();
    throw error;
  }
}

/** Runs until SIGTERM or SIGINT; SIGUSR1 polls now. Resolves with the exit code, everything closed. */
export async function serve(options: ServeOptions): Promise<number> {
  const headless = await openHeadless(options, (line) => console.log(line));
  process.on('SIGUSR1', headless.running.wake);
  const unwatch = watchMachine(headless.running.rest);
  const stopped = new Promise<void>((resolve) => {
    // Not once: conf brings when-exit, which raises the signal again, and the second would kill us while we close.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  // Said only now: whoever reads it may send a signal at once.
  console.log(`Todoku is at ${headless.url}`);
  if (options.open) openBrowser(headless.url);
  await stopped;
  unwatch();
  await headless.close();
  return 0;
}

function rootNotice() {
  if (process.getuid?.() !== 0) return [];
  const text = 'Running as root. Use an ordinary user.';
  console.error(text);
  return [{ kind: 'running-as-root' as const, text }];
}

/** The address is handed over by the desktop's opener; that it fails is no trouble, it was printed. */
function openBrowser(url: string): void {
  const [command, ...before] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  const child = spawn(command ?? 'xdg-open', [...before, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
