// Entering an account's password: for this session, or in place of the stored one.
import { type FormEvent, useState } from 'react';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { AccountState } from '../../../shared/station.js';
import { call } from '../../state/link.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Dialog } from '../part/dialog.js';
import { Field } from '../part/field.js';
import { ErrorNote } from '../part/state.js';

export function UnlockDialog({ state: { account }, onClose }: { state: AccountState; onClose: () => void }) {
  const t = useText();
  const [secret, setSecret] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (secret === '') return;
    try {
      await call('account.unlock', { id: account.id, secret });
      onClose();
    } catch (error) {
      setFailure(toFailure(error));
    }
  };
  const stored = account.secret.kind === 'keyring' || account.secret.kind === 'file';
  return (
    <Dialog
      width="420px"
      title={t('account.unlockTitle', { name: account.name })}
      consequence={t('account.unlockText', { user: account.user, host: account.host })}
      onClose={onClose}
    >
      <form onSubmit={(event) => void submit(event)}>
        <div className="dlg-text">
          <Field
            autoFocus
            type="password"
            autoComplete="off"
            label={t('account.password')}
            hint={t(stored ? 'account.unlockStored' : 'account.unlockSession')}
            value={secret}
            onChange={setSecret}
          />
          {failure === null ? null : <ErrorNote failure={failure} />}
        </div>
        <footer>
          <span className="sp" />
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary" isDisabled={secret === ''}>
            {t('account.unlock')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
