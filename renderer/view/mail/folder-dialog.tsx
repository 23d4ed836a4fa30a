// A folder's name, new or changed; or which folders of a mailbox the tree shows (the file `subscriptions`, as IMAP clients see it).
import { type FormEvent, useState } from 'react';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { Folder, Mailbox } from '../../../shared/message.js';
import { call } from '../../state/link.js';
import { findFolder, sortFolders } from '../../state/mailbox.js';
import { type FolderOverlay, overlay } from '../../state/overlay.js';
import { go } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { useText } from '../../text/text.js';
import { folderLabel } from '../frame/folder-look.js';
import { Button } from '../part/button.js';
import { Checkbox } from '../part/checkbox.js';
import { Dialog } from '../part/dialog.js';
import { useExplain } from '../part/explain.js';
import { Field } from '../part/field.js';

const close = () => overlay.set(null);

export function FolderDialog({ asked }: { asked: FolderOverlay }) {
  const mailboxes = useQuery('mailbox.list', {}).value ?? [];
  const found = findFolder(mailboxes, asked.folder);
  if (found === null) return null;
  return asked.how === 'subscriptions' ? <Subscriptions mailbox={found.mailbox} /> : <Naming how={asked.how} {...found} />;
}

function Naming({ how, mailbox, folder }: { how: 'create' | 'rename'; mailbox: Mailbox; folder: Folder }) {
  const t = useText();
  const explain = useExplain();
  const [name, setName] = useState(how === 'rename' ? folder.name : '');
  const [failure, setFailure] = useState<Failure | null>(null);
  const wanted = name.trim();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const after = await (how === 'create'
        ? call('folder.create', { mailbox: mailbox.id, name: wanted })
        : call('folder.rename', { folder: folder.id, name: wanted }));
      const there = after.find(({ id }) => id === mailbox.id)?.folders.find((one) => one.name === wanted);
      close();
      if (there !== undefined) go('mail', ['folder', there.id]);
    } catch (error) {
      setFailure(toFailure(error));
    }
  };
  return (
    <Dialog
      title={t(how === 'create' ? 'mail.folderNew' : 'mail.folderRename')}
      consequence={mailbox.address}
      width="420px"
      onClose={close}
    >
      <form className="dlg-text" onSubmit={(event) => void save(event)}>
        <Field
          label={t('mail.folderName')}
          hint={t('mail.folderNameHint')}
          value={name}
          onChange={setName}
          error={failure === null ? null : explain(failure).what}
          autoFocus
        />
        <p className="row dlg-acts">
          <span className="sp" />
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary" isDisabled={wanted === ''}>
            {t(how === 'create' ? 'mail.folderCreateVerb' : 'mail.folderRenameVerb')}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}

function Subscriptions({ mailbox }: { mailbox: Mailbox }) {
  const t = useText();
  const folders = sortFolders(mailbox.folders).filter(({ role }) => role !== 'inbox');
  const set = (folder: Folder, subscribed: boolean) => void act('folder.subscribe', { folder: folder.id, subscribed });
  return (
    <Dialog
      title={t('mail.folderSubscriptions')}
      consequence={mailbox.address}
      width="420px"
      onClose={close}
      buttons={
        <>
          <span className="sp" />
          <Button tone="primary" onPress={close}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <div className="dlg-text subs">
        <p className="t3">{t(folders.length === 0 ? 'mail.folderNone' : 'mail.folderSubscriptionsText')}</p>
        {folders.map((folder) => (
          <Checkbox key={folder.id} on={folder.subscribed} onChange={(on) => set(folder, on)}>
            {folder.role === null ? folder.name : folderLabel(folder, t)}
          </Checkbox>
        ))}
      </div>
    </Dialog>
  );
}
