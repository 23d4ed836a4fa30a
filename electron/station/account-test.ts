// The test of an account, step by step as it runs: secret, DNS, TCP, TLS, greeting, capabilities, STARTTLS, login, mailbox.
// The command `todoku account test` and the dialog show the same steps.
import type { Account } from '../../shared/account.js';
import { type Failure, MailError, toFailure } from '../../shared/error.js';
import { explain } from '../../shared/failure-text.js';
import type { TestReport, TestStep } from '../../shared/station.js';
import { failureExit } from './fetch-report.js';

/** Something that can be tested: it says each step as it is reached, and returns what the mailbox looks like; null: it has none. */
export interface Probe {
  (onStep: (step: TestStep['step'], detail: string) => void): Promise<string | null>;
  /** The sending server: its steps are called smtp-. */
  readonly sends?: boolean;
}

export interface TestDeps {
  readonly account: Account;
  readonly probes: readonly Probe[];
  readonly language: 'en' | 'ja';
  readonly onStep: (step: TestStep) => void;
  readonly certificateOf: (error: unknown) => TestStep['certificate'];
}

/** Never throws: a failure is the last step, with the next thing to try. */
export async function testAccount(deps: TestDeps): Promise<TestReport> {
  const steps: TestStep[] = [];
  let failure: Failure | null = null;
  for (const probe of deps.probes) {
    failure = await runProbe(deps, probe, steps);
    if (failure !== null) break;
  }
  return { ok: failure === null, steps, failure, exit: failure === null ? 0 : failureExit(failure.code) };
}

async function runProbe(deps: TestDeps, probe: Probe, steps: TestStep[]): Promise<Failure | null> {
  let began = performance.now();
  let reached: TestStep['step'] = 'secret';
  const add = (step: TestStep) => {
    steps.push(step);
    deps.onStep(step);
  };
  const milliseconds = () => Math.round((performance.now() - began) * 10) / 10;
  try {
    const mailbox = await probe((step, detail) => {
      add({ step, ok: true, milliseconds: milliseconds(), detail, hint: null });
      began = performance.now();
      reached = following(step);
    });
    if (mailbox !== null) add({ step: 'mailbox', ok: true, milliseconds: milliseconds(), detail: mailbox, hint: null });
    return null;
  } catch (error) {
    const known =
      error instanceof MailError
        ? error.with({ account: deps.account.name, host: deps.account.host, port: deps.account.port, user: deps.account.user })
        : error;
    const failure = toFailure(known);
    const { what, next } = explain(failure, deps.language);
    const certificate = deps.certificateOf(error);
    add({
      step: probe.sends === true ? sendingStepOf(failure, reached) : stepOf(failure, reached),
      ok: false,
      milliseconds: milliseconds(),
      detail: what,
      hint: next,
      ...(certificate === undefined ? {} : { certificate }),
    });
    return failure;
  }
}

const order: readonly TestStep['step'][] = ['secret', 'dns', 'tcp', 'tls', 'greeting', 'capabilities', 'login', 'mailbox'];

const sendingOrder: readonly TestStep['step'][] = ['smtp-dns', 'smtp-tcp', 'smtp-tls', 'smtp-greeting', 'smtp-starttls', 'smtp-login'];

function following(step: TestStep['step']): TestStep['step'] {
  if (sendingOrder.includes(step)) return sendingOrder[sendingOrder.indexOf(step) + 1] ?? 'smtp-login';
  return order[order.indexOf(step) + 1] ?? 'mailbox';
}

function sendingStepOf(failure: Failure, reached: TestStep['step']): TestStep['step'] {
  const step = stepOf(failure, reached);
  const sending = sendingOrder.find((name) => name === step || name === `smtp-${step}`);
  return sending ?? (step === 'secret' && failure.code.startsWith('secret') ? step : 'smtp-login');
}

/** The failure's own kind says better than the order which step it belongs to. */
function stepOf(failure: Failure, reached: TestStep['step']): TestStep['step'] {
  if (failure.code.startsWith('starttls')) return 'starttls';
  if (failure.code.startsWith('tls')) return 'tls';
  if (failure.code === 'dns') return 'dns';
  if (failure.code === 'refused' || failure.code === 'unreachable') return 'tcp';
  if (failure.code === 'greeting') return 'greeting';
  if (failure.code.startsWith('auth') || failure.code === 'credentials-invalid') return 'login';
  if (failure.code.startsWith('secret')) return 'secret';
  return order.find((name) => name === failure.step) ?? reached;
}
