// "Where would mail to X go?": each step of the look-up, with the routing as it stands on screen.
import { type FormEvent, useEffect, useState } from 'react';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { RouteResult, RouteStep } from '../../../shared/route.js';
import type { Routing } from '../../../shared/settings.js';
import { call } from '../../state/link.js';
import { type Translate, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Field } from '../part/field.js';
import { Icon, type IconName } from '../part/icon.js';
import { ErrorNote } from '../part/state.js';
import { finishedOnly } from './entry.js';

export function TryRoute({ routing }: { routing: Routing }) {
  const t = useText();
  const [address, setAddress] = useState('');
  const [asked, setAsked] = useState('');
  const { result, failure } = useResult(asked, routing);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(address.trim());
  };
  return (
    <>
      <form className="sec" onSubmit={submit}>
        <h2 className="b">{t('routes.tryTitle')}</h2>
        <div className="row try">
          <Field
            hideLabel
            label={t('routes.tryLabel')}
            placeholder="name@example.com"
            value={address}
            onChange={setAddress}
            spellCheck="false"
            autoComplete="off"
          />
          <Button type="submit" tone="primary" isDisabled={address.trim() === ''}>
            {t('routes.tryButton')}
          </Button>
        </div>
        <p className="hint">{t('routes.tryText')}</p>
      </form>
      {failure === null ? null : (
        <div className="sec">
          <ErrorNote failure={failure} />
        </div>
      )}
      {result === null ? null : <Result result={result} />}
    </>
  );
}

/** Asked again whenever the routing changes, so that the answer is always the one for what is on screen. */
function useResult(asked: string, routing: Routing): { readonly result: RouteResult | null; readonly failure: Failure | null } {
  const [answer, setAnswer] = useState<{ readonly result: RouteResult | null; readonly failure: Failure | null }>({
    result: null,
    failure: null,
  });
  useEffect(() => {
    if (asked === '') return;
    let current = true;
    const put = (next: typeof answer) => (current ? setAnswer(next) : undefined);
    const timer = setTimeout(() => {
      call('route.try', { address: asked, routing: finishedOnly(routing) }).then(
        (result) => put({ result, failure: null }),
        (error: unknown) => put({ result: null, failure: toFailure(error) }),
      );
    }, 150);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, routing]);
  return answer;
}

function Result({ result }: { result: RouteResult }) {
  const t = useText();
  return (
    <div className="sec" role="status">
      <ol className="path">
        {result.steps.map((step, index) => (
          <Step key={`${step.kind} ${step.key} ${String(index)}`} step={step} />
        ))}
      </ol>
      {result.targets.length === 0 ? null : (
        <>
          <p className="b row">
            <Icon name="inbox" />
            {t('routes.resultTargets', { count: result.targets.length })}
          </p>
          <ul className="targets">
            {result.targets.map((target) => (
              <li key={'relay' in target ? target.relay : target.path} className="mono">
                {'relay' in target ? target.relay : target.path}
              </li>
            ))}
          </ul>
        </>
      )}
      {result.refusal === null ? null : (
        <div className="refusal">
          <p className="b v v-infected">
            <Icon name="problem" />
            {t('routes.resultRefused', { code: String(result.refusal.code), status: result.refusal.status })}
          </p>
          <p className="mono">{result.refusal.text}</p>
        </div>
      )}
    </div>
  );
}

const icons: Readonly<Record<RouteStep['kind'], IconName>> = {
  start: 'search',
  alias: 'alias',
  'catch-all': 'catch-all',
  extension: 'alias',
  mailbox: 'mailbox',
  domain: 'domain',
  relay: 'sent',
  postmaster: 'user',
  refused: 'failed',
  undeclared: 'mailbox',
};

function Step({ step }: { step: RouteStep }) {
  const t = useText();
  const found = step.result.length > 0;
  const { title, text } = stepWords(step, t);
  return (
    <li className={`ps ${found ? 'yes' : 'no'}`}>
      <Icon name={found || step.kind === 'refused' ? icons[step.kind] : 'pending'} />
      <div>
        <b>{title}</b>
        {text === '' ? null : <p className={step.kind === 'mailbox' || step.kind === 'undeclared' ? 'mono' : ''}>{text}</p>}
      </div>
    </li>
  );
}

export function stepWords({ kind, key, result }: RouteStep, t: Translate): { readonly title: string; readonly text: string } {
  const named = { key, result: result.join(', ') };
  const found = result.length > 0;
  const goesTo = found ? t('routes.stepTo', named) : '';
  switch (kind) {
    case 'start':
      return { title: t(found ? 'routes.stepStart' : 'routes.stepNotAddress', named), text: '' };
    case 'alias':
      return { title: t(found ? 'routes.stepAlias' : 'routes.stepAliasNone', named), text: goesTo };
    case 'extension':
      return { title: t('routes.stepExtension', named), text: goesTo };
    case 'catch-all':
      return { title: t(found ? 'routes.stepCatchAll' : 'routes.stepNone', named), text: goesTo };
    case 'mailbox':
      return { title: t(found ? 'routes.stepMailbox' : 'routes.stepMailboxNone', named), text: named.result };
    case 'domain':
      return { title: t('routes.stepDomain', named), text: goesTo };
    case 'relay':
      return { title: t('routes.stepRelay', named), text: '' };
    case 'postmaster':
      return { title: t('routes.stepPostmaster', named), text: goesTo };
    case 'refused':
      return { title: t('routes.stepRefused', named), text: '' };
    case 'undeclared':
      return { title: t('routes.stepUndeclared', named), text: named.result };
  }
}
