// The failed recipients, two lines each; more are drawn when they are asked for.
import { useMemo, useState } from 'react';
import { reasonWord } from '../../../shared/bounce-text.js';
import type { Language } from '../../../shared/failure-text.js';
import type { BounceRow } from '../../../shared/station.js';
import { useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Icon } from '../part/icon.js';
import { Table, type TableColumn } from '../part/table.js';
import { ShortTime } from '../part/time.js';
import { recipientOf } from './counts.js';

interface Props {
  readonly rows: readonly BounceRow[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}
/** Rows drawn at once: a table of thousands would hold the window up. */
const portion = 60;

export function BounceList({ rows, selected, onSelect }: Props) {
  const t = useText();
  const [drawn, setDrawn] = useState(portion);
  const left = rows.length - drawn;
  const columns = useColumns();
  return (
    <>
      <Table
        two
        label={t('bounces.list')}
        rows={rows.slice(0, drawn)}
        columns={columns}
        rowId={({ id }) => id}
        rowText={(row) => `${recipientOf(row) ?? ''} ${row.about?.subject ?? ''}`}
        selected={selected === null ? [] : [selected]}
        onSelect={([id]) => (id === undefined ? undefined : onSelect(id))}
      />
      {left <= 0 ? null : (
        <div className="list-more">
          <Button onPress={() => setDrawn(drawn + portion)}>{t('bounces.more', { count: Math.min(portion, left) })}</Button>
        </div>
      )}
    </>
  );
}

function useColumns(): readonly TableColumn<BounceRow>[] {
  const t = useText();
  const to = useLanguage();
  return useMemo(() => columnsIn(t, to), [t, to]);
}

function columnsIn(t: ReturnType<typeof useText>, to: Language): readonly TableColumn<BounceRow>[] {
  return [
    { id: 'kind', title: t('bounces.columnKind'), width: '120px', cell: (row) => <KindMark permanent={row.permanent} /> },
    {
      id: 'recipient',
      title: t('bounces.columnRecipient'),
      cell: (row) => (
        <Two
          unread={!row.read}
          first={recipientOf(row) ?? t('bounces.noRecipient')}
          second={row.about?.subject ?? t('bounces.noSubject')}
        />
      ),
    },
    {
      id: 'reason',
      title: t('bounces.columnReason'),
      wide: true,
      cell: (row) => <Two first={reasonWord(row.reason, to)} second={row.diagnostic?.text ?? ''} mono />,
    },
    {
      id: 'code',
      title: t('bounces.columnCode'),
      width: '72px',
      cell: (row) => (
        <span className={`mono ${row.statusDerived ? 't3' : ''}`} title={row.statusDerived ? t('bounces.derived') : undefined}>
          {row.status ?? row.smtpCode ?? ''}
        </span>
      ),
    },
    {
      id: 'when',
      title: t('bounces.columnWhen'),
      width: '92px',
      numeric: true,
      cell: (row) => (
        <span className="small t3">
          <ShortTime iso={row.when} />
        </span>
      ),
    },
  ];
}

export function KindMark({ permanent }: { permanent: boolean | null }) {
  const t = useText();
  return (
    <span className="v t2">
      <Icon name={permanent === true ? 'failed' : permanent === false ? 'clock' : 'pending'} />
      {t(permanent === true ? 'bounces.permanent' : permanent === false ? 'bounces.temporary' : 'bounces.unknownKind')}
    </span>
  );
}

function Two({ first, second, unread = false, mono = false }: { first: string; second: string; unread?: boolean; mono?: boolean }) {
  return (
    <>
      <span className={`el ${unread ? 'b' : ''}`} title={first}>
        {first}
      </span>
      <span className={`el t2 ${mono ? 'mono' : 'small'}`} title={second}>
        {second}
      </span>
    </>
  );
}
