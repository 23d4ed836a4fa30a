// `todoku serve` as a service manager sees it: SIGTERM stops it cleanly, also after a setting was changed (conf brings a package
// that raises the signal a second time), nothing is left running, and SIGUSR1 polls now.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeScenario } from '../../support/crash.js';
import { fakePassword, fakeUser, startFakePop3 } from '../../support/fake-pop3.js';

const cli = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'cli.js');
let child: ChildProcess | null = null;
afterEach(() => void child?.kill('SIGKILL'));

interface Served {
  readonly said: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  until(pattern: RegExp): Promise<RegExpExecArray>;
}

function serve(...parameters: readonly string[]): Served {
  const started = spawn(process.execPath, [cli, 'serve', ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  child = started;
  let text = '';
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  return {
    said: () => text,
    ended: new Promise((resolve) => started.on('close', (code, signal) => resolve({ code, signal }))),
    async until(pattern) {
      await expect.poll(() => text, { timeout: 60_000, interval: 50 }).toMatch(pattern);
      return pattern.exec(text) as RegExpExecArray;
    },
  };
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s: the sample closes everything and takes its folder along', async (signal) => {
  const served = serve('--sample');
  const [, folder = ''] = await served.until(/sample ready: .*; data in (\S+)/);
  const clamd = Number(/\d+/.exec(readFileSync(join(folder, 'run', 'clamd', 'clamd.pid'), 'utf8'))?.[0]);
  child?.kill(signal);
  expect(await served.ended).toEqual({ code: 0, signal: null });
  expect(existsSync(folder)).toBe(false);
  await expect.poll(() => existsSync(`/proc/${clamd}`), { timeout: 10_000 }).toBe(false);
});

test('a station of one’s own gives its lock back and keeps its mail', async () => {
  const home = mkdtempSync(join(tmpdir(), 'todoku-serve-'));
  const served = serve('--home', home);
  await served.until(/Todoku is at http/);
  expect(existsSync(join(home, 'station.json'))).toBe(true);
  child?.kill('SIGTERM');
  expect(await served.ended).toEqual({ code: 0, signal: null });
  expect(existsSync(join(home, 'station.json'))).toBe(false);
  expect(existsSync(join(home, 'mail'))).toBe(true);
  rmSync(home, { recursive: true });
});

test('SIGUSR1 polls now', async () => {
  const server = await startFakePop3();
  const { home } = makeScenario({ port: server.port, user: fakeUser, fetch: { interval: 86_400 } }, fakePassword, null);
  const served = serve('--home', home);
  await served.until(/Todoku is at http/);
  await expect.poll(() => server.connections(), { timeout: 30_000 }).toBe(1);
  await expect.poll(() => server.lines.includes('QUIT'), { timeout: 30_000 }).toBe(true);
  child?.kill('SIGUSR1');
  await expect.poll(() => server.connections(), { timeout: 30_000 }).toBe(2);
  child?.kill('SIGTERM');
  expect(await served.ended).toEqual({ code: 0, signal: null });
  await server.close();
  rmSync(home, { recursive: true });
});
