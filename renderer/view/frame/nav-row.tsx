// One row of the sidebar: a link to a place, with its count. A folder's row also takes dropped messages.
import { type ReactNode, useState } from 'react';
import { formatPlace, go, type Place } from '../../state/place.js';
import { formatCount } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Icon, type IconName } from '../part/icon.js';

interface Props {
  readonly to: Place;
  readonly icon: IconName;
  readonly label: string;
  readonly depth?: number;
  /** Strong, and the label with it. */
  readonly unread?: number;
  /** Plain; shown when nothing is unread. */
  readonly total?: number;
  readonly tag?: string;
  readonly warn?: boolean;
  readonly current: boolean;
  readonly onDrop?: (ids: readonly string[], copy: boolean) => void;
  readonly children?: ReactNode;
}

/** Drag type of message ids, one a line. */
export const messagesType = 'application/x-todoku-messages';

export function NavRow(props: Props) {
  const { to, icon, label, depth = 0, unread = 0, total = 0, tag, warn = false, current, onDrop, children } = props;
  const t = useText();
  const language = useLanguage();
  const [over, setOver] = useState(false);
  const count = unread > 0 ? unread : total;
  return (
    <li>
      <a
        href={formatPlace(to)}
        className={`n ${unread > 0 ? 'un' : ''} ${warn ? 'warn' : ''} ${over ? 'over' : ''}`}
        style={{ '--d': depth } as React.CSSProperties}
        aria-current={current ? 'page' : undefined}
        {...(current ? { 'data-pane-focus': true } : {})}
        draggable={false}
        onClick={(event) => {
          event.preventDefault();
          go(to.screen, to.path);
        }}
        {...(onDrop === undefined ? {} : dropTarget(onDrop, setOver))}
      >
        <Icon name={icon} />
        <span className="el">{label}</span>
        {tag === undefined ? null : <span className="tag">{tag}</span>}
        {count > 0 ? (
          <span className="c">
            <span aria-hidden="true">{formatCount(count, language)}</span>
            <span className="vh">{t(unread > 0 ? 'frame.unreadCount' : 'frame.totalCount', { count })}</span>
          </span>
        ) : null}
      </a>
      {children}
    </li>
  );
}

function dropTarget(onDrop: (ids: readonly string[], copy: boolean) => void, setOver: (over: boolean) => void) {
  return {
    onDragOver: (event: React.DragEvent) => {
      if (!event.dataTransfer.types.includes(messagesType)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = event.ctrlKey ? ('copy' as const) : ('move' as const);
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: React.DragEvent) => {
      event.preventDefault();
      setOver(false);
      onDrop(event.dataTransfer.getData(messagesType).split('\n'), event.ctrlKey);
    },
  };
}
