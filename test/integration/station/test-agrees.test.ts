// `todoku account test --json` and the dialog's Test tell the same: the steps, what they say, and poll's exit code.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { testAccountCommand } from '../../../electron/command/account.js';
import { openStation } from '../../../electron/station/open.js';
import { account } from '../../../shared/account.js';
import type { TestStep } from '../../../shared/station.js';
import { startDovecot } from '../../support/dovecot.js';

it('the same steps, good and bad', async () => {
  const home = mkdtempSync(join(tmpdir(), 'todoku-agree-'));
  const dovecot = await startDovecot({ protocols: ['pop3'], users: [{ name: 'joe', password: 'right' }] });
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  try {
    const one = account.parse({
      ...{ id: 'joe', name: 'Joe', host: 'localhost', port: dovecot.pop3Port, user: 'joe', security: 'starttls', secret: { kind: 'file' } },
      ...{ pin: dovecot.fingerprint256, pinnedPem: dovecot.certPem, drop: { kind: 'singledrop', to: ['joe@a.example'] } },
    });
    for (const [secret, exit] of [
      ['right', 0],
      ['wrong', 3],
    ] as const) {
      await running.station['account.save']({ account: one, secret, sendingSecret: null });
      const report = await running.station['account.test']({ account: one, secret: null, sendingSecret: null, run: 'r' });
      const out: string[] = [];
      const io = { out: (line: string) => void out.push(line), err: () => undefined, stdin: Readable.from([]) };
      const code = await testAccountCommand('Joe', { ...io, home, json: true, verbose: false, language: 'en' });
      const printed = JSON.parse(out[0] ?? '') as { readonly ok: boolean; readonly steps: readonly TestStep[] };
      expect(Object.keys(printed)).toEqual(['ok', 'steps']);
      for (const step of printed.steps) expect(Object.keys(step)).toEqual(['step', 'ok', 'milliseconds', 'detail', 'hint']);
      // The APOP stamp of a greeting is of its moment.
      const told = (steps: readonly TestStep[]) =>
        steps.map(({ step, ok, detail, hint }) => [step, ok, detail.replace(/<[^<>]+@[^<>]+>/, ''), hint]);
      expect([printed.ok, told(printed.steps), code]).toEqual([report.ok, told(report.steps), report.exit]);
      expect(code).toBe(exit);
    }
  } finally {
    await running.close();
    await dovecot.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
