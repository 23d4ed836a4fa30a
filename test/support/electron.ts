// The desktop app, as npm start runs it, driven by Playwright on a desktop session.
import { once } from 'node:events';
import { _electron, type ElectronApplication } from 'playwright-core';
import { findRuntime } from '../../scripts/runtime.js';
import { type Face, type Launch, outputLines, root, takeShot, watchPolicy } from './launch.js';
import type { DesktopSession } from './session.js';

export interface ElectronFace extends Face {
  readonly name: 'electron';
  readonly app: ElectronApplication;
}

export async function launchElectron(
  session: DesktopSession,
  { home, sample = false, args = [], locale = 'en', env = {} }: Launch,
): Promise<ElectronFace> {
  const runtime = await findRuntime(root, (line) => console.log(line));
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...runtime.args, ...rootSwitches(), `--lang=${locale}`, `--home=${home}`, ...(sample ? ['--sample'] : []), ...args],
    env: {
      ...environment(),
      ...session.env,
      ...env,
      TODOKU_NO_DIALOG: '1',
      ...(runtime.evaluation ? { TODOKU_EVALUATION_RUNTIME: '1' } : {}),
    },
    timeout: 60_000,
  });
  const output = outputLines();
  const child = app.process();
  child.stdout?.on('data', output.feed);
  child.stderr?.on('data', output.feed);
  const reports = await watchPolicy(app.context());
  const exited = once(child, 'exit');
  const page = await app.firstWindow();
  return {
    name: 'electron',
    app,
    page,
    printed: output.printed,
    violations: () => reports,
    shot: (name) => takeShot(page, `electron-${name}`),
    close: async () => {
      await app.close();
      return ((await exited) as [number | null])[0];
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

export function rootSwitches(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function environment(): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = process.env;
  return Object.fromEntries(Object.entries(rest).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
