// The virtual list: only the rows on screen exist, however many messages there are.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Box } from '../../state/box.js';
import { listView } from '../../state/list-view.js';
import { cursorIndexIn, needRows, type Pages, pages } from '../../state/pages.js';
import { selection } from '../../state/selection.js';
import { useStore } from '../../state/store.js';
import { useLanguage, useText } from '../../text/text.js';
import { ErrorNote, Skeleton } from '../part/state.js';
import { useNow } from '../part/time.js';
import { groupHeight, rowHeights, spanBegins } from './lines.js';
import { ListEmpty } from './list-empty.js';
import { listKey } from './list-keys.js';
import { MessageRow } from './row.js';

export function Rows({ box, name }: { box: Box; name: string }) {
  const t = useText();
  const shown = useStore(pages);
  if (shown.failure !== null && shown.rows.size === 0) return <ErrorNote failure={shown.failure} title={t('mail.failedTitle')} />;
  if (shown.list === null || shown.opening) return <Skeleton two rows={12} />;
  if (shown.total === 0) return <ListEmpty box={box} />;
  return <VirtualRows key={JSON.stringify(shown.list)} shown={shown} name={name} />;
}

function VirtualRows({ shown, name }: { shown: Pages; name: string }) {
  const t = useText();
  const language = useLanguage();
  const now = useNow(60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const { sort, layout } = useStore(listView);
  const height = rowHeights[layout];
  const chosen = useStore(selection);
  const span = (index: number) => (sort === 'date' && layout === 'compact' ? spanBegins(shown.rows, index, now, language) : null);
  const list = useVirtualizer({
    count: shown.total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => height + (span(index) === null ? 0 : groupHeight),
    overscan: 6,
  });
  const lines = list.getVirtualItems();
  const [first, last] = [lines[0]?.index ?? 0, lines.at(-1)?.index ?? 0];
  useEffect(() => needRows(first, last), [first, last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows, other heights
  useEffect(() => list.measure(), [shown.rows, now, height]);
  const cursor = cursorIndexIn(shown, chosen.cursor);
  useEffect(() => {
    if (cursor >= 0) list.scrollToIndex(cursor, { align: 'auto' });
  }, [cursor, list]);
  return (
    <div
      ref={scroller}
      className="rows"
      role="listbox"
      tabIndex={0}
      data-pane-focus
      aria-label={t('mail.list', { box: name })}
      aria-multiselectable="true"
      aria-activedescendant={cursor >= 0 ? `row-${cursor}` : undefined}
      onKeyDown={(event) => listKey(event, scroller.current)}
    >
      <div className="rows-in" role="presentation" style={{ height: list.getTotalSize() }}>
        {lines.map(({ index, start }) => (
          <MessageRow
            key={shown.rows.get(index)?.id ?? `blank ${index}`}
            index={index}
            row={shown.rows.get(index) ?? null}
            span={span(index)}
            top={start}
            total={shown.total}
            selected={chosen.ids.has(shown.rows.get(index)?.id ?? '')}
            cursor={index === cursor}
            layout={layout}
            highlight={shown.highlight}
            now={now}
          />
        ))}
      </div>
    </div>
  );
}
