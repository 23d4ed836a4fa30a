// Outbox: what waits to be sent, what could not be, and what nobody knows of.
import type { OutboxRow } from '../../../shared/outbox.js';
import { go } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { type TextKey, useText } from '../../text/text.js';
import { Icon, type IconName } from '../part/icon.js';
import { Page } from '../part/page.js';
import { Split } from '../part/split.js';
import { Empty, ErrorNote, Skeleton } from '../part/state.js';
import { Table, type TableColumn } from '../part/table.js';
import { ShortTime } from '../part/time.js';
import type { ScreenProps } from '../screens.js';
import { OutboxDetail } from './detail.js';

export const outboxLooks: Readonly<Record<OutboxRow['state'], readonly [icon: IconName, tone: string, word: TextKey]>> = {
  queued: ['clock', '', 'outbox.queued'],
  sending: ['sent', '', 'outbox.sending'],
  sent: ['ok', 't3', 'outbox.sent'],
  held: ['suspicious', 'v-suspect', 'outbox.held'],
  failed: ['failed', 'v-infected', 'outbox.failed'],
};

export function OutboxScreen({ path: [chosen] }: ScreenProps) {
  const t = useText();
  const { value: rows, failure } = useQuery('outbox.list', {});
  const row = rows?.find(({ id }) => id === chosen) ?? null;
  return (
    <Page title={t('outbox.title')} note={t('outbox.note')}>
      {failure === null ? null : <ErrorNote failure={failure} />}
      {rows === null && failure === null ? <Skeleton /> : null}
      {rows === null ? null : rows.length === 0 ? (
        <Empty title={t('outbox.emptyTitle')}>{t('outbox.emptyText')}</Empty>
      ) : (
        <Split
          width={396}
          label={t('outbox.title')}
          list={<List rows={rows} selected={chosen ?? null} />}
          detail={row === null ? <Empty title={t('outbox.pickTitle')}>{t('outbox.pickText')}</Empty> : <OutboxDetail row={row} />}
          onBack={() => go('outbox', [], true)}
        />
      )}
    </Page>
  );
}

function List({ rows, selected }: { rows: readonly OutboxRow[]; selected: string | null }) {
  const t = useText();
  return (
    <Table
      label={t('outbox.title')}
      rows={rows}
      columns={useColumns()}
      rowId={({ id }) => id}
      rowText={({ subject, state }) => `${subject} ${t(outboxLooks[state][2])}`}
      selected={selected === null ? [] : [selected]}
      onSelect={([id]) => (id === undefined ? undefined : go('outbox', [id], true))}
    />
  );
}

function useColumns(): readonly TableColumn<OutboxRow>[] {
  const t = useText();
  return [
    {
      id: 'subject',
      title: t('outbox.columnSubject'),
      cell: ({ subject }) => (
        <span className="el" title={subject}>
          {subject || t('mail.noSubject')}
        </span>
      ),
    },
    {
      id: 'to',
      title: t('outbox.columnTo'),
      width: '190px',
      wide: true,
      cell: ({ recipients }) => <span className="el">{recipients.map(({ address }) => address).join(t('common.separator'))}</span>,
    },
    {
      id: 'state',
      title: t('outbox.columnState'),
      width: '150px',
      cell: ({ state }) => {
        const [icon, tone, word] = outboxLooks[state];
        return (
          <span className={`v ${tone}`}>
            <Icon name={icon} />
            {t(word)}
          </span>
        );
      },
    },
    {
      id: 'created',
      title: t('outbox.columnCreated'),
      width: '84px',
      numeric: true,
      cell: ({ created }) => (
        <span className="small t3">
          <ShortTime iso={created} />
        </span>
      ),
    },
  ];
}
