// The reading pane: tools for what is selected, and the message, its headers or its source.
import { useEffect, useState } from 'react';
import type { Box } from '../../state/box.js';
import { showMessage } from '../../state/box.js';
import { pages, rowOf } from '../../state/pages.js';
import { useQuery } from '../../state/query.js';
import { type ReaderTab, readerTab, readerTabs } from '../../state/reader.js';
import { clearSelection, selection } from '../../state/selection.js';
import { useStore } from '../../state/store.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button, IconButton } from '../part/button.js';
import { Segmented } from '../part/choice.js';
import { CommandButton } from '../part/command-button.js';
import { Empty } from '../part/state.js';
import { HeadersView } from '../trace/headers.js';
import { OpenMessage } from './message.js';
import { SourceView } from './source.js';
import { Thread } from './thread.js';

const tabWords: Readonly<Record<ReaderTab, TextKey>> = {
  message: 'reader.tabMessage',
  headers: 'reader.tabHeaders',
  source: 'reader.tabSource',
};

export function Reader({ box, open }: { box: Box; open: string | null }) {
  const t = useText();
  const { ids } = useStore(selection);
  // The tools' state follows the rows' flags and folders.
  useStore(pages);
  const id = useSettled(ids.size > 1 ? null : open);
  return (
    <section className="pane content reader" data-pane="reader" aria-label={t('reader.pane')} tabIndex={-1}>
      <div className="bar">
        <span className="back">
          <IconButton
            icon="left"
            label={t('common.close')}
            onPress={() => (readerTab.get() === 'message' ? showMessage(box, null) : readerTab.set('message'))}
          />
        </span>
        <Tools many={ids.size} />
        <span className="sp" />
        {id === null ? null : <Tabs />}
      </div>
      {ids.size > 1 ? (
        <Many count={ids.size} />
      ) : id === null ? (
        <Empty title={t('mail.nothingOpen')}>{t('mail.nothingOpenText')}</Empty>
      ) : (
        <One id={id} />
      )}
    </section>
  );
}

function Tools({ many }: { many: number }) {
  return (
    <>
      <CommandButton id="mail.archive" />
      <CommandButton id="mail.move" />
      <CommandButton id="mail.junk" />
      <CommandButton id="mail.trash" />
      <i className="vr" />
      <CommandButton id="mail.flag" />
      <CommandButton id="mail.read" />
      {many > 1 ? null : <CommandButton id="mail.print" />}
    </>
  );
}

function Tabs() {
  const t = useText();
  const tab = useStore(readerTab);
  return (
    <Segmented
      label={t('reader.tabs')}
      value={tab}
      options={readerTabs.map((value) => ({ value, label: t(tabWords[value]) }))}
      onChange={(value) => readerTab.set(value)}
    />
  );
}

function Many({ count }: { count: number }) {
  const t = useText();
  return (
    <Empty title={t('mail.manyOpen', { count })} action={<Button onPress={clearSelection}>{t('mail.clearSelection')}</Button>}>
      {t('mail.manyOpenText')}
    </Empty>
  );
}

function One({ id }: { id: string }) {
  const t = useText();
  const tab = useStore(readerTab);
  const { value } = useQuery('message.open', { id });
  const envelope = value?.envelope ?? rowOf(id) ?? undefined;
  return (
    <>
      <div className="subj">
        <h2 className="select">{envelope === undefined ? '' : envelope.subject || t('mail.noSubject')}</h2>
        {envelope !== undefined && envelope.threadCount > 1 && tab === 'message' ? (
          <span className="small t3 nw">{t('reader.threadCount', { count: envelope.threadCount })}</span>
        ) : null}
      </div>
      {tab === 'message' ? (
        <div className="rd" data-reader-scroll>
          {envelope === undefined ? <OpenMessage id={id} /> : <Thread open={id} thread={envelope.thread} key={id} />}
        </div>
      ) : tab === 'headers' ? (
        <HeadersView id={id} />
      ) : (
        <SourceView id={id} />
      )}
    </>
  );
}

/** Milliseconds that a message must stay chosen before it is read: holding an arrow key reads none. */
const settleTime = 90;

function useSettled(id: string | null): string | null {
  const [settled, setSettled] = useState(id);
  useEffect(() => {
    if (id === null) {
      setSettled(null);
      return;
    }
    const timer = setTimeout(() => setSettled(id), settleTime);
    return () => clearTimeout(timer);
  }, [id]);
  return id === null ? null : settled;
}
