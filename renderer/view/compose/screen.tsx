// Writing a message: whom it is for, what it says, what goes with it. It is saved while it is written.
import { useEffect, useState } from 'react';
import type { Failure } from '../../../shared/error.js';
import { uploads } from '../../state/attach.js';
import { go } from '../../state/place.js';
import { useStore } from '../../state/store.js';
import { editWriting, keepWriting, openWriting, type Writing, writing } from '../../state/writing.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Checkbox } from '../part/checkbox.js';
import { CommandButton } from '../part/command-button.js';
import { Page } from '../part/page.js';
import { Empty, ErrorNote, Skeleton } from '../part/state.js';
import { ShortTime } from '../part/time.js';
import type { ScreenProps } from '../screens.js';
import { beginHere, waitHere } from './begin-here.js';
import { Fields } from './fields.js';
import { Files, useDroppedFiles } from './files.js';
import { Notes } from './notes.js';
import './compose.css';

const topics: Readonly<Record<Writing['draft']['topic'], TextKey>> = {
  new: 'compose.titleNew',
  continued: 'compose.titleReply',
  branched: 'compose.titleBranch',
};

export function ComposeScreen({ path: [id] }: ScreenProps) {
  const t = useText();
  const now = useStore(writing);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    if (id !== undefined) void openWriting(id).then(setFailure);
  }, [id]);
  useEffect(() => () => void keepWriting(), []);
  if (id !== undefined && now?.draft.id === id) return <Sheet now={now} key={id} />;
  return (
    <Page title={t('compose.titleNew')}>
      {failure === null || id === undefined ? id === undefined ? <Gone /> : <Skeleton /> : <Missing failure={failure} />}
    </Page>
  );
}

function Missing({ failure }: { failure: Failure }) {
  return failure.code === 'not-found' ? <Gone /> : <ErrorNote failure={failure} />;
}

function Gone() {
  const t = useText();
  return (
    <Empty title={t('compose.goneTitle')} action={<CommandButton id="write.new" labelled tone="primary" />}>
      {t('compose.goneText')}
    </Empty>
  );
}

function Sheet({ now }: { now: Writing }) {
  const t = useText();
  const { content, draft } = now;
  const drop = useDroppedFiles();
  const resend = draft.kind === 'resend';
  const title = t(resend ? 'compose.titleResend' : topics[draft.topic]);
  return (
    <Page title={title} note={<Saved now={now} />} tools={<Tools now={now} />}>
      <div className={`write ${drop.over ? 'over' : ''}`} {...drop.handlers}>
        <Fields now={now} />
        <Notes now={now} />
        <textarea
          className="write-text"
          aria-label={t('compose.text')}
          value={content.text}
          readOnly={resend}
          spellCheck
          ref={content.to !== '' && draft.topic !== 'branched' ? beginHere : waitHere}
          onChange={(event) => editWriting({ text: event.target.value })}
          onPaste={drop.onPaste}
        />
        {resend ? null : <Files now={now} />}
        {resend ? null : (
          <div className="write-foot">
            <Checkbox on={content.japanese} onChange={(japanese) => editWriting({ japanese })}>
              {t('compose.japanese')}
            </Checkbox>
          </div>
        )}
      </div>
    </Page>
  );
}

function Saved({ now }: { now: Writing }) {
  const t = useText();
  if (now.draft.kind === 'resend') return null;
  if (now.failure !== null) return <span className="v-infected">{t('compose.notSaved')}</span>;
  if (now.saving || now.kept !== now.changes) return <span>{t('compose.saving')}</span>;
  if (now.saved === null) return null;
  return (
    <span data-saved>
      {t('compose.saved')} <ShortTime iso={now.saved} />
    </span>
  );
}

function Tools({ now }: { now: Writing }) {
  const t = useText();
  const busy = useStore(uploads).length > 0;
  return (
    <>
      <CommandButton id="write.drop" title="compose.drop" />
      <Button tone="ghost" onPress={() => void keepWriting().then(() => go('mail'))}>
        {t(now.draft.kind === 'resend' ? 'common.close' : 'compose.later')}
      </Button>
      {busy ? <span className="small t3">{t('compose.attaching')}</span> : null}
      <CommandButton id="write.send" labelled tone="primary" title="compose.send" />
    </>
  );
}
