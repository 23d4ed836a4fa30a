// The rows: domain by domain, each with what it delivers to.
import { useState } from 'react';
import { formatOctets } from '../../text/number.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Icon, type IconName } from '../part/icon.js';
import { Table, type TableColumn } from '../part/table.js';
import { type Entry, type EntryKind, entryId, isCatchAll } from './entry.js';

interface Props {
  readonly entries: readonly Entry[];
  readonly wrong: (entry: Entry) => TextKey | null;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}
/** Rows drawn at once; the search finds the others. */
const portion = 300;

export function RouteTable({ entries, wrong, selected, onSelect }: Props) {
  const t = useText();
  const [drawn, setDrawn] = useState(portion);
  const left = entries.length - drawn;
  return (
    <>
      <Table
        label={t('routes.list')}
        rows={entries.slice(0, drawn)}
        columns={useColumns(wrong)}
        rowId={entryId}
        rowText={({ address }) => address}
        selected={selected === null ? [] : [selected]}
        onSelect={([id]) => (id === undefined ? undefined : onSelect(id))}
      />
      {left <= 0 ? null : (
        <div className="list-foot">
          <Button onPress={() => setDrawn(drawn + portion)}>{t('routes.more', { count: Math.min(portion, left) })}</Button>
        </div>
      )}
    </>
  );
}

const looks: Readonly<Record<EntryKind, readonly [IconName, TextKey]>> = {
  domain: ['domain', 'routes.kindDomain'],
  mailbox: ['user', 'routes.kindMailbox'],
  alias: ['alias', 'routes.kindAlias'],
};

function useColumns(wrong: Props['wrong']): readonly TableColumn<Entry>[] {
  const t = useText();
  const to = useLanguage();
  return [
    { id: 'address', title: t('routes.columnAddress'), width: '38%', cell: (entry) => <Name entry={entry} wrong={wrong(entry)} /> },
    {
      id: 'kind',
      title: t('routes.columnKind'),
      width: '120px',
      cell: (entry) => (
        <span className="small t2">{t(isCatchAll(entry) && entry.kind === 'mailbox' ? 'routes.kindCatchAll' : looks[entry.kind][1])}</span>
      ),
    },
    {
      id: 'to',
      title: t('routes.columnTo'),
      cell: (entry) => {
        const text = entry.kind === 'domain' ? t('routes.domainText') : entry.to.join(', ');
        return (
          <span className={`el ${entry.kind === 'mailbox' ? 'mono' : entry.kind === 'domain' ? 'small t3' : ''}`} title={text}>
            {text}
          </span>
        );
      },
    },
    {
      id: 'limit',
      title: t('routes.columnLimit'),
      width: '72px',
      numeric: true,
      wide: true,
      cell: ({ limit }) => <span className="small t3">{limit === null ? '' : formatOctets(limit, to)}</span>,
    },
  ];
}

function Name({ entry, wrong }: { entry: Entry; wrong: TextKey | null }) {
  const t = useText();
  const { address, kind, domain } = entry;
  const text = address === '' ? t('routes.unnamed') : isCatchAll(entry) ? t('routes.anythingElse', { domain }) : address;
  const icon: IconName = wrong !== null ? 'problem' : isCatchAll(entry) ? 'catch-all' : looks[kind][0];
  return (
    <span
      className={`row ${wrong === null ? '' : 'v-infected'} ${kind === 'domain' ? 'b' : 'below'}`}
      title={wrong === null ? text : t(wrong)}
    >
      <Icon name={icon} />
      <span className="el">{text}</span>
    </span>
  );
}
