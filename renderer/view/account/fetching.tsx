// How often and how much is fetched, and what becomes of it on the server.
import { useText } from '../../text/text.js';
import { Checkbox } from '../part/checkbox.js';
import { Segmented } from '../part/choice.js';
import { Field } from '../part/field.js';
import type { Draft } from './draft.js';
import { NumberIn, type PartProps, useWrong } from './inputs.js';

export function Fetching(props: PartProps) {
  const { draft, wrong, edit } = props;
  const t = useText();
  const error = useWrong(wrong);
  return (
    <>
      <h3>{t('account.fetching')}</h3>
      {draft.protocol === 'imap' ? <FromImap {...props} /> : null}
      <NumberIn
        before={t('account.pollBefore')}
        after={t('account.pollAfter')}
        value={draft.minutes}
        onChange={(minutes) => edit({ minutes })}
        error={error('minutes')}
      />
      <Segmented
        full
        hideLabel={false}
        label={t('account.retention')}
        value={draft.retention}
        onChange={(retention) => edit({ retention })}
        options={[
          { value: 'keep', label: t('account.retentionKeep') },
          { value: 'delete', label: t('account.retentionDelete') },
          { value: 'days', label: t('account.retentionDays') },
        ]}
      />
      {draft.retention === 'days' ? (
        <NumberIn
          before={t('account.daysBefore')}
          after={t('account.daysAfter')}
          value={draft.days}
          onChange={(days) => edit({ days })}
          error={error('days')}
        />
      ) : null}
      <div className="row limit">
        <Checkbox on={draft.limited} onChange={(limited) => edit({ limited })}>
          <span className="vh">{`${t('account.limitBefore')} ${draft.megabytes} ${t('account.limitAfter')}`}</span>
        </Checkbox>
        <NumberIn
          before={t('account.limitBefore')}
          after={t('account.limitAfter')}
          value={draft.megabytes}
          onChange={(megabytes) => edit({ megabytes, limited: true })}
          error={error('megabytes')}
        />
      </div>
      <MoreOptions {...props} />
    </>
  );
}

function FromImap({ draft, edit }: PartProps) {
  const t = useText();
  return <Field label={t('account.folder')} value={draft.folder} onChange={(folder) => edit({ folder })} />;
}

const numbers = [
  ['maxMessages', 'account.maxMessages'],
  ['maxMegabytes', 'account.maxMegabytes'],
  ['batchLimit', 'account.batchLimit'],
  ['timeout', 'account.timeout'],
] as const satisfies readonly (readonly [keyof Draft, string])[];
const switches = [
  ['all', 'account.all'],
  ['top', 'account.top'],
  ['invisible', 'account.invisible'],
  ['tracePolls', 'account.tracePolls'],
] as const satisfies readonly (readonly [keyof Draft, string])[];

function MoreOptions({ draft, wrong, edit }: PartProps) {
  const t = useText();
  const error = useWrong(wrong);
  return (
    <>
      <div className="grid-2">
        {numbers.map(([field, word]) => (
          <Field
            key={field}
            label={t(word)}
            value={draft[field]}
            inputMode="decimal"
            onChange={(value) => edit({ [field]: value })}
            error={error(field)}
            autoComplete="off"
          />
        ))}
      </div>
      <p className="hint">{t('account.noLimit')}</p>
      {switches.map(([field, word]) => (
        <Checkbox key={field} on={draft[field]} onChange={(on) => edit({ [field]: on })}>
          {t(word)}
        </Checkbox>
      ))}
    </>
  );
}
