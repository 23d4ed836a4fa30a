// `todoku account test`: the same steps as the dialog's *Test*, and poll's exit code.
import type { Account } from '../../shared/account.js';
import type { TestStep } from '../../shared/station.js';
import { testAccount } from '../station/account-test.js';
import { escapeControls } from '../station/log.js';
import { certificateOf, probesOf } from '../station/probes.js';
import type { Secrets } from '../station/secrets.js';
import type { CommandIo } from './io.js';

export async function runAccountTest(account: Account, secrets: Secrets, io: CommandIo): Promise<number> {
  const onStep = (step: TestStep) => {
    if (!io.json) tell(step, io);
  };
  const report = await testAccount({
    account,
    probes: probesOf(account, { secret: null, sendingSecret: null }, secrets),
    language: io.language,
    onStep,
    certificateOf,
  });
  if (io.json)
    io.out(
      JSON.stringify({
        ok: report.ok,
        steps: report.steps.map(({ step, ok, milliseconds, detail, hint }) => ({ step, ok, milliseconds, detail, hint })),
      }),
    );
  return report.exit;
}

function tell({ step, ok, milliseconds, detail, hint }: TestStep, io: CommandIo): void {
  io.out(`${ok ? 'ok    ' : 'failed'}  ${step.padEnd(12)} ${String(Math.round(milliseconds)).padStart(6)} ms  ${escapeControls(detail)}`);
  if (hint !== null && hint !== '') io.out(`        ${escapeControls(hint)}`);
}
