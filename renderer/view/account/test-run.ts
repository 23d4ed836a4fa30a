// A test of the account as it stands in the dialog: its steps as they come, and what is still to come.
import { useEffect, useRef, useState } from 'react';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { TestReport, TestStep } from '../../../shared/station.js';
import { call, on } from '../../state/link.js';
import type { Draft } from './draft.js';
import { accountOf } from './draft-account.js';

export interface Test {
  readonly state: 'none' | 'running' | 'passed' | 'failed';
  readonly steps: readonly TestStep[];
  readonly milliseconds: number;
  /** The call itself failed: the station could not test. */
  readonly failure: Failure | null;
}
const none: Test = { state: 'none', steps: [], milliseconds: 0, failure: null };

type Kind = TestStep['step'];
/** The steps that a test of this draft will take, in order. */
export function expectedSteps(draft: Pick<Draft, 'security' | 'sending' | 'sendSecurity' | 'sendLogin'>): readonly Kind[] {
  const receive: readonly (Kind | null)[] = [
    'dns',
    'tcp',
    draft.security === 'tls' ? 'tls' : null,
    'greeting',
    'capabilities',
    draft.security === 'starttls' ? 'starttls' : null,
    'login',
    'mailbox',
  ];
  const send: readonly (Kind | null)[] = draft.sending
    ? [
        'smtp-dns',
        'smtp-tcp',
        draft.sendSecurity === 'tls' ? 'smtp-tls' : null,
        'smtp-greeting',
        draft.sendSecurity === 'starttls' ? 'smtp-starttls' : null,
        draft.sendLogin === 'none' ? null : 'smtp-login',
      ]
    : [];
  return [...receive, ...send].filter((step) => step !== null);
}

/** What is still to come: after the last step that came. */
export function stepsToCome(expected: readonly Kind[], came: readonly TestStep[]): readonly Kind[] {
  const last = Math.max(-1, ...came.map(({ step }) => expected.indexOf(step)));
  return expected.slice(last + 1).filter((kind) => !came.some(({ step }) => step === kind));
}

export function useTest(): { readonly test: Test; readonly run: (draft: Draft) => Promise<boolean>; readonly clear: () => void } {
  const [test, setTest] = useState<Test>(none);
  const current = useRef('');
  useEffect(
    () =>
      on('account.test', ({ run, step }) => {
        if (run === current.current) setTest((before) => ({ ...before, steps: [...before.steps, step] }));
      }),
    [],
  );
  const run = async (draft: Draft): Promise<boolean> => {
    const mine = crypto.randomUUID();
    current.current = mine;
    const began = performance.now();
    setTest({ ...none, state: 'running' });
    const ended = await ask(draft, mine);
    if (current.current !== mine) return false;
    const milliseconds = Math.round(performance.now() - began);
    if ('report' in ended) setTest(finished(ended.report, milliseconds));
    else setTest((before) => ({ ...before, state: 'failed', milliseconds, failure: ended.failure }));
    return 'report' in ended && ended.report.ok;
  };
  const clear = () => {
    current.current = '';
    setTest(none);
  };
  return { test, run, clear };
}

function finished(report: TestReport, milliseconds: number): Test {
  const unsaid = report.ok || report.steps.some(({ ok }) => !ok) ? null : report.failure;
  return { state: report.ok ? 'passed' : 'failed', steps: report.steps, milliseconds, failure: unsaid };
}

async function ask(draft: Draft, run: string): Promise<{ readonly report: TestReport } | { readonly failure: Failure }> {
  try {
    return { report: await call('account.test', { account: accountOf(draft), ...secretsOf(draft), run }) };
  } catch (error) {
    return { failure: toFailure(error) };
  }
}

/** What was typed; null leaves what is stored. */
export function secretsOf(draft: Draft): {
  readonly secret: string | null;
  readonly sendingSecret: string | null;
  readonly relaySecret: string | null;
} {
  const typed = draft.secretKind === 'command' || draft.secretKind === 'token' ? '' : draft.secret;
  const sendTyped = draft.sending && draft.sendLogin === 'own' ? draft.sendSecret : '';
  const relayTyped = draft.target === 'smtp' && draft.targetLogin ? draft.targetSecret : '';
  const given = (text: string) => (text === '' ? null : text);
  return { secret: given(typed), sendingSecret: given(sendTyped), relaySecret: given(relayTyped) };
}
