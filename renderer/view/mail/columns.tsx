// The list in columns: heads that order it, and a row's cells. The widths are in mail.css.
import type { Envelope } from '../../../shared/message.js';
import { listView, type Sort, sortBy } from '../../state/list-view.js';
import { useStore } from '../../state/store.js';
import { formatShort } from '../../text/date.js';
import { formatOctets } from '../../text/number.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';
import { Marked } from './highlight.js';
import { rowMarks, rowName } from './row-label.js';
import { RowMarks } from './row-marks.js';

/** null: the icons, by which nothing is ordered. */
const heads: readonly (readonly [Sort, TextKey] | null)[] = [
  ['from', 'mail.columnFrom'],
  ['subject', 'mail.columnSubject'],
  null,
  ['date', 'mail.columnDate'],
  ['octets', 'mail.columnSize'],
];

export function ColumnHeads() {
  const t = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div className="heads cells" role="group" aria-label={t('mail.sort')}>
      {heads.map((head) => (head === null ? <span key="marks" /> : <Head key={head[0]} sort={head[0]} title={t(head[1])} />))}
    </div>
  );
}

function Head({ sort, title }: { sort: Sort; title: string }) {
  const t = useText();
  const view = useStore(listView);
  const current = view.sort === sort;
  return (
    <button type="button" className={`head c-${sort}`} aria-pressed={current} onClick={() => sortBy(sort)}>
      <span className="el">{title}</span>
      {current ? (
        <>
          <span className="vh"> {t(view.descending ? 'mail.descending' : 'mail.ascending')}</span>
          <Icon name="down" small className={view.descending ? '' : 'turned'} />
        </>
      ) : null}
    </button>
  );
}

interface CellsProps {
  readonly row: Envelope;
  readonly highlight: readonly string[];
  readonly now: Date;
}

export function ColumnCells({ row, highlight, now }: CellsProps) {
  const t = useText();
  const language = useLanguage();
  return (
    <>
      <span className="vh">{rowMarks(row, t)} </span>
      <div className="cells">
        <span className="from el">
          <Marked text={rowName(row, t)} words={highlight} />
        </span>
        <span className="el">
          {row.threadCount > 1 ? (
            <span className="cnt" aria-hidden="true">
              {row.threadCount}
            </span>
          ) : null}
          <span className="sub">
            <Marked text={row.subject || t('mail.noSubject')} words={highlight} />
          </span>
        </span>
        <RowMarks row={row} />
        <span className="tm el">{formatShort(new Date(row.received), language, now)}</span>
        <span className="sz el">{formatOctets(row.octets, language)}</span>
      </div>
    </>
  );
}
