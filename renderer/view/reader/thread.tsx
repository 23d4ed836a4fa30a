// A thread around the open message: older and newer ones as folded lines, opened in place.
import { useState } from 'react';
import type { Envelope } from '../../../shared/message.js';
import { useQuery } from '../../state/query.js';
import { formatShort } from '../../text/date.js';
import { useLanguage, useText } from '../../text/text.js';
import { rowName } from '../mail/row-label.js';
import { Icon } from '../part/icon.js';
import { TopicDeed } from './deeds.js';
import { OpenMessage } from './message.js';

export function Thread({ open, thread }: { open: string; thread: string }) {
  const messages = useQuery('message.thread', { thread }).value ?? [];
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setUnfolded((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const all = messages.some(({ id }) => id === open) ? messages : [];
  if (all.length < 2) return <OpenMessage id={open} />;
  return (
    <>
      {all.map((message) =>
        message.id === open ? (
          <OpenMessage key={message.id} id={message.id} />
        ) : (
          <Folded key={message.id} message={message} open={unfolded.has(message.id)} onToggle={() => toggle(message.id)} />
        ),
      )}
      <TopicDeed message={open} />
    </>
  );
}

function Folded({ message, open, onToggle }: { message: Envelope; open: boolean; onToggle: () => void }) {
  const t = useText();
  const language = useLanguage();
  return (
    <>
      <button type="button" className="fold" aria-expanded={open} title={t(open ? 'reader.fold' : 'reader.unfold')} onClick={onToggle}>
        <Icon name={open ? 'down' : 'right'} small />
        <b className={message.flags.seen ? '' : 'b'}>{rowName(message, t)}</b>
        <span className="el sp">{message.preview}</span>
        <span className="nw">{formatShort(new Date(message.received), language, new Date())}</span>
      </button>
      {open ? <OpenMessage id={message.id} /> : null}
    </>
  );
}
