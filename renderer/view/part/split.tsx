// A list and what is selected in it, side by side; in a narrow window the detail is a page with a way back.
import type { ReactNode } from 'react';
import { useText } from '../../text/text.js';
import { Button } from './button.js';
import { useNarrow } from './narrow.js';

interface Props {
  readonly list: ReactNode;
  /** null: nothing is selected. */
  readonly detail: ReactNode | null;
  readonly label: string;
  /** Pixels of the detail. */
  readonly width: number;
  readonly onBack: () => void;
}

export function Split({ list, detail, label, width, onBack }: Props) {
  const t = useText();
  const narrow = useNarrow();
  if (narrow && detail !== null) {
    return (
      <section className="det alone" aria-label={label} data-pane="detail">
        <div className="back">
          <Button small tone="ghost" icon="left" onPress={onBack}>
            {t('common.back')}
          </Button>
        </div>
        {detail}
      </section>
    );
  }
  if (narrow || detail === null) return <div className="list-pane">{list}</div>;
  return (
    <div className="split" style={{ gridTemplateColumns: `minmax(0, 1fr) ${width}px` }}>
      <div className="list-pane">{list}</div>
      <section className="det" aria-label={label} data-pane="detail">
        {detail}
      </section>
    </div>
  );
}
