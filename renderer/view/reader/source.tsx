// The message as it lies on disk.
import { useEffect, useState } from 'react';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { MessageView } from '../../../shared/message.js';
import { fetchText, sourceLimit } from '../../state/parts.js';
import { useQuery } from '../../state/query.js';
import { formatOctets } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { CopyButton } from '../part/copy.js';
import { ErrorNote, Skeleton } from '../part/state.js';
import { fileStem, savePart } from './attachments.js';

export function SourceView({ id }: { id: string }) {
  const t = useText();
  const { value, failure } = useQuery('message.open', { id });
  if (value !== null) return <Source view={value} key={value.partsUrl} />;
  return failure === null ? <Skeleton /> : <ErrorNote failure={failure} title={t('reader.failedTitle')} />;
}

function Source({ view }: { view: MessageView }) {
  const t = useText();
  const language = useLanguage();
  const [text, setText] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    fetchText(`${view.partsUrl}/source`).then(setText, (error: unknown) => setFailure(toFailure(error)));
  }, [view.partsUrl]);
  const name = `${fileStem(view)}.eml`;
  if (failure !== null) return <ErrorNote failure={failure} title={t('reader.sourceFailed')} />;
  if (text === null) return <Skeleton />;
  return (
    <>
      <div className="bar source-bar">
        <span className="small t3 sp">
          {t('reader.sourceTitle')}, {formatOctets(view.envelope.octets, language)}
          {text.length > sourceLimit ? `. ${t('reader.sourceCut', { size: formatOctets(sourceLimit, language) })}` : ''}
        </span>
        <CopyButton labelled text={text} />
        <Button small icon="save" onPress={() => savePart(view, 'source', name)}>
          {t('reader.saveEml')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <pre className="source mono" tabIndex={0} data-reader-scroll>
        {text.slice(0, sourceLimit)}
      </pre>
    </>
  );
}
