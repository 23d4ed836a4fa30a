// The test beside the fields: each step with its time, the reason where one fails, and the next thing to try.
import type { TestStep } from '../../../shared/station.js';
import { formatSpan } from '../../text/number.js';
import { type TextKey, type Translate, useLanguage, useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';
import { ErrorNote } from '../part/state.js';
import { CertificateCard } from './certificate.js';
import { type Draft, portOf, sendPortOf } from './draft.js';
import { expectedSteps, stepsToCome, type Test } from './test-run.js';

type Kind = TestStep['step'];
const words: Readonly<Record<Kind, TextKey>> = {
  secret: 'account.stepSecret',
  dns: 'account.stepDns',
  tcp: 'account.stepTcp',
  tls: 'account.stepTls',
  greeting: 'account.stepGreeting',
  capabilities: 'account.stepCapabilities',
  starttls: 'account.stepStarttls',
  login: 'account.stepLogin',
  mailbox: 'account.stepMailbox',
  'smtp-dns': 'account.stepDns',
  'smtp-tcp': 'account.stepTcp',
  'smtp-tls': 'account.stepTls',
  'smtp-greeting': 'account.stepGreeting',
  'smtp-starttls': 'account.stepStarttls',
  'smtp-login': 'account.stepLogin',
};

function wordOf(kind: Kind, draft: Draft, t: Translate): string {
  const smtp = kind.startsWith('smtp-');
  const step = t(words[kind], { host: smtp ? draft.sendHost : draft.host, port: smtp ? sendPortOf(draft) : portOf(draft) });
  return smtp ? t('account.stepSending', { step }) : step;
}

interface Props {
  readonly test: Test;
  readonly draft: Draft;
  readonly onTrust: (step: TestStep) => void;
}

export function TestPane({ test, draft, onTrust }: Props) {
  const t = useText();
  const to = useLanguage();
  const toCome = test.state === 'none' ? [] : stepsToCome(expectedSteps(draft), test.steps);
  const time = test.milliseconds < 2000 ? `${test.milliseconds} ms` : formatSpan(test.milliseconds / 1000, to);
  return (
    <>
      <div className="col-head">
        <h3>{t('account.test')}</h3>
        <span className="sp" />
        <span className="small t3 el" role="status">
          {test.state === 'running' ? t('account.testing') : null}
          {test.state === 'passed' ? t('account.testPassed', { time }) : null}
          {test.state === 'failed' ? t('account.testStopped', { time }) : null}
        </span>
      </div>
      {test.state === 'none' ? <p className="hint">{t('account.testIntro')}</p> : null}
      <ol className="test-steps">
        {test.steps.map((step, index) => (
          <Step key={`${step.step} ${String(index)}`} step={step} draft={draft} onTrust={onTrust} />
        ))}
        {toCome.map((kind) => (
          <li key={kind} className="ts wait">
            <Icon name="pending" />
            <b>{wordOf(kind, draft, t)}</b>
          </li>
        ))}
      </ol>
      {test.failure === null ? null : <ErrorNote failure={test.failure} />}
    </>
  );
}

function Step({ step, draft, onTrust }: { step: TestStep; draft: Draft; onTrust: (step: TestStep) => void }) {
  const t = useText();
  const name = wordOf(step.step, draft, t);
  return (
    <li className={`ts ${step.ok ? 'good' : 'failed'}`}>
      <Icon name={step.ok ? 'ok' : 'failed'} className={step.ok ? 'v-clean' : 'v-infected'} />
      <b>{step.ok ? name : t('account.stepFailed', { step: name })}</b>
      <span className="ms">{t('account.milliseconds', { count: String(Math.round(step.milliseconds * 10) / 10) })}</span>
      {step.detail === '' ? null : <span className="dsc">{step.detail}</span>}
      {step.hint === null ? null : <span className="dsc next">{step.hint}</span>}
      {step.certificate === undefined || step.ok ? null : <CertificateCard certificate={step.certificate} onTrust={() => onTrust(step)} />}
    </li>
  );
}
