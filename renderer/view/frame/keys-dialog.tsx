// All keys, by what they do.
import { keysFor } from '../../command/keys.js';
import { commandIds, commands } from '../../command/table.js';
import { overlay } from '../../state/overlay.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Dialog } from '../part/dialog.js';

export function KeysDialog() {
  const t = useText();
  const close = () => overlay.set(null);
  return (
    <Dialog
      title={t('frame.keysTitle')}
      width="640px"
      onClose={close}
      buttons={
        <>
          <span className="sp" />
          <Button tone="primary" onPress={close} autoFocus>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <dl className="keys">
        {commandIds
          .filter((id) => keysFor(id).length > 0)
          .map((id) => (
            <div key={id}>
              <dt>{t(commands[id].title)}</dt>
              <dd>
                {keysFor(id).map((keys) => (
                  <kbd key={keys} className="kbd">
                    {keys}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
      </dl>
    </Dialog>
  );
}
