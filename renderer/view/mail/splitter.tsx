// The edge between list and reading pane, beside it or above it: drag it, or move it with the arrow keys.
import { type Layout, listView } from '../../state/list-view.js';
import { createStore, useStore } from '../../state/store.js';
import { useText } from '../../text/text.js';

const edges = {
  compact: { key: 'list width', least: 240, most: 640, usual: 360 },
  columns: { key: 'list height', least: 160, most: 800, usual: 320 },
} as const;

function clamp(layout: Layout, size: number): number {
  const { least, most } = edges[layout];
  return Math.max(least, Math.min(most, Math.round(size)));
}
const kept = (layout: Layout) => clamp(layout, Number(localStorage.getItem(edges[layout].key) ?? edges[layout].usual));

/** Width of the compact list, height of the one in columns. */
export const listSize = createStore<Readonly<Record<Layout, number>>>({ compact: kept('compact'), columns: kept('columns') });

function setSize(layout: Layout, size: number): void {
  const next = clamp(layout, size);
  listSize.set((before) => ({ ...before, [layout]: next }));
  localStorage.setItem(edges[layout].key, String(next));
}

const steps: Readonly<Record<Layout, Readonly<Record<string, number>>>> = {
  compact: { ArrowLeft: -16, ArrowRight: 16 },
  columns: { ArrowUp: -16, ArrowDown: 16 },
};

export function Splitter() {
  const t = useText();
  const { layout } = useStore(listView);
  const size = useStore(listSize)[layout];
  const { least, most, usual } = edges[layout];
  return (
    <hr
      className="splitter"
      tabIndex={0}
      aria-orientation={layout === 'columns' ? 'horizontal' : 'vertical'}
      aria-label={t('mail.resizeList')}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.buttons !== 1) return;
        const area = event.currentTarget.parentElement?.getBoundingClientRect();
        setSize(layout, layout === 'columns' ? event.clientY - (area?.top ?? 0) : event.clientX - (area?.left ?? 0));
      }}
      onDoubleClick={() => setSize(layout, usual)}
      onKeyDown={(event) => {
        const step = steps[layout][event.key];
        if (step !== undefined) setSize(layout, size + step);
      }}
    />
  );
}
