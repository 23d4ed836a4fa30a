// What can be written from a message: answers in its topic, an answer in a topic of its own, forwarded. The button under the
// thread answers the newest message, whichever is open.
import type { ReactElement } from 'react';
import type { ComposeKind } from '../../../shared/compose.js';
import type { MessageView } from '../../../shared/message.js';
import { startWriting } from '../../state/writing.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button, IconButton } from '../part/button.js';
import type { IconName } from '../part/icon.js';
import { Menu } from '../part/menu.js';
import { Tip } from '../part/tip.js';

interface Deed {
  readonly kind: ComposeKind;
  readonly icon: IconName;
  readonly label: TextKey;
  readonly tip: TextKey;
}
const reply: Deed = { kind: 'reply', icon: 'reply', label: 'compose.reply', tip: 'compose.replyTip' };
const replyAll: Deed = { kind: 'reply-all', icon: 'reply-all', label: 'compose.replyAll', tip: 'compose.replyAllTip' };
const branch: Deed = { kind: 'branch', icon: 'route', label: 'compose.branch', tip: 'compose.branchTip' };
const forward: Deed = { kind: 'forward', icon: 'forward', label: 'compose.forward', tip: 'compose.forwardTip' };
const topic: Deed = { kind: 'topic', icon: 'reply-all', label: 'compose.topic', tip: 'compose.topicTip' };

function DeedButton({ deed, message }: { deed: Deed; message: string }): ReactElement {
  const t = useText();
  return (
    <Tip text={t(deed.tip)}>
      <Button small tone="ghost" icon={deed.icon} onPress={() => void startWriting(deed.kind, message)}>
        {t(deed.label)}
      </Button>
    </Tip>
  );
}

export function MessageDeeds({ view }: { view: MessageView }) {
  const t = useText();
  const { id, flags, to } = view.envelope;
  // A message inside another is not in a mailbox.
  if (id.includes('!')) return null;
  if (flags.draft) {
    return (
      <Button small icon="draft" onPress={() => void startWriting('draft', id)}>
        {t('compose.continue')}
      </Button>
    );
  }
  const rest: readonly (readonly [ComposeKind, TextKey])[] = [
    ['forward-attached', 'command.writeForwardAttached'],
    ['edit-as-new', 'command.writeEditAsNew'],
    ['resend', 'command.writeResend'],
  ];
  return (
    <>
      <DeedButton deed={reply} message={id} />
      {to.length + view.cc.length > 1 ? <DeedButton deed={replyAll} message={id} /> : null}
      <DeedButton deed={branch} message={id} />
      <DeedButton deed={forward} message={id} />
      <Menu
        label={t('common.more')}
        groups={[{ title: '', rows: rest.map(([kind, label]) => ({ id: kind, label: t(label), run: () => void startWriting(kind, id) })) }]}
      >
        <IconButton small icon="more" label={t('common.more')} />
      </Menu>
    </>
  );
}

export function TopicDeed({ message }: { message: string }) {
  return (
    <div className="topic">
      <DeedButton deed={topic} message={message} />
    </div>
  );
}
