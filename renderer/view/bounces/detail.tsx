// One failed recipient: why in plain words, the message it was about, what the server said, the report's fields.
import { explainBounce } from '../../../shared/bounce-text.js';
import type { BounceRow } from '../../../shared/station.js';
import { showAnywhere } from '../../state/show-message.js';
import { editWriting, startWriting } from '../../state/writing.js';
import { formatLong } from '../../text/date.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { CopyButton } from '../part/copy.js';
import { domainOf, recipientOf } from './counts.js';
import { bounceText, statusFields } from './csv.js';
import { KindMark } from './list.js';

interface Props {
  readonly row: BounceRow;
  /** Others at the same domain in what is read. */
  readonly others: number;
  readonly onDomain: (domain: string) => void;
}

export function BounceDetail({ row, others, onDomain }: Props) {
  const t = useText();
  const to = useLanguage();
  const { what, next } = explainBounce(row, to);
  const recipient = recipientOf(row) ?? t('bounces.noRecipient');
  return (
    <>
      <div className="sec">
        <div className="row bounce-head">
          <h2 className="b el select" title={recipient}>
            {recipient}
          </h2>
          <span className="sp" />
          <KindMark permanent={row.permanent} />
        </div>
        <p className="say select">
          {what} {next}
        </p>
        {others === 0 ? null : (
          <p className="small t3 row bounce-others">
            {t('bounces.others', { count: others })}
            <Button small tone="ghost" onPress={() => onDomain(domainOf(row))}>
              {t('bounces.showDomain')}
            </Button>
          </p>
        )}
      </div>
      <About row={row} />
      <div className="sec">
        <h3>{t('bounces.serverSaid')}</h3>
        {row.diagnostic === null ? (
          <p className="t3">{t('bounces.serverSilent')}</p>
        ) : (
          <p className="mono server-said">{row.diagnostic.text}</p>
        )}
      </div>
      <Returned row={row} />
      <Fields row={row} />
    </>
  );
}

/** Of a refusal of ours: was its sender told, and if not, why. */
function Returned({ row: { returned } }: { row: BounceRow }) {
  const t = useText();
  if (returned === null) return null;
  const { state, why, to } = returned;
  return (
    <div className="sec">
      <h3>{t('bounces.returned')}</h3>
      <p>{state === 'not' ? t(notWords[why] ?? 'bounces.notForbidden') : t(returnedWords[state], { to })}</p>
      {state === 'not' || state === 'queued' || why === '' ? null : <p className="mono server-said">{why}</p>}
    </div>
  );
}

const returnedWords = {
  queued: 'bounces.returnedQueued',
  sending: 'bounces.returnedQueued',
  sent: 'bounces.returnedSent',
  failed: 'bounces.returnedFailed',
  lost: 'bounces.returnedLost',
} as const;
const notWords: Readonly<Record<string, TextKey>> = {
  forbidden: 'bounces.notForbidden',
  quiet: 'bounces.notQuiet',
  rate: 'bounces.notRate',
  'no-way': 'bounces.notWay',
};

function About({ row }: { row: BounceRow }) {
  const t = useText();
  const to = useLanguage();
  const { about, originalMessage, message } = row;
  const date = about?.date == null ? null : new Date(about.date);
  return (
    <div className="sec">
      <h3>{t('bounces.yourMessage')}</h3>
      {about === null ? (
        <p className="t3">{t('bounces.unknownMessage')}</p>
      ) : (
        <div className="row">
          <span className="select about-subject">{about.subject ?? t('bounces.noSubject')}</span>
          <span className="sp" />
          {date === null || Number.isNaN(date.getTime()) ? null : <span className="small t3 nw">{formatLong(date, to)}</span>}
        </div>
      )}
      {originalMessage === null ? <p className="hint">{t('bounces.originalMissing')}</p> : null}
      <div className="acts bounce-acts">
        {originalMessage === null ? null : (
          <Button icon="external" onPress={() => void showAnywhere(originalMessage)}>
            {t('bounces.openOriginal')}
          </Button>
        )}
        <Resend row={row} />
        {message === null ? null : <Button onPress={() => void showAnywhere(message)}>{t('bounces.openReport')}</Button>}
        <CopyButton labelled label={t('bounces.copy')} text={bounceText(row, to)} />
      </div>
    </div>
  );
}

/** A draft of what was sent, to this recipient only; the person writes another address, or sends it as it is. */
function Resend({ row }: { row: BounceRow }) {
  const t = useText();
  const { originalMessage: original, source } = row;
  const to = recipientOf(row);
  if (original === null || source !== 'report' || to === null || !failures.has(row.kind)) return null;
  const begin = async () => {
    if (await startWriting('edit-as-new', original)) editWriting({ to, cc: '', bcc: '' });
  };
  return <Button onPress={() => void begin()}>{t('bounces.resend')}</Button>;
}
const failures: ReadonlySet<BounceRow['kind']> = new Set(['failed', 'delayed']);

function Fields({ row }: { row: BounceRow }) {
  const t = useText();
  return (
    <div className="sec">
      <h3>{t('bounces.fields')}</h3>
      <dl className="kv mono">
        {statusFields(row).map(([name, value]) => (
          <FieldLine key={name} name={name} value={value} note={name === 'Status' && row.statusDerived ? t('bounces.derived') : null} />
        ))}
      </dl>
      <p className="hint">
        {t('bounces.source')}
        {t('common.separator')}
        {t(row.source === 'station' ? 'bounces.sourceStation' : 'bounces.sourceReport')}
      </p>
    </div>
  );
}

function FieldLine({ name, value, note }: { name: string; value: string; note: string | null }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {value}
        {note === null ? null : <span className="t3"> ({note})</span>}
      </dd>
    </>
  );
}
