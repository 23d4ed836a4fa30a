// What an account's last run came to, why it failed, and what it needs now.
import type { FetchNote, FetchReport } from '../../../shared/fetch.js';
import type { AccountState } from '../../../shared/station.js';
import { go } from '../../state/place.js';
import { act } from '../../state/trouble.js';
import { formatShort } from '../../text/date.js';
import { formatOctets, formatSpan } from '../../text/number.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { asking } from '../account/asking.js';
import { Button } from '../part/button.js';
import { Empty, ErrorNote } from '../part/state.js';
import { AccountActions } from './account-actions.js';
import { failureSentence } from './account-state.js';

export function LastRun({ state }: { state: AccountState }) {
  const t = useText();
  const to = useLanguage();
  const { account, last } = state;
  const line =
    last === null
      ? t('station.resultNone')
      : t('station.lastRunLine', {
          time: formatShort(new Date(last.started), to, new Date()),
          span: last.milliseconds < 10_000 ? `${(last.milliseconds / 1000).toFixed(1)} s` : formatSpan(last.milliseconds / 1000, to),
        });
  return (
    <div className="sec tight">
      <div className="row">
        <span className="b el">{account.name}</span>
        <span className="small t3 el">{line}</span>
        <span className="sp" />
        <AccountActions state={state} />
      </div>
      <Trouble state={state} />
      {last === null || last.failure !== null ? null : <Report report={last} />}
    </div>
  );
}

function Trouble({ state }: { state: AccountState }) {
  const t = useText();
  const { account, last } = state;
  const named = { name: account.name };
  if (state.state === 'needs-secret') {
    const unlock = (
      <Button small icon="key" onPress={() => asking.set({ kind: 'unlock', id: account.id })}>
        {t('station.unlock')}
      </Button>
    );
    return (
      <Empty title={t('station.secretTitle', named)} action={unlock}>
        {t('station.secretText')}
      </Empty>
    );
  }
  if (state.state === 'paused') return <Empty title={t('station.pausedTitle', named)}>{t('station.pausedText')}</Empty>;
  if (state.state === 'offline') return <Empty title={t('station.offlineTitle')}>{t('station.offlineText')}</Empty>;
  return last === null || last.failure === null ? null : <Failed state={state} failure={last.failure} />;
}

function Failed({ state, failure }: { state: AccountState; failure: NonNullable<FetchReport['failure']> }) {
  const t = useText();
  const { id, name } = state.account;
  const { account: _account, step: _step, ...rest } = failure;
  const password = failure.code === 'auth' || failure.code.startsWith('secret');
  return (
    <div className="run-trouble">
      <ErrorNote
        failure={rest}
        title={t('station.failureTitle', { name })}
        actions={
          <>
            {password ? (
              <Button small icon="key" onPress={() => asking.set({ kind: 'unlock', id })}>
                {t('station.unlock')}
              </Button>
            ) : (
              <Button small icon="fetch" onPress={() => void act('fetch.now', { id })}>
                {t('common.retry')}
              </Button>
            )}
            <Button small tone="ghost" onPress={() => go('account', [id])}>
              {t('station.edit')}
            </Button>
          </>
        }
      />
    </div>
  );
}

function Report({ report }: { report: FetchReport }) {
  const t = useText();
  const to = useLanguage();
  const server = t('station.onServerValue', {
    messages: report.messages,
    size: formatOctets(report.octets, to),
    seen: report.seen,
  });
  return (
    <>
      <dl className="kv run-report">
        <dt>{t('station.onServer')}</dt>
        <dd>{server}</dd>
        <dt>{t('station.delivered')}</dt>
        <dd>{report.delivered}</dd>
        <dt>{t('station.quarantined')}</dt>
        <dd>{report.quarantined}</dd>
        <dt>{t('station.deletedOnServer')}</dt>
        <dd>{report.deleted}</dd>
      </dl>
      {report.notes.length === 0 ? null : <Notes notes={report.notes} />}
    </>
  );
}

const noteWords: Readonly<Record<FetchNote['kind'], TextKey>> = {
  deferred: 'station.noteDeferred',
  parked: 'station.noteParked',
  oversized: 'station.noteOversized',
  refused: 'station.noteRefused',
  quarantined: 'station.noteQuarantined',
  'duplicate-uidl': 'station.noteDuplicate',
  adopted: 'station.noteAdopted',
  'possible-duplicate': 'station.noteTwice',
};

function Notes({ notes }: { notes: readonly FetchNote[] }) {
  const t = useText();
  const to = useLanguage();
  return (
    <>
      <h3 className="run-h">{t('station.notes')}</h3>
      <ul className="run-notes">
        {notes.map((note) => (
          <li key={`${note.kind} ${note.uidl}`}>
            <span>{t(noteWords[note.kind])}</span>
            <span className="mono t3 el" title={note.uidl}>
              {note.uidl}
            </span>
            <span className="t3">{formatOctets(note.octets, to)}</span>
            {note.failure === null ? null : <span className="t2">{failureSentence(note.failure, to)}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
