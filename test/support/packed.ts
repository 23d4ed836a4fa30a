// The packed app: its window driven over Chromium's own port (the fuse that Playwright's _electron needs is off), and its command.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { rootSwitches } from './electron.js';
import { outputLines, root } from './launch.js';
import type { DesktopSession } from './session.js';

export interface PackedWindow {
  readonly page: Page;
  printed(words: string): Promise<string>;
  /** SIGTERM; the exit code. */
  close(): Promise<number | null>;
}

export async function launchPacked(program: string, session: DesktopSession, args: readonly string[]): Promise<PackedWindow> {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(program, [...rootSwitches(), '--remote-debugging-port=0', '--lang=en', ...args], {
    env: { ...env, ...session.env, TODOKU_NO_DIALOG: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = outputLines();
  for (const stream of [child.stdout, child.stderr]) stream.on('data', output.feed);
  const exited = once(child, 'exit');
  const line = await Promise.race([output.printed('DevTools listening on '), exited.then(() => Promise.reject(new Error(output.text())))]);
  const browser = await chromium.connectOverCDP(line.slice(line.indexOf('ws://')).trim());
  const pages = () => browser.contexts().flatMap((context) => context.pages());
  await expect.poll(() => pages().length, { timeout: 60_000 }).toBeGreaterThan(0);
  return {
    page: pages()[0] as Page,
    printed: output.printed,
    close: async () => {
      child.kill('SIGTERM');
      return ((await exited) as [number | null])[0];
    },
  };
}

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function say(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}, input = ''): Said {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env: { ...rest, ...env }, input, cwd: root });
  return { code: status, out: stdout, err: stderr };
}

/** Throws what the program said where it fails. */
export function must(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { code, out, err } = say(program, args, env);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${err}${out}`);
  return out;
}

export const packingScript = join(root, 'scripts', 'package.js');
