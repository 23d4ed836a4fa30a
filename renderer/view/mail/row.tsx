// One message in the list: two lines or one of cells, a dot while unread, and what a screen reader says of it in one sentence.
import type { DragEvent, MouseEvent } from 'react';
import type { Envelope } from '../../../shared/message.js';
import type { Layout } from '../../state/list-view.js';
import { chosen, selection, selectOne, selectTo, toggleOne } from '../../state/selection.js';
import { formatShort } from '../../text/date.js';
import { useLanguage, useText } from '../../text/text.js';
import { messagesType } from '../frame/nav-row.js';
import { ColumnCells } from './columns.js';
import { Marked } from './highlight.js';
import { groupHeight, rowHeights, type Span } from './lines.js';
import { rowMarks, rowName } from './row-label.js';
import { RowMarks } from './row-marks.js';

interface Props {
  readonly index: number;
  /** null: not read yet. */
  readonly row: Envelope | null;
  readonly span: Span | null;
  readonly top: number;
  readonly total: number;
  readonly selected: boolean;
  readonly cursor: boolean;
  readonly layout: Layout;
  readonly highlight: readonly string[];
  readonly now: Date;
}

export function MessageRow(props: Props) {
  const t = useText();
  const { index, row, span, top, total, selected, cursor, layout } = props;
  const shift = span === null ? 0 : groupHeight;
  return (
    <>
      {span === null ? null : (
        <div className="grp" aria-hidden="true" style={{ top, height: groupHeight }}>
          {'key' in span ? t(span.key) : span.month}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard (aria-activedescendant) */}
      <div
        id={`row-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={selected}
        aria-posinset={index + 1}
        aria-setsize={total}
        className={`m ${row?.flags.seen === false ? 'un' : ''} ${selected ? 'is-sel' : ''} ${cursor ? 'is-cursor' : ''}`}
        style={{ top: top + shift, height: rowHeights[layout] }}
        draggable={row !== null}
        onDragStart={(event) => (row === null ? undefined : startDrag(event, row))}
        onMouseDown={(event) => (row === null || event.button !== 0 ? undefined : press(event, row.id))}
        onClick={(event) => (row === null ? undefined : release(event, row.id))}
      >
        {row === null ? <Blank /> : layout === 'columns' ? <ColumnCells {...props} row={row} /> : <Lines {...props} row={row} />}
      </div>
    </>
  );
}

function Blank() {
  const t = useText();
  return (
    <>
      <span className="vh">{t('common.loading')}</span>
      <i className="sk" />
      <i className="sk short" />
    </>
  );
}

function Lines({ row, highlight, now }: Props & { readonly row: Envelope }) {
  const t = useText();
  const language = useLanguage();
  const when = new Date(row.received);
  return (
    <>
      <span className="vh">{rowMarks(row, t)} </span>
      <div className="l1">
        <span className="from el">
          <Marked text={rowName(row, t)} words={highlight} />
        </span>
        {row.threadCount > 1 ? (
          <span className="cnt" aria-hidden="true">
            {row.threadCount}
          </span>
        ) : null}
        <span className="tm">{formatShort(when, language, now)}</span>
      </div>
      <div className="l2">
        <span className="el">
          <span className="sub">
            <Marked text={row.subject || t('mail.noSubject')} words={highlight} />
          </span>
          &ensp;
          <Marked text={row.preview} words={highlight} />
        </span>
        <RowMarks row={row} />
      </div>
    </>
  );
}

function press(event: MouseEvent, id: string): void {
  if (event.shiftKey) {
    event.preventDefault();
    void selectTo(id);
  } else if (event.ctrlKey || event.metaKey) toggleOne(id);
  else if (!selection.get().ids.has(id)) selectOne(id);
}

/** A press on one of several selected rows may begin a drag; a click that did not become one selects it alone. */
function release(event: MouseEvent, id: string): void {
  const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
  if (plain && selection.get().ids.size > 1) selectOne(id);
}

function startDrag(event: DragEvent, row: Envelope): void {
  const ids = selection.get().ids.has(row.id) ? chosen() : [row.id];
  event.dataTransfer.setData(messagesType, ids.join('\n'));
  event.dataTransfer.effectAllowed = 'copyMove';
}
