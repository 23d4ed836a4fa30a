// Our own clamd: started from the installed package, kept running, ended with the station, never left behind.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTime } from '../../../electron/scanner/orphan.js';
import { bundleForNode, runChild } from '../../support/child.js';
import { testSignatures } from '../../support/clamd.js';
import { nowhere } from '../../support/places.js';
import { eicar, type TestScanner, testScanner, until } from '../../support/scanner.js';

const open: TestScanner[] = [];
async function managed(input: Parameters<typeof testScanner>[0] = {}): Promise<TestScanner> {
  const made = await testScanner({ clamd: 'auto', database: testSignatures, ...input });
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const made of open.splice(0)) await made.close();
});

it('starts, finds the canary, scans, and is gone after close()', async () => {
  const { scanner, runFolder } = await managed();
  expect(scanner.state().state).toBe('starting');
  await scanner.ready();
  const state = scanner.state();
  expect(state).toMatchObject({ state: 'ready', managed: true, engine: expect.stringMatching(/^ClamAV \d/), failure: null });
  expect(state.memory).toBeGreaterThan(1_000_000);
  expect((await scanner.scan(Buffer.from(`Subject: x\n\n${eicar}`), 80)).verdict).toEqual({
    kind: 'infected',
    signatures: ['Eicar-Test-Signature.UNOFFICIAL'],
  });
  expect((await scanner.scan(Buffer.from('Subject: x\n\nhello\n'), 18)).verdict).toEqual({ kind: 'clean' });
  expect(startTime(state.pid ?? 0)).not.toBeNull();
  await scanner.close();
  expect(startTime(state.pid ?? 0)).toBeNull();
  expect(await readdir(join(runFolder, 'clamd'))).toEqual([]);
});

it('comes back when it is killed', async () => {
  const { scanner } = await managed();
  await scanner.ready();
  const before = scanner.state().pid ?? 0;
  process.kill(before, 'SIGKILL');
  await until(() => scanner.state().pid !== before && scanner.state().pid !== null);
  await scanner.ready();
  expect(scanner.state()).toMatchObject({ state: 'ready', failure: null });
});

it('blind because its temporary folder is gone: starts again by itself', async () => {
  const { scanner, runFolder } = await managed();
  await scanner.ready();
  await rm(join(runFolder, 'clamd', 'tmp'), { recursive: true });
  expect((await scanner.scan(Buffer.from('Subject: x\n\nhello\n'), 18)).verdict.kind).toBe('unavailable');
  await expect(scanner.ready()).rejects.toMatchObject({ code: 'scanner-blind' });
  await scanner.ready();
  expect((await scanner.scan(Buffer.from('Subject: x\n\nhello\n'), 18)).verdict.kind).toBe('clean');
});

it('restart() is another clamd', async () => {
  const { scanner } = await managed();
  await scanner.ready();
  const before = scanner.state().pid;
  await scanner.restart();
  expect(scanner.state().state).toBe('ready');
  expect(scanner.state().pid).not.toBe(before);
  expect(startTime(before ?? 0)).toBeNull();
});

it('without signatures or without clamd it is missing, and says what to do', async () => {
  const { scanner, runFolder } = await managed({ database: null });
  await expect(scanner.ready()).rejects.toMatchObject({ code: 'scanner-unavailable', message: expect.stringContaining('no signatures') });
  expect(scanner.state().state).toBe('missing');
  await mkdir(join(runFolder, 'empty'));
  const other = await managed({ database: join(runFolder, 'empty') });
  await expect(other.scanner.ready()).rejects.toMatchObject({ message: expect.stringContaining('empty') });
  expect((await other.scanner.scan(Buffer.from('x'), 1)).verdict.kind).toBe('unavailable');
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  const none = await testScanner({ database: null }, { ...nowhere, programs: [] });
  open.push(none);
  await expect(none.scanner.ready()).rejects.toMatchObject({ message: expect.stringContaining('not installed') });
  process.env.PATH = path;
});

it('a run folder with a path too long for a socket', async () => {
  const { runFolder } = await managed();
  const deep = join(runFolder, 'd'.repeat(90), 'run');
  await mkdir(deep, { recursive: true });
  const made = await testScanner({ database: testSignatures }, nowhere, deep);
  open.push(made);
  await made.scanner.ready();
  expect(Buffer.byteLength(made.scanner.state().where)).toBeLessThan(104);
});

describe('the station is killed with SIGKILL', () => {
  let program: string;
  let runFolder: string;
  beforeAll(async () => {
    program = await bundleForNode(fileURLToPath(new URL('../../support/scanner-child.ts', import.meta.url)));
    runFolder = await mkdtemp(join(tmpdir(), 'todoku-run-'));
  });
  afterAll(async () => {
    await rm(program);
    await rm(runFolder, { recursive: true });
  });

  it('its clamd is gone, too', async () => {
    const { child, line } = await runChild(program, [runFolder, testSignatures]);
    const { clamd } = JSON.parse(line);
    expect(startTime(clamd)).not.toBeNull();
    child.kill('SIGKILL');
    await until(() => startTime(clamd) === null);
  });

  it('while it lives, a second scanner beside it (a command) asks its clamd, and does not end it', async () => {
    const { child, line } = await runChild(program, [runFolder, testSignatures]);
    const { clamd } = JSON.parse(line);
    const beside = await testScanner({ database: testSignatures }, nowhere, runFolder);
    await beside.scanner.ready();
    expect(beside.scanner.state()).toMatchObject({ state: 'ready', managed: false, where: join(runFolder, 'clamd', 'clamd.sock') });
    expect((await beside.scanner.scan(Buffer.from(`Subject: x\n\n${eicar}`), 80)).verdict.kind).toBe('infected');
    await beside.scanner.close();
    expect(startTime(clamd)).not.toBeNull();
    child.kill('SIGKILL');
    await until(() => startTime(clamd) === null);
  });

  it('and the shell between them, at once: the next start ends what was left', async () => {
    const { child, line } = await runChild(program, [runFolder, testSignatures]);
    const { clamd } = JSON.parse(line);
    const shells = execFileSync('pgrep', ['-f', `${runFolder}/clamd/clamd.conf`], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
    // Stopped first, or it would see its shell die and end the clamd itself.
    child.kill('SIGSTOP');
    for (const pid of shells.filter((shell) => shell !== clamd)) process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
    await until(() => child.signalCode !== null);
    expect(startTime(clamd)).not.toBeNull();
    const next = await runChild(program, [runFolder, testSignatures]);
    expect(startTime(clamd)).toBeNull();
    next.child.kill('SIGKILL');
    await until(() => startTime(JSON.parse(next.line).clamd) === null);
  });
});
