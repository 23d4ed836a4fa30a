// Commands for the folder that is shown: make one beside it, rename, delete, choose which are shown.
import type { Folder, Mailbox } from '../../shared/message.js';
import { currentBox } from '../state/box.js';
import { findFolder, firstInbox } from '../state/mailbox.js';
import { confirm, overlay } from '../state/overlay.js';
import { go, place } from '../state/place.js';
import { peek } from '../state/query.js';
import { act } from '../state/trouble.js';
import { say } from '../text/text.js';
import type { Commands } from './command.js';

/** The folder whose list is shown; null in a search or a smart box. */
function shown(): { readonly mailbox: Mailbox; readonly folder: Folder } | null {
  const box = currentBox();
  const mailboxes = peek('mailbox.list', {}) ?? [];
  if (place.get().screen !== 'mail') return null;
  return findFolder(mailboxes, box.kind === 'folder' ? box.folder : box.kind === 'first' ? (firstInbox(mailboxes)?.id ?? '') : '');
}
const own = () => {
  const found = shown();
  return found !== null && found.folder.role !== 'inbox';
};

function open(how: 'create' | 'rename' | 'subscriptions'): void {
  const found = shown();
  if (found !== null) overlay.set({ kind: 'folder', how, mailbox: found.mailbox.id, folder: found.folder.id });
}

async function remove(): Promise<void> {
  const found = shown();
  if (found === null) return;
  const { folder, mailbox } = found;
  const sure = await confirm({
    title: say('mail.folderRemoveTitle', { name: folder.name }),
    text: say('mail.folderRemoveText', { count: folder.total }),
    verb: say('common.delete'),
    destructive: true,
    named: `${mailbox.address}  ${folder.name}`,
  });
  if (!sure) return;
  const inbox = mailbox.folders.find(({ role }) => role === 'inbox');
  if (inbox !== undefined) go('mail', ['folder', inbox.id]);
  await act('folder.remove', { folder: folder.id });
}

export const folderCommands = {
  'folder.create': {
    title: 'command.folderCreate',
    group: 'view',
    icon: 'folder',
    when: () => shown() !== null,
    run: () => open('create'),
  },
  'folder.rename': { title: 'command.folderRename', group: 'view', when: own, run: () => open('rename') },
  'folder.remove': { title: 'command.folderRemove', group: 'view', icon: 'trash', when: own, run: () => void remove() },
  'folder.subscriptions': {
    title: 'command.folderSubscriptions',
    group: 'view',
    when: () => shown() !== null,
    run: () => open('subscriptions'),
  },
} as const satisfies Commands;
