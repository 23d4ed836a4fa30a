// One message that was set aside: why, where it is, and what can be done.
import type { Account } from '../../../shared/account.js';
import type { Problem } from '../../../shared/station.js';
import { formatLong } from '../../text/date.js';
import { formatOctets } from '../../text/number.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { CopyButton } from '../part/copy.js';
import { useExplain } from '../part/explain.js';
import { Icon } from '../part/icon.js';
import { deliver, removeOnServer, retry } from './settle.js';

interface Props {
  readonly problem: Problem;
  /** null: the account was removed. */
  readonly account: Account | null;
}

export function ProblemDetail({ problem, account }: Props) {
  const t = useText();
  const { what, next } = useExplain()(problem.failure);
  return (
    <>
      <div className="sec">
        <p className="row small t2 problem-kind">
          <Icon name={problem.failure.temporary ? 'clock' : 'failed'} small />
          {t(problem.failure.temporary ? 'problems.temporary' : 'problems.permanent')}
        </p>
        <p className="say select">{what}</p>
        {next === '' ? null : <p className="t2 select problem-next">{next}</p>}
      </div>
      <Facts problem={problem} account={account} />
      <Deeds problem={problem} account={account} />
    </>
  );
}

function whereIs({ onServer, hasBytes }: Problem): TextKey {
  if (onServer) return hasBytes ? 'problems.both' : 'problems.onServer';
  return hasBytes ? 'problems.bytesHere' : 'problems.nowhere';
}

function Facts({ problem, account }: Props) {
  const t = useText();
  const to = useLanguage();
  return (
    <div className="sec">
      <h3>{t('problems.facts')}</h3>
      <dl className="kv">
        <dt>{t('problems.account')}</dt>
        <dd>{account?.name ?? problem.account}</dd>
        <dt>{t('problems.uidl')}</dt>
        <dd className="row">
          <span className="mono el" title={problem.uidl}>
            {problem.uidl}
          </span>
          <CopyButton text={problem.uidl} />
        </dd>
        <dt>{t('problems.size')}</dt>
        <dd>{formatOctets(problem.octets, to)}</dd>
        <dt>{t('problems.attempts')}</dt>
        <dd>{problem.attempts}</dd>
        <dt>{t('problems.since')}</dt>
        <dd>{formatLong(new Date(problem.since), to)}</dd>
        <dt>{t('problems.where')}</dt>
        <dd>{t(whereIs(problem))}</dd>
      </dl>
    </div>
  );
}

function Deeds({ problem, account }: Props) {
  const t = useText();
  const host = account?.host ?? problem.account;
  return (
    <div className="sec">
      <h3>{t('problems.actions')}</h3>
      <div className="deeds">
        <Button icon="fetch" onPress={() => void retry(problem)}>
          {t('problems.retry')}
        </Button>
        <p>{t('problems.retryText')}</p>
        <Button icon="inbox" isDisabled={!problem.hasBytes} onPress={() => void deliver(problem)}>
          {t('problems.deliver')}
        </Button>
        <p>{t(problem.hasBytes ? 'problems.deliverText' : 'problems.deliverNoBytes')}</p>
        <Button tone="bad" icon="trash" isDisabled={!problem.onServer} onPress={() => void removeOnServer(problem, host)}>
          {t('problems.remove')}
        </Button>
        <p>{t(problem.onServer ? 'problems.removeText' : 'problems.removeNotThere')}</p>
      </div>
    </div>
  );
}
