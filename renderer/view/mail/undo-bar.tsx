// What was done last, and the way back. It stays until the next thing is done.
import { findFolder } from '../../state/mailbox.js';
import { useQuery } from '../../state/query.js';
import { useStore } from '../../state/store.js';
import { lastDone, undoLast } from '../../state/undo.js';
import { useText } from '../../text/text.js';
import { folderLabel } from '../frame/folder-look.js';
import { Button, IconButton } from '../part/button.js';

export function UndoBar() {
  const t = useText();
  const done = useStore(lastDone);
  const mailboxes = useQuery('mailbox.list', {}).value ?? [];
  if (done === null) return null;
  const found = done.folder === null ? null : findFolder(mailboxes, done.folder);
  return (
    <div className="undo" role="status">
      <span className="sp">{t(done.said, { count: done.count, folder: found === null ? '' : folderLabel(found.folder, t) })}</span>
      <Button small tone="ghost" icon="undo" onPress={() => void undoLast()}>
        {t('common.undo')}
      </Button>
      <IconButton small icon="close" label={t('common.dismiss')} onPress={() => lastDone.set(null)} />
    </div>
  );
}
