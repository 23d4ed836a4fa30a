// Commands to write: a new message, an answer to the topic or to one message, forwarded, sent.
import type { ComposeKind } from '../../shared/compose.js';
import { rowOf } from '../state/pages.js';
import { place } from '../state/place.js';
import { peek } from '../state/query.js';
import { chosen, selection } from '../state/selection.js';
import { keepWriting, startWriting, writing } from '../state/writing.js';
import { dropAsked, sendAsked } from '../view/compose/send.js';
import type { Command, Commands } from './command.js';

const one = () => place.get().screen === 'mail' && selection.get().ids.size === 1;
const isDraft = () => {
  const [id = ''] = chosen();
  return (rowOf(id) ?? peek('message.open', { id })?.envelope)?.flags.draft === true;
};
const open = () => place.get().screen === 'compose' && writing.get() !== null;
const answering = (kind: ComposeKind) => ({
  group: 'message' as const,
  when: () => one() && !isDraft(),
  run: () => void startWriting(kind, chosen()[0] ?? null),
});

export const writeCommands = {
  'write.new': { title: 'command.writeNew', group: 'go', icon: 'compose', run: () => void startWriting('new') },
  'write.topic': { title: 'command.writeTopic', icon: 'reply-all', ...answering('topic') },
  'write.reply': { title: 'command.writeReply', icon: 'reply', ...answering('reply') },
  'write.replyAll': { title: 'command.writeReplyAll', icon: 'reply-all', ...answering('reply-all') },
  'write.branch': { title: 'command.writeBranch', icon: 'route', ...answering('branch') },
  'write.forward': { title: 'command.writeForward', icon: 'forward', ...answering('forward') },
  'write.forwardAttached': { title: 'command.writeForwardAttached', ...answering('forward-attached') },
  'write.editAsNew': { title: 'command.writeEditAsNew', ...answering('edit-as-new') },
  'write.resend': { title: 'command.writeResend', ...answering('resend') },
  'write.continue': {
    title: 'command.writeContinue',
    group: 'message',
    icon: 'draft',
    when: () => one() && isDraft(),
    run: () => void startWriting('draft', chosen()[0] ?? null),
  },
  'write.send': { title: 'command.writeSend', group: 'message', icon: 'sent', when: open, run: () => void sendAsked() },
  'write.save': { title: 'command.writeSave', group: 'message', icon: 'save', when: open, run: () => void keepWriting() },
  'write.drop': { title: 'command.writeDrop', group: 'message', icon: 'trash', when: open, run: () => void dropAsked() },
} as const satisfies Commands & Record<string, Command>;
