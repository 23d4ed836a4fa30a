// A folder's icon and name: roles have words of ours, other folders their own.
import type { Folder, FolderRole } from '../../../shared/message.js';
import type { TextKey, Translate } from '../../text/text.js';
import type { IconName } from '../part/icon.js';

const looks: Readonly<Record<NonNullable<FolderRole>, readonly [IconName, TextKey]>> = {
  inbox: ['inbox', 'frame.inbox'],
  drafts: ['draft', 'frame.drafts'],
  sent: ['sent', 'frame.sent'],
  trash: ['trash', 'frame.trash'],
  junk: ['junk', 'frame.junk'],
  archive: ['archive', 'frame.archive'],
};

export function folderIcon(role: FolderRole): IconName {
  return role === null ? 'folder' : looks[role][0];
}

export function folderLabel(folder: Pick<Folder, 'role' | 'name'>, t: Translate): string {
  if (folder.role === null) return folder.name.split('/').at(-1) ?? folder.name;
  return t(looks[folder.role][1]);
}
