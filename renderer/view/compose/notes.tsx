// What the writer should know: how this answer relates to its topic, and what stands in the way of sending.
import { go } from '../../state/place.js';
import type { Writing } from '../../state/writing.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { useExplain } from '../part/explain.js';
import { Icon } from '../part/icon.js';

function topicNote({ draft }: Writing): TextKey | null {
  if (draft.kind === 'resend') return 'compose.resendNote';
  if (draft.topic === 'continued') return 'compose.replyNote';
  return draft.topic === 'branched' ? 'compose.branchNote' : null;
}

export function Notes({ now }: { now: Writing }) {
  const t = useText();
  const explain = useExplain();
  const { content, draft, missing, failure } = now;
  const identity = draft.identities.find(({ account, address }) => account === content.account && address === content.from);
  const note = topicNote(now);
  return (
    <div className="write-notes">
      {note === null ? null : (
        <p className="small t3">
          <Icon name={draft.topic === 'branched' ? 'route' : 'info'} small />
          {t(note)}
        </p>
      )}
      {identity?.canSend === true ? null : (
        <div className="small v-suspect">
          <Icon name="suspicious" small />
          {t('compose.cannotSendText')}
          <Button small tone="ghost" onPress={() => go('account', [content.account])}>
            {t('compose.setUp')}
          </Button>
        </div>
      )}
      {missing === '' || !content.japanese ? null : (
        <p className="small v-suspect">
          <Icon name="suspicious" small />
          {t('compose.missing', { signs: missing })}
        </p>
      )}
      {failure === null ? null : (
        <p className="small v-infected" role="alert">
          <Icon name="problem" small />
          {explain(failure).what}
        </p>
      )}
    </div>
  );
}
