// Commands for the messages that are selected, and for moving among them.
import type { FolderRole } from '../../shared/message.js';
import { listView, setListView } from '../state/list-view.js';
import { findFolder } from '../state/mailbox.js';
import { moveToRole, removeMessages, toggleFlag, toggleRead } from '../state/message-actions.js';
import { confirm, overlay } from '../state/overlay.js';
import { rowOf } from '../state/pages.js';
import { place } from '../state/place.js';
import { printMessage } from '../state/print.js';
import { peek } from '../state/query.js';
import { readerTab } from '../state/reader.js';
import { chosen, cursorIndex, nextUnread, selectAll, selection, stepTo } from '../state/selection.js';
import { lastDone, undoLast } from '../state/undo.js';
import { say, type TextKey } from '../text/text.js';
import { fileStem, savePart } from '../view/reader/attachments.js';
import type { Commands } from './command.js';
import { focusPane } from './pane.js';

const inMail = () => place.get().screen === 'mail';
const some = () => inMail() && selection.get().ids.size > 0;
const one = () => inMail() && selection.get().ids.size === 1;

function roleOfChosen(): FolderRole {
  const [first] = chosen();
  const folder = first === undefined ? undefined : rowOf(first)?.folder;
  return findFolder(peek('mailbox.list', {}) ?? [], folder ?? '')?.folder.role ?? null;
}

async function toRole(role: FolderRole, said: TextKey): Promise<void> {
  const moved = await moveToRole(chosen(), role, said);
  if (!moved) overlay.set({ kind: 'folders' });
}

async function trash(): Promise<void> {
  if (roleOfChosen() === 'trash') await removeForGood();
  else if (!(await moveToRole(chosen(), 'trash', 'mail.trashed'))) await removeForGood();
}

async function removeForGood(): Promise<void> {
  const ids = chosen();
  const sure = await confirm({
    title: say('mail.removeTitle', { count: ids.length }),
    text: say('mail.removeText'),
    verb: say('common.delete'),
    destructive: true,
    named: ids
      .slice(0, 5)
      .map((id) => rowOf(id)?.subject || say('mail.noSubject'))
      .join('\n'),
  });
  if (sure) await removeMessages(ids);
}

function stepUnread(step: 1 | -1): void {
  const index = nextUnread(step);
  if (index !== null) void stepTo(index);
}

function focusReader(): void {
  const pane = document.querySelector<HTMLElement>('[data-pane=reader]');
  if (pane !== null) focusPane(pane);
}

function saveEml(): void {
  const [id] = chosen();
  const view = id === undefined ? null : peek('message.open', { id });
  if (view !== null && view !== undefined) savePart(view, 'source', `${fileStem(view)}.eml`);
}

const show = (tab: 'message' | 'headers' | 'source') => () => readerTab.set(readerTab.get() === tab ? 'message' : tab);

export const mailCommands = {
  'mail.archive': {
    title: 'command.archive',
    group: 'message',
    icon: 'archive',
    when: () => some() && roleOfChosen() !== 'archive',
    run: () => void toRole('archive', 'mail.archived'),
  },
  'mail.move': { title: 'command.move', group: 'message', icon: 'folder', when: some, run: () => overlay.set({ kind: 'folders' }) },
  'mail.copy': {
    title: 'command.copyTo',
    group: 'message',
    icon: 'folder',
    when: some,
    run: () => overlay.set({ kind: 'folders', copy: true }),
  },
  'mail.junk': {
    title: 'command.junk',
    group: 'message',
    icon: 'junk',
    when: () => some() && roleOfChosen() !== 'junk',
    run: () => void toRole('junk', 'mail.junked'),
  },
  'mail.notJunk': {
    title: 'command.notJunk',
    group: 'message',
    icon: 'inbox',
    when: () => some() && roleOfChosen() === 'junk',
    run: () => void toRole('inbox', 'mail.moved'),
  },
  'mail.trash': { title: 'command.trash', group: 'message', icon: 'trash', when: some, run: () => void trash() },
  'mail.remove': { title: 'command.remove', group: 'message', when: some, run: () => void removeForGood() },
  'mail.flag': { title: 'command.flag', group: 'message', icon: 'flag', when: some, run: () => void toggleFlag() },
  'mail.read': { title: 'command.toggleRead', group: 'message', icon: 'unread', when: some, run: () => void toggleRead() },
  'mail.undo': { title: 'command.undo', group: 'message', icon: 'undo', when: () => lastDone.get() !== null, run: () => void undoLast() },
  'mail.next': { title: 'command.next', group: 'view', when: inMail, run: () => void stepTo(cursorIndex() + 1) },
  'mail.previous': { title: 'command.previous', group: 'view', when: inMail, run: () => void stepTo(cursorIndex() - 1) },
  'mail.nextUnread': { title: 'command.nextUnread', group: 'view', when: inMail, run: () => stepUnread(1) },
  'mail.previousUnread': { title: 'command.previousUnread', group: 'view', when: inMail, run: () => stepUnread(-1) },
  'mail.selectAll': { title: 'command.selectAll', group: 'view', when: inMail, run: () => void selectAll() },
  'mail.open': { title: 'command.open', group: 'view', when: one, run: focusReader },
  'mail.print': { title: 'command.print', group: 'message', icon: 'print', when: one, run: () => void printMessage() },
  'mail.saveEml': { title: 'command.saveEml', group: 'message', icon: 'save', when: one, run: saveEml },
  'mail.threads': {
    title: 'command.toggleThreads',
    group: 'view',
    when: inMail,
    run: () => setListView({ threads: listView.get().threads === 'flat' ? 'references' : 'flat' }),
  },
  'mail.layout': {
    title: 'command.toggleColumns',
    group: 'view',
    when: inMail,
    run: () => setListView({ layout: listView.get().layout === 'compact' ? 'columns' : 'compact' }),
  },
  'mail.headers': { title: 'command.showHeaders', group: 'view', icon: 'trace', when: one, run: show('headers') },
  'mail.source': { title: 'command.showSource', group: 'view', icon: 'code', when: one, run: show('source') },
} as const satisfies Commands;
