// What servers inside the boundary found of SPF, DKIM, DMARC and ARC; claims of others are grey.
import type { AuthenticationMethod, AuthenticationResult } from '../../../shared/trace.js';
import { useText } from '../../text/text.js';
import { Icon, type IconName } from '../part/icon.js';

const looks: Readonly<Record<string, readonly [IconName, string]>> = {
  pass: ['ok', 'v-clean'],
  fail: ['failed', 'v-infected'],
  softfail: ['suspicious', 'v-suspect'],
  policy: ['suspicious', 'v-suspect'],
  permerror: ['suspicious', 'v-suspect'],
};

export function Authentication({ results }: { results: readonly AuthenticationResult[] }) {
  const t = useText();
  const trusted = results.filter((result) => result.trusted);
  const foreign = results.filter((result) => !result.trusted);
  return (
    <section className="sec">
      {trusted.length > 0 ? null : (
        <>
          <h3>{t('trace.authenticationHead')}</h3>
          <p className="small t2">{t('trace.authenticationNone')}</p>
        </>
      )}
      {trusted.map((result) => (
        <Result key={`trusted ${result.authservId}`} result={result} title={t('trace.authentication', { host: result.authservId })} />
      ))}
      {foreign.map((result, index) => (
        <Result key={String(index)} result={result} title={t('trace.authenticationForeign', { host: result.authservId })} />
      ))}
    </section>
  );
}

function Result({ result, title }: { result: AuthenticationResult; title: string }) {
  return (
    <div className={result.trusted ? 'auth-one' : 'auth-one foreign'}>
      <h3>{title}</h3>
      <dl className="auth select">
        {result.methods.map((method, index) => (
          <Method key={String(index)} method={method} trusted={result.trusted} />
        ))}
      </dl>
    </div>
  );
}

function Method({ method, trusted }: { method: AuthenticationMethod; trusted: boolean }) {
  const [icon, tone] = looks[method.result] ?? (['not-scanned', 'v-unscanned'] as const);
  const words = [method.domain, method.detail].filter(Boolean).join(', ');
  return (
    <>
      <dt className={trusted ? 'b' : ''}>{method.method.toUpperCase()}</dt>
      <dd className={`v ${trusted ? tone : 't3'}`}>
        <Icon name={trusted ? icon : 'pending'} />
        {method.result}
      </dd>
      <dd className="t2">{words}</dd>
    </>
  );
}
