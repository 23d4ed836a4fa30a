// Removing an account, with a choice for the mail it brought.
import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { AccountState } from '../../../shared/station.js';
import { go, place } from '../../state/place.js';
import { act } from '../../state/trouble.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Dialog } from '../part/dialog.js';

type MailChoice = 'keep' | 'delete';

export function RemoveDialog({ state: { account }, onClose }: { state: AccountState; onClose: () => void }) {
  const t = useText();
  const [mail, setMail] = useState<MailChoice>('keep');
  const remove = async () => {
    onClose();
    await act('account.remove', { id: account.id, mail });
    if (place.get().path[0] === account.id) go('station', [], true);
  };
  return (
    <Dialog
      alert
      width="480px"
      title={t('account.removeTitle', { name: account.name })}
      consequence={t('account.removeText')}
      onClose={onClose}
      buttons={
        <>
          <span className="sp" />
          <Button autoFocus onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button tone="bad" icon="trash" onPress={() => void remove()}>
            {t(mail === 'delete' ? 'account.removeWithMail' : 'account.remove')}
          </Button>
        </>
      }
    >
      <div className="dlg-text">
        {!account.source ? (
          <p>{t('account.removeOnServer')}</p>
        ) : account.drop.kind === 'singledrop' ? (
          <MailChoices mailbox={account.drop.to.join(', ')} value={mail} onChange={setMail} />
        ) : (
          <p>{t('account.removeShared')}</p>
        )}
      </div>
    </Dialog>
  );
}

function MailChoices({ mailbox, value, onChange }: { mailbox: string; value: MailChoice; onChange: (value: MailChoice) => void }) {
  const t = useText();
  return (
    <RadioGroup className="radios" value={value} onChange={(next) => onChange(next as MailChoice)}>
      <Label className="fl-l">{t('account.removeMail')}</Label>
      <Radio value="keep" className="radio">
        <span className="ro" />
        {t('account.removeKeep')}
      </Radio>
      <Radio value="delete" className="radio">
        <span className="ro" />
        <span>
          {t('account.removeDelete', { mailbox })}
          <span className="hint block">{t('account.removeDeleteHint')}</span>
        </span>
      </Radio>
    </RadioGroup>
  );
}
