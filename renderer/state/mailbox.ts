// Mailboxes as the sidebar shows them: domains, users, folders with their roles first.
import type { Folder, FolderRole, Mailbox } from '../../shared/message.js';

export const roleOrder: readonly FolderRole[] = ['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash', null];

export interface DomainGroup {
  readonly domain: string;
  readonly mailboxes: readonly Mailbox[];
}

export function sortFolders(folders: readonly Folder[]): readonly Folder[] {
  const rank = (folder: Folder) => roleOrder.indexOf(folder.role);
  return [...folders].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

export function groupByDomain(mailboxes: readonly Mailbox[]): readonly DomainGroup[] {
  const groups = new Map<string, Mailbox[]>();
  for (const mailbox of mailboxes) {
    if (mailbox.kind !== 'local') continue;
    groups.set(mailbox.domain, [...(groups.get(mailbox.domain) ?? []), mailbox]);
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([domain, list]) => ({ domain, mailboxes: [...list].sort((a, b) => a.user.localeCompare(b.user)) }));
}

export function findFolder(mailboxes: readonly Mailbox[], id: string): { mailbox: Mailbox; folder: Folder } | null {
  for (const mailbox of mailboxes) {
    const folder = mailbox.folders.find((one) => one.id === id);
    if (folder !== undefined) return { mailbox, folder };
  }
  return null;
}

/** The folder with a role in the same mailbox as another folder. */
export function sibling(mailboxes: readonly Mailbox[], folderId: string, role: FolderRole): Folder | null {
  return findFolder(mailboxes, folderId)?.mailbox.folders.find((folder) => folder.role === role) ?? null;
}

export function inboxes(mailboxes: readonly Mailbox[]): readonly Folder[] {
  const ordered = [...groupByDomain(mailboxes).flatMap((group) => group.mailboxes), ...mailboxes.filter((one) => one.kind === 'imap')];
  return ordered.flatMap((mailbox) => mailbox.folders.filter((folder) => folder.role === 'inbox'));
}

/** Where mail is first shown: the first inbox with something unread, else the first with anything, else the first. */
export function firstInbox(mailboxes: readonly Mailbox[]): Folder | null {
  const all = inboxes(mailboxes);
  return all.find((folder) => folder.unread > 0) ?? all.find((folder) => folder.total > 0) ?? all[0] ?? null;
}

export function unreadOf(mailbox: Mailbox): number {
  return mailbox.folders.reduce((sum, folder) => sum + (folder.role === 'junk' || folder.role === 'trash' ? 0 : folder.unread), 0);
}
