// Our own clamd: started from the installed package, kept running, ended with the station, never left behind.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startTime } from '../../../electron/scanner/orphan.js';
import { testSignatures } from '../../support/clamd.js';
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
