// The table of accounts: state, server, last result, next poll, today.
import type { AccountState } from '../../../shared/station.js';
import { go } from '../../state/place.js';
import { steps } from '../../state/progress.js';
import { useStore } from '../../state/store.js';
import { useLanguage, useText } from '../../text/text.js';
import { CommandButton } from '../part/command-button.js';
import { Icon } from '../part/icon.js';
import { Empty } from '../part/state.js';
import { Table, type TableColumn } from '../part/table.js';
import { useNow } from '../part/time.js';
import { nextText, resultText, stateLooks } from './account-state.js';

interface Props {
  readonly accounts: readonly AccountState[];
  readonly paused: boolean;
  readonly selected: string | null;
}

export function Accounts({ accounts, paused, selected }: Props) {
  const t = useText();
  const columns = useColumns(paused);
  if (accounts.length === 0) {
    return (
      <Empty title={t('station.emptyTitle')} action={<CommandButton id="station.addAccount" labelled tone="primary" />}>
        {t('station.emptyText')}
      </Empty>
    );
  }
  return (
    <div className="accounts">
      <Table
        label={t('station.accounts')}
        rows={accounts}
        columns={columns}
        rowId={({ account }) => account.id}
        rowText={({ account }) => account.name}
        selected={selected === null ? [] : [selected]}
        onSelect={([id]) => (id === undefined ? undefined : go('station', [id], true))}
        onOpen={(id) => go('account', [id])}
      />
    </div>
  );
}

function useColumns(paused: boolean): readonly TableColumn<AccountState>[] {
  const t = useText();
  const to = useLanguage();
  const now = useNow(1000);
  const running = useStore(steps);
  return [
    { id: 'state', title: t('station.columnState'), width: '148px', cell: (state) => <StateMark state={state.state} /> },
    {
      id: 'account',
      title: t('station.columnAccount'),
      width: '152px',
      cell: ({ account }) => (
        <span className="el" title={account.name}>
          {account.name}
        </span>
      ),
    },
    {
      id: 'server',
      title: t('station.columnServer'),
      width: '240px',
      wide: true,
      cell: ({ account }) => (
        <span className="mono t2 el" title={`${account.user}, ${account.host}:${account.port}`}>
          {account.host}:{account.port}
        </span>
      ),
    },
    {
      id: 'result',
      title: t('station.columnResult'),
      cell: (state) => {
        const text = resultText(state, running.get(state.account.id) ?? null, { t, to });
        return (
          <span className="el" title={text}>
            {text}
          </span>
        );
      },
    },
    {
      id: 'next',
      title: t('station.columnNext'),
      width: '148px',
      cell: (state) => <span className="small t2 el">{nextText(state, paused, now, t)}</span>,
    },
    { id: 'today', title: t('station.columnToday'), width: '64px', numeric: true, cell: ({ deliveredToday }) => deliveredToday },
  ];
}

export function StateMark({ state }: { state: AccountState['state'] }) {
  const t = useText();
  const [icon, tone, word] = stateLooks[state];
  return (
    <span className={`v ${tone}`}>
      <Icon name={icon} />
      {t(word)}
    </span>
  );
}
