// What may lie over the window: the palette, the list of keys, a choice of folders, a question.
import { overlay, question } from '../../state/overlay.js';
import { useStore } from '../../state/store.js';
import { useText } from '../../text/text.js';
import { FolderDialog } from '../mail/folder-dialog.js';
import { FoldersDialog } from '../mail/folders-dialog.js';
import { Button } from '../part/button.js';
import { Dialog } from '../part/dialog.js';
import { KeysDialog } from './keys-dialog.js';
import { Palette } from './palette.js';

export function Overlays() {
  const open = useStore(overlay);
  return (
    <>
      {open?.kind === 'palette' ? <Palette /> : null}
      {open?.kind === 'keys' ? <KeysDialog /> : null}
      {open?.kind === 'folders' ? <FoldersDialog copy={open.copy === true} /> : null}
      {open?.kind === 'folder' ? <FolderDialog asked={open} /> : null}
      <QuestionDialog />
    </>
  );
}

function QuestionDialog() {
  const t = useText();
  const asked = useStore(question);
  if (asked === null) return null;
  const { title, text, verb, destructive, doubtful = false, named, answer } = asked;
  const cautious = destructive || doubtful;
  return (
    <Dialog
      alert
      title={title}
      width="440px"
      onClose={() => answer(false)}
      buttons={
        <>
          <span className="sp" />
          <Button onPress={() => answer(false)} autoFocus={cautious}>
            {t('common.cancel')}
          </Button>
          <Button
            tone={destructive ? 'bad' : 'primary'}
            onPress={() => answer(true)}
            autoFocus={!cautious}
            {...(destructive ? { icon: 'trash' } : {})}
          >
            {verb}
          </Button>
        </>
      }
    >
      <div className="dlg-text">
        <p className={doubtful ? 'doubt' : ''}>{text}</p>
        {named === undefined ? null : <p className="mono named">{named}</p>}
      </div>
    </Dialog>
  );
}
