// One message, open: head, warnings, body as text or HTML, attachments. Opening it marks it read.
import { useEffect, useState } from 'react';
import type { MessageView } from '../../../shared/message.js';
import { setFlag } from '../../state/message-actions.js';
import { useQuery } from '../../state/query.js';
import { useSettings } from '../../state/settings.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { ErrorNote, Skeleton } from '../part/state.js';
import { Attachments } from './attachments.js';
import { BodyHtml } from './body-html.js';
import { BodyText } from './body-text.js';
import { CharsetMenu } from './charset.js';
import { MessageDeeds } from './deeds.js';
import { Head } from './head.js';
import { Inside } from './inside.js';
import { Warnings } from './warnings.js';

/** Milliseconds a message is open before it counts as read. */
const readAfter = 500;

export function useMarkRead(view: MessageView | null): void {
  const id = view?.envelope.id;
  const unread = view?.envelope.flags.seen === false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a message: marking it unread again must stay
  useEffect(() => {
    if (id === undefined || !unread) return;
    const timer = setTimeout(() => void setFlag([id], 'seen', true), readAfter);
    return () => clearTimeout(timer);
  }, [id]);
}

export function OpenMessage({ id }: { id: string }) {
  const t = useText();
  const [charset, setCharset] = useState<string | null>(null);
  const { value, failure } = useQuery('message.open', charset === null ? { id } : { id, charset });
  useMarkRead(value);
  if (value === null) {
    return failure === null ? <Skeleton rows={4} /> : <ErrorNote failure={failure} title={t('reader.failedTitle')} />;
  }
  return <Shown view={value} charset={charset} onCharset={setCharset} key={id} />;
}

interface ShownProps {
  readonly view: MessageView;
  readonly charset: string | null;
  readonly onCharset: (charset: string | null) => void;
}

function Shown({ view, charset, onCharset }: ShownProps) {
  const t = useText();
  const preferred = useSettings()?.reading.prefer ?? 'text';
  const only = view.textFrom === 'html' && view.text.trim() === '';
  const [chosen, choose] = useState<'text' | 'html' | null>(null);
  const shown = view.hasHtml ? (chosen ?? (only ? 'html' : preferred)) : 'text';
  return (
    <article className={`msg ${shown}`}>
      <Head view={view} />
      <div className="notes">
        <Warnings view={view} />
      </div>
      {shown === 'html' ? (
        <BodyHtml view={view} charset={charset} />
      ) : (
        <BodyText text={view.text} language={view.language} raw={view.textFrom === 'raw'} />
      )}
      <Attachments view={view} />
      <Inside view={view} open={(id) => <OpenMessage id={id} />} />
      <div className="mf">
        <MessageDeeds view={view} />
        <span className="sp" />
        {view.hasHtml ? (
          <Button small tone="ghost" icon={shown === 'html' ? 'text' : 'code'} onPress={() => choose(shown === 'html' ? 'text' : 'html')}>
            {t(shown === 'html' ? 'reader.asText' : 'reader.asHtml')}
          </Button>
        ) : null}
        <CharsetMenu view={view} chosen={charset} onChoose={onCharset} />
      </div>
    </article>
  );
}
