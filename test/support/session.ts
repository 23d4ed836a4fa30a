// A desktop session for one test file: a display (the one there is, or an Xvfb), a session bus, a tray host and a
// notification recorder on it. Everything is ended by stop().
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface Happening {
  readonly tray?: string;
  readonly notification?: number;
  readonly title?: string;
  readonly body?: string;
  readonly menu?: readonly string[];
  readonly tooltip?: string;
  readonly clicked?: string;
  readonly error?: string;
}

export interface DesktopSession {
  /** DISPLAY and the bus address. */
  readonly env: Readonly<Record<string, string>>;
  /** All that the desktop was told so far. */
  readonly happenings: readonly Happening[];
  /** What was told before is forgotten: for the next test. */
  forget(): void;
  /** Resolves with the first happening, past or coming, that fits. */
  heard(fits: (happening: Happening) => boolean): Promise<Happening>;
  menu(): Promise<readonly string[]>;
  /** 'Fetch now', or 'Pause fetching > For an hour'. */
  click(label: string): Promise<void>;
  clickNotification(id: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startSession(): Promise<DesktopSession> {
  const started: ChildProcess[] = [];
  const display = process.env.DISPLAY ?? (await startDisplay(started));
  const address = await startBus(started);
  const env = { DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: address };
  const host = spawn('/usr/bin/python3', [join(import.meta.dirname, 'tray-host.py')], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(host);
  const recorder = record(createInterface({ input: host.stdout }));
  await Promise.race([recorder.heard((happening) => 'ready' in happening), ended(host)]);
  const ask = async (command: string): Promise<Happening> => {
    const answer = recorder.next(({ menu, clicked, error }) => (menu ?? clicked ?? error) !== undefined);
    host.stdin.write(`${command}\n`);
    const happening = await answer;
    if (happening.error !== undefined) throw new Error(happening.error);
    return happening;
  };
  return {
    env,
    happenings: recorder.happenings,
    forget: () => void recorder.happenings.splice(0),
    heard: recorder.heard,
    menu: async () => (await ask('menu')).menu ?? [],
    click: async (label) => void (await ask(`click ${label}`)),
    clickNotification: async (id) => void (await ask(`notification ${id}`)),
    stop: async () => {
      for (const child of started.reverse()) await end(child);
    },
  };
}

/** Xvfb chooses a free display and says which. */
async function startDisplay(started: ChildProcess[]): Promise<string> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  started.push(child);
  return `:${await firstLine(child.stdio[3] as Readable, child)}`;
}

async function startBus(started: ChildProcess[]): Promise<string> {
  const child = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], { stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  return firstLine(child.stdout as Readable, child);
}

async function firstLine(stream: Readable, child: ChildProcess): Promise<string> {
  const line = once(createInterface({ input: stream }), 'line') as Promise<[string]>;
  return (await Promise.race([line, ended(child)]))[0].trim();
}

/** Rejects when the program cannot be started, or has ended. */
function ended(child: ChildProcess): Promise<never> {
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${child.spawnfile} ended`)));
  });
  failed.catch(() => undefined);
  return failed;
}

type Fits = (happening: Happening) => boolean;

function record(lines: Interface) {
  const happenings: Happening[] = [];
  const waiting = new Set<{ fits: Fits; resolve: (happening: Happening) => void }>();
  lines.on('line', (line) => {
    const happening = JSON.parse(line) as Happening;
    happenings.push(happening);
    for (const one of [...waiting]) {
      if (!one.fits(happening)) continue;
      waiting.delete(one);
      one.resolve(happening);
    }
  });
  const next = (fits: Fits) => new Promise<Happening>((resolve) => waiting.add({ fits, resolve }));
  const heard = (fits: Fits): Promise<Happening> => {
    const past = happenings.find(fits);
    return past === undefined ? within(next(fits), happenings) : Promise.resolve(past);
  };
  return { happenings, next, heard };
}

/** Rejects after a minute with all that was heard instead. */
function within(hoped: Promise<Happening>, happenings: readonly Happening[]): Promise<Happening> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not heard; only ${JSON.stringify(happenings)}`)), 60_000);
    void hoped.then(resolve).finally(() => clearTimeout(timer));
  });
}

/** SIGTERM, and SIGKILL for what does not listen. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}
