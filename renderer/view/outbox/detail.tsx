// One message of the outbox: what became of it for each recipient, and what can be done.
import type { OutboxRow } from '../../../shared/outbox.js';
import { confirm } from '../../state/overlay.js';
import { useQuery } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { formatLong } from '../../text/date.js';
import { formatOctets } from '../../text/number.js';
import { say, type TextKey, useLanguage, useText } from '../../text/text.js';
import { editAgain } from '../compose/sent-bar.js';
import { Button } from '../part/button.js';
import { useExplain } from '../part/explain.js';
import { Icon, type IconName } from '../part/icon.js';

const recipientWords: Readonly<Record<OutboxRow['recipients'][number]['state'], readonly [IconName, string, TextKey]>> = {
  waiting: ['clock', '', 'outbox.recipientWaiting'],
  accepted: ['ok', '', 'outbox.recipientAccepted'],
  refused: ['failed', 'v-infected', 'outbox.recipientRefused'],
};

export function OutboxDetail({ row }: { row: OutboxRow }) {
  const t = useText();
  return (
    <>
      <Why row={row} />
      <div className="sec">
        <h3>{t('outbox.recipients')}</h3>
        <ul className="plain">
          {row.recipients.map(({ address, state, said }) => {
            const [icon, tone, word] = recipientWords[state];
            return (
              <li key={address} className={`row ${tone}`}>
                <Icon name={icon} small />
                <span className="el sp" title={address}>
                  {address}
                </span>
                <span className="small">{t(word)}</span>
                {said === null ? null : <span className="small t3 select">{said}</span>}
              </li>
            );
          })}
        </ul>
      </div>
      <Facts row={row} />
      <Deeds row={row} />
    </>
  );
}

function Why({ row }: { row: OutboxRow }) {
  const t = useText();
  const explain = useExplain();
  const words = row.failure === null ? null : explain(row.failure);
  return (
    <div className="sec">
      <h2 className="say select">{row.subject || t('mail.noSubject')}</h2>
      {row.state === 'held' ? <p className="doubt">{t('outbox.heldText')}</p> : null}
      {words === null ? null : <p className="select">{words.what}</p>}
      {words === null || words.next === '' || row.state === 'held' ? null : <p className="t2 select">{words.next}</p>}
    </div>
  );
}

function Facts({ row }: { row: OutboxRow }) {
  const t = useText();
  const to = useLanguage();
  const accounts = useQuery('account.list', {}).value ?? [];
  return (
    <div className="sec">
      <dl className="kv">
        <dt>{t('outbox.from')}</dt>
        <dd>{row.sender}</dd>
        <dt>{t('outbox.account')}</dt>
        <dd>{accounts.find(({ account }) => account.id === row.account)?.account.name ?? row.account}</dd>
        <dt>{t('outbox.size')}</dt>
        <dd>{formatOctets(row.octets, to)}</dd>
        <dt>{t('outbox.attempts')}</dt>
        <dd>{row.attempts}</dd>
        {row.next === null ? null : (
          <>
            <dt>{t('outbox.next')}</dt>
            <dd>{formatLong(new Date(row.next), to)}</dd>
          </>
        )}
      </dl>
    </div>
  );
}

async function again(row: OutboxRow): Promise<void> {
  const yes = await confirm({
    title: say('outbox.againTitle'),
    text: say('outbox.againConsequence'),
    verb: say('outbox.again'),
    destructive: false,
    doubtful: true,
    named: row.subject,
  });
  if (yes) await act('outbox.settle', { id: row.id, how: 'again' });
}

async function cancel(row: OutboxRow): Promise<void> {
  const yes = await confirm({
    title: say('outbox.cancelTitle'),
    text: say('outbox.cancelConsequence'),
    verb: say('common.delete'),
    destructive: true,
    named: row.subject,
  });
  if (yes) await act('outbox.settle', { id: row.id, how: 'cancel' });
}

function Deeds({ row }: { row: OutboxRow }) {
  const t = useText();
  const { id, state, kind } = row;
  if (state === 'sent' && row.failure === null) return null;
  const settle = (how: 'now' | 'sent') => void act('outbox.settle', { id, how });
  return (
    <div className="sec">
      <h3>{t('outbox.deeds')}</h3>
      <div className="deeds">
        {state === 'held' ? (
          <>
            <Button icon="ok" onPress={() => settle('sent')}>
              {t('outbox.treatSent')}
            </Button>
            <p>{t('outbox.treatSentText')}</p>
            <Button icon="sent" onPress={() => void again(row)}>
              {t('outbox.again')}
            </Button>
            <p>{t('outbox.againText')}</p>
          </>
        ) : (
          <>
            <Button icon="fetch" isDisabled={state === 'sending'} onPress={() => settle('now')}>
              {t('outbox.now')}
            </Button>
            <p>{t('outbox.nowText')}</p>
          </>
        )}
        {state === 'sent' ? null : (
          <>
            {kind === 'bounce' ? null : (
              <>
                <Button icon="draft" onPress={() => void editAgain(id)}>
                  {t('outbox.edit')}
                </Button>
                <p>{t('outbox.editText')}</p>
              </>
            )}
            <Button tone="bad" icon="trash" onPress={() => void cancel(row)}>
              {t('outbox.cancel')}
            </Button>
            <p>{t('outbox.cancelText')}</p>
          </>
        )}
      </div>
    </div>
  );
}
