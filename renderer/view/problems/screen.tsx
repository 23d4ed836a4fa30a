// Problems: messages that failed three runs, each with its reason and what can be done.
import type { Problem } from '../../../shared/station.js';
import { go } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { formatOctets } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Page } from '../part/page.js';
import { Split } from '../part/split.js';
import { Empty, ErrorNote, Skeleton } from '../part/state.js';
import { Table, type TableColumn } from '../part/table.js';
import { ShortTime } from '../part/time.js';
import type { ScreenProps } from '../screens.js';
import { failureSentence } from '../station/account-state.js';
import { ProblemDetail } from './detail.js';
import './problems.css';

export function ProblemsScreen({ path: [chosen] }: ScreenProps) {
  const t = useText();
  const { value: rows, failure } = useQuery('problem.list', {});
  const note = rows === null || rows.length === 0 ? null : t('problems.summary', { count: rows.length });
  return (
    <Page title={t('problems.title')} note={note}>
      {failure === null ? null : <ErrorNote failure={failure} />}
      {rows === null && failure === null ? <Skeleton /> : null}
      {rows === null ? null : rows.length === 0 ? (
        <Empty title={t('problems.emptyTitle')}>{t('problems.emptyText')}</Empty>
      ) : (
        <Split
          width={396}
          label={t('problems.title')}
          list={<List rows={rows} selected={chosen ?? null} />}
          detail={<Detail problem={rows.find(({ id }) => id === chosen) ?? null} asked={chosen !== undefined} />}
          onBack={() => go('problems', [], true)}
        />
      )}
    </Page>
  );
}

function Detail({ problem, asked }: { problem: Problem | null; asked: boolean }) {
  const t = useText();
  const accounts = useQuery('account.list', {}).value ?? [];
  if (problem !== null) {
    const account = accounts.find((state) => state.account.id === problem.account)?.account ?? null;
    return <ProblemDetail problem={problem} account={account} />;
  }
  return asked ? (
    <Empty title={t('problems.gone')}>{t('problems.goneText')}</Empty>
  ) : (
    <Empty title={t('problems.pickTitle')}>{t('problems.pickText')}</Empty>
  );
}

function List({ rows, selected }: { rows: readonly Problem[]; selected: string | null }) {
  const t = useText();
  return (
    <>
      <Table
        label={t('problems.list')}
        rows={rows}
        columns={useColumns()}
        rowId={({ id }) => id}
        rowText={({ account, uidl }) => `${account} ${uidl}`}
        selected={selected === null ? [] : [selected]}
        onSelect={([id]) => (id === undefined ? undefined : go('problems', [id], true))}
      />
      <p className="list-foot small t3">{t('problems.intro')}</p>
    </>
  );
}

function useColumns(): readonly TableColumn<Problem>[] {
  const t = useText();
  const to = useLanguage();
  const accounts = useQuery('account.list', {}).value ?? [];
  const name = (id: string) => accounts.find(({ account }) => account.id === id)?.account.name ?? id;
  return [
    {
      id: 'account',
      title: t('problems.columnAccount'),
      width: '140px',
      cell: (row) => (
        <span className="el" title={name(row.account)}>
          {name(row.account)}
        </span>
      ),
    },
    {
      id: 'reason',
      title: t('problems.columnReason'),
      cell: (row) => {
        const text = failureSentence(row.failure, to);
        return (
          <span className="el" title={text}>
            {text}
          </span>
        );
      },
    },
    { id: 'size', title: t('problems.columnSize'), width: '76px', numeric: true, cell: ({ octets }) => formatOctets(octets, to) },
    { id: 'attempts', title: t('problems.columnAttempts'), width: '60px', numeric: true, wide: true, cell: ({ attempts }) => attempts },
    {
      id: 'since',
      title: t('problems.columnSince'),
      width: '96px',
      numeric: true,
      cell: ({ since }) => (
        <span className="small t3">
          <ShortTime iso={since} />
        </span>
      ),
    },
  ];
}
