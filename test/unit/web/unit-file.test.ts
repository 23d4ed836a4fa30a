// `todoku serve --install`: what it writes, what it says, and that systemd takes it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serveCommand } from '../../../electron/command/serve.js';
import { unitFile, unitText } from '../../../electron/command/serve-unit.js';

let [folder, before]: [string, string | undefined] = ['', undefined];
let out: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'todoku-unit-'));
  [before, process.env.XDG_CONFIG_HOME] = [process.env.XDG_CONFIG_HOME, join(folder, 'config')];
  out = [];
});
afterEach(() => {
  if (before === undefined) delete process.env.XDG_CONFIG_HOME;
  else process.env.XDG_CONFIG_HOME = before;
  rmSync(folder, { recursive: true, force: true });
});
const serve = (options: Record<string, unknown>) =>
  serveCommand(options, {
    out: (line) => void out.push(line),
    err: () => undefined,
    stdin: Readable.from([]),
    home: join(folder, 'data & mail'),
    json: false,
    verbose: false,
    language: 'en',
  });

it('writes the unit, says so and what to run; again it is there already; uninstalled it is gone', async () => {
  const path = join(folder, 'config', 'systemd', 'user', 'todoku.service');
  expect(unitFile()).toBe(path);
  expect(await serve({ install: true, port: 8099 })).toBe(0);
  expect(out.slice(0, 3)).toEqual([`written: ${path}`, 'systemctl --user daemon-reload', 'systemctl --user enable --now todoku.service']);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(`serve --home "${join(folder, 'data & mail')}" --port 8099\n`);
  await serve({ install: true, port: 8099 });
  expect(out).toContain(`already there: ${path}`);
  expect(await serve({ uninstall: true })).toBe(0);
  expect(out).toContain(`removed: ${path}`);
  expect(out).toContain('systemctl --user disable --now todoku.service');
  expect(existsSync(path)).toBe(false);
  await serve({ uninstall: true });
  expect(out).toContain(`not there: ${path}`);
});

it('quotes what systemd would expand', () => {
  const text = unitText({ program: ['/usr/bin/node', '/opt/to do/cli.js'], home: '/home/a "b" 100% $HOME', port: 0 });
  expect(text).toContain('ExecStart=/usr/bin/node "/opt/to do/cli.js" serve --home "/home/a \\"b\\" 100%% $$HOME"\n');
});

const verify = spawnSync('systemd-analyze', ['--version']).status === 0;
it.runIf(verify)('systemd-analyze verify finds nothing to say', async () => {
  await serve({ install: true });
  const { status, stderr } = spawnSync('systemd-analyze', ['--user', 'verify', unitFile()], {
    encoding: 'utf8',
    env: { ...process.env, XDG_RUNTIME_DIR: folder, HOME: folder },
  });
  expect([status, stderr.split('\n').filter((line) => line.includes('todoku.service'))]).toEqual([0, []]);
});
