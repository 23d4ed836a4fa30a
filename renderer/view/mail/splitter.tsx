// The edge between list and reading pane: drag it, or move it with the arrow keys.
import { createStore, useStore } from '../../state/store.js';
import { useText } from '../../text/text.js';

const [least, most, usual] = [240, 640, 360];
const key = 'list width';
const clamp = (width: number) => Math.max(least, Math.min(most, Math.round(width)));

export const listWidth = createStore(clamp(Number(localStorage.getItem(key) ?? usual)));

function setWidth(width: number): void {
  listWidth.set(clamp(width));
  localStorage.setItem(key, String(listWidth.get()));
}

export function Splitter() {
  const t = useText();
  const width = useStore(listWidth);
  return (
    <hr
      className="splitter"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('mail.resizeList')}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.buttons !== 1) return;
        const left = event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0;
        setWidth(event.clientX - left);
      }}
      onDoubleClick={() => setWidth(usual)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
        if (step !== undefined) setWidth(width + step);
      }}
    />
  );
}
