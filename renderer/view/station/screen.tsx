// The station: accounts above, the selected one's run and transcript below, the scanner and the charts beside it.
import { useQuery } from '../../state/query.js';
import { formatSpan } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { AccountDialogs } from '../account/dialogs.js';
import { CommandButton } from '../part/command-button.js';
import { Page } from '../part/page.js';
import { Empty, ErrorNote, Skeleton } from '../part/state.js';
import type { ScreenProps } from '../screens.js';
import { SelectedAccount } from './account.js';
import { Accounts } from './accounts.js';
import { Charts } from './charts.js';
import { PauseMenu } from './pause.js';
import { Scanner } from './scanner.js';
import { Signatures } from './signatures.js';
import './station.css';

export function StationScreen({ path: [chosen] }: ScreenProps) {
  const t = useText();
  const { value: accounts, failure } = useQuery('account.list', {});
  const status = useQuery('status.read', {}).value;
  const selected = accounts?.find(({ account }) => account.id === chosen) ?? accounts?.[0] ?? null;
  return (
    <Page title={t('station.title')} note={<Summary />} tools={<Tools />}>
      {failure === null ? null : <ErrorNote failure={failure} />}
      {accounts === null ? (
        failure === null && <Skeleton rows={4} />
      ) : (
        <Accounts accounts={accounts} paused={status?.paused ?? false} selected={selected?.account.id ?? null} />
      )}
      <div className="split station-split">
        {selected === null ? accounts !== null ? <Nothing /> : <div /> : <SelectedAccount state={selected} />}
        <aside className="det" data-pane="scanner" aria-label={t('station.scanner')}>
          <Scanner />
          <Signatures />
          <Charts />
        </aside>
      </div>
      <AccountDialogs />
    </Page>
  );
}

function Nothing() {
  const t = useText();
  return (
    <div className="pane run">
      <Empty title={t('station.pick')} />
    </div>
  );
}

function Tools() {
  const status = useQuery('status.read', {}).value;
  return (
    <>
      <PauseMenu status={status} />
      <CommandButton id="go.doctor" title="doctor.title" labelled small tone="quiet" />
      <CommandButton id="station.fetch" title="station.fetchAll" labelled small tone="quiet" />
      <CommandButton id="station.addAccount" title="station.addAccount" labelled small tone="quiet" />
    </>
  );
}

function Summary() {
  const t = useText();
  const to = useLanguage();
  const accounts = useQuery('account.list', {}).value;
  const status = useQuery('status.read', {}).value;
  if (accounts === null || status === null) return null;
  return t('station.summary', {
    accounts: accounts.length,
    messages: accounts.reduce((sum, { deliveredToday }) => sum + deliveredToday, 0),
    time: formatSpan((Date.now() - Date.parse(status.started)) / 1000, to),
  });
}
