// Moving by keyboard: type part of a folder's name, choose, done.
import { useState } from 'react';
import type { Folder, Mailbox } from '../../../shared/message.js';
import { matchScore } from '../../command/match.js';
import { sortFolders } from '../../state/mailbox.js';
import { copyMessages, moveMessages } from '../../state/message-actions.js';
import { overlay } from '../../state/overlay.js';
import { useQuery } from '../../state/query.js';
import { chosen } from '../../state/selection.js';
import { type Translate, useText } from '../../text/text.js';
import { folderIcon, folderLabel } from '../frame/folder-look.js';
import { Finder } from '../part/finder.js';

interface Goal {
  readonly mailbox: Mailbox;
  readonly folder: Folder;
}

const fullName = ({ folder }: Goal, t: Translate) => (folder.role === null ? folder.name : folderLabel(folder, t));

export function FoldersDialog({ copy }: { copy: boolean }) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const mailboxes = useQuery('mailbox.list', {}).value ?? [];
  const goals = mailboxes.flatMap((mailbox) => sortFolders(mailbox.folders).map((folder): Goal => ({ mailbox, folder })));
  const ids = chosen();
  const choices = goals
    .map((goal) => ({ goal, score: matchScore(`${fullName(goal, t)} ${goal.mailbox.address}`, typed) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ goal }) => ({
      id: goal.folder.id,
      icon: folderIcon(goal.folder.role),
      label: fullName(goal, t),
      aside: goal.mailbox.address,
      run: () => void (copy ? copyMessages : moveMessages)(ids, goal.folder),
    }));
  return (
    <Finder
      title={t(copy ? 'mail.copyTitle' : 'mail.moveTitle', { count: ids.length })}
      placeholder={t('mail.moveFind')}
      nothing={t('mail.moveNothing')}
      typed={typed}
      onType={setTyped}
      choices={choices}
      onClose={() => overlay.set(null)}
    />
  );
}
