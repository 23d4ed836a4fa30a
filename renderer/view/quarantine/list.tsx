// The held messages, two lines each.
import type { QuarantineRow } from '../../../shared/message.js';
import { useQuery } from '../../state/query.js';
import { useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';
import { Table, type TableColumn } from '../part/table.js';
import { ShortTime } from '../part/time.js';
import { foundName, heldClass, heldLooks } from './held.js';

interface Props {
  readonly rows: readonly QuarantineRow[];
  readonly selected: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
}

export function HeldList({ rows, selected, onSelect }: Props) {
  const t = useText();
  return (
    <>
      <Table
        two
        multiple
        label={t('quarantine.held')}
        rows={rows}
        columns={useColumns()}
        rowId={({ id }) => id}
        rowText={({ from, subject }) => `${from} ${subject}`}
        selected={selected}
        onSelect={onSelect}
      />
      <p className="list-foot small t3">{t('quarantine.foot')}</p>
    </>
  );
}

/** The account's name where it is still known. */
export function useAccountName(): (id: string) => string {
  const accounts = useQuery('account.list', {}).value ?? [];
  return (id) => accounts.find(({ account }) => account.id === id)?.account.name ?? id;
}

function useColumns(): readonly TableColumn<QuarantineRow>[] {
  const t = useText();
  const name = useAccountName();
  return [
    { id: 'class', title: t('quarantine.columnClass'), width: '164px', cell: (row) => <ClassMark row={row} /> },
    {
      id: 'subject',
      title: t('quarantine.columnSubject'),
      cell: (row) => <Two first={foundName(row)} second={row.subject || t('quarantine.noSubject')} />,
    },
    {
      id: 'from',
      title: t('quarantine.columnFrom'),
      wide: true,
      cell: (row) => (
        <Two
          first={row.from || t('quarantine.noSender')}
          second={row.mailbox === '' ? t('quarantine.nobody') : t('quarantine.toMailbox', { mailbox: row.mailbox })}
        />
      ),
    },
    {
      id: 'held',
      title: t('quarantine.columnHeld'),
      width: '118px',
      numeric: true,
      cell: (row) => (
        <span className="small t3">
          <span className="el">{row.quarantined === '' ? '' : <ShortTime iso={row.quarantined} />}</span>
          <span className="el" title={name(row.account)}>
            {name(row.account)}
          </span>
        </span>
      ),
    },
  ];
}

function Two({ first, second }: { first: string; second: string }) {
  return (
    <>
      <span className="el" title={first}>
        {first}
      </span>
      <span className="el small t2" title={second}>
        {second}
      </span>
    </>
  );
}

function ClassMark({ row }: { row: QuarantineRow }) {
  const t = useText();
  const { icon, tone, word } = heldLooks[heldClass(row.reason)];
  return (
    <span className={`v ${tone}`}>
      <Icon name={icon} />
      {t(word)}
    </span>
  );
}
