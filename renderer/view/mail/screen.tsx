// Mail: the list of messages on the left, the reading pane on the right.
import { useEffect, useMemo } from 'react';
import { boxOf, openMessage } from '../../state/box.js';
import { listOf, listView, setListView } from '../../state/list-view.js';
import { openList } from '../../state/pages.js';
import { place } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { readerTab } from '../../state/reader.js';
import { clearSelection, selection } from '../../state/selection.js';
import { useSettings } from '../../state/settings.js';
import { useStore } from '../../state/store.js';
import { Reader } from '../reader/reader.js';
import { ListPane } from './list-pane.js';
import { listSize, Splitter } from './splitter.js';

export function MailScreen() {
  const here = useStore(place);
  const box = useMemo(() => boxOf(here), [here]);
  const boxKey = JSON.stringify(box);
  const mailboxes = useQuery('mailbox.list', {}).value;
  const view = useStore(listView);
  const list = mailboxes === null ? null : listOf(box, view, mailboxes);
  const open = openMessage(here);
  const sizes = useStore(listSize);
  // The table of hops wants the room.
  const tracing = useStore(readerTab) === 'headers' && open !== null;
  const size = tracing && view.layout === 'compact' ? Math.min(256, sizes.compact) : sizes[view.layout];
  useEffect(() => openList(list));
  useListChoice();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new box begins with nothing selected
  useEffect(clearSelection, [boxKey]);
  useEffect(() => {
    if (open !== null && selection.get().ids.size === 0) selection.set({ ids: new Set([open]), cursor: open, anchor: open });
  }, [open]);
  return (
    <div
      className={`mail ${view.layout} ${open === null ? '' : 'reading'} ${tracing ? 'tracing' : ''}`}
      style={{ '--list': `${size}px` } as React.CSSProperties}
    >
      <ListPane box={box} />
      <Splitter />
      <Reader box={box} open={open} />
    </div>
  );
}

/** The settings say how the list is first shown. */
function useListChoice(): void {
  const reading = useSettings()?.reading;
  const [threads, layout] = [reading?.threads, reading?.list];
  useEffect(() => {
    if (threads !== undefined) setListView({ threads });
  }, [threads]);
  useEffect(() => {
    if (layout !== undefined) setListView({ layout });
  }, [layout]);
}
