// The headless station, as npm start runs it without a display, and a Chromium on the address it prints.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { rootSwitches } from './electron.js';
import { type Face, type Launch, outputLines, root, takeShot, watchPolicy } from './launch.js';

export interface BrowserFace extends Face {
  readonly name: 'browser';
  readonly pid: number;
  readonly url: string;
}

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launchBrowser({ home, sample = false, args = [], locale = 'en' }: Launch): Promise<BrowserFace> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const start = [join(root, 'scripts', 'start.js'), '--home', home, ...(sample ? ['--sample'] : []), ...args];
  const station = spawn(process.execPath, start, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = outputLines();
  station.stdout.on('data', output.feed);
  station.stderr.on('data', output.feed);
  const exited = once(station, 'exit');
  const line = await Promise.race([output.printed('Todoku is at '), exited.then(() => Promise.reject(new Error(output.text())))]);
  const url = line.slice(line.indexOf('http'));
  const browser = await chromium.launch({ executablePath: browsers.find(existsSync), args: [...rootSwitches()] });
  const context = await browser.newContext({ locale, viewport: { width: 1240, height: 820 } });
  const reports = await watchPolicy(context);
  const page = await context.newPage();
  await page.goto(url);
  return {
    name: 'browser',
    page,
    pid: station.pid ?? 0,
    url,
    printed: output.printed,
    violations: () => reports,
    shot: (name) => takeShot(page, `browser-${name}`),
    close: async () => {
      await browser.close();
      station.kill('SIGTERM');
      return ((await exited) as [number | null])[0];
    },
    kill: async () => {
      station.kill('SIGKILL');
      await exited;
      await browser.close();
    },
  };
}
