// The account dialog over the station: a new account, one that is edited, or a copy.
import { useState } from 'react';
import type { AccountState } from '../../../shared/station.js';
import { go } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Dialog } from '../part/dialog.js';
import type { ScreenProps } from '../screens.js';
import { StationScreen } from '../station/screen.js';
import { WelcomeScreen } from '../welcome/screen.js';
import { blankDraft, type SecretKind } from './draft.js';
import { copyOf, draftOf } from './draft-account.js';
import { AccountForm } from './form.js';

export function AccountScreen({ path }: ScreenProps) {
  const accounts = useQuery('account.list', {}).value;
  const [what = 'new'] = path;
  const behind = accounts?.length === 0 ? <WelcomeScreen /> : <StationScreen path={what === 'copy' ? path.slice(1) : path} />;
  return (
    <>
      {behind}
      {accounts === null ? null : <Form key={path.join('/')} path={path} accounts={accounts} />}
    </>
  );
}

function Form({ path: [what = 'new', of], accounts }: { path: readonly string[]; accounts: readonly AccountState[] }) {
  const t = useText();
  const [tail] = useState(randomTail);
  const id = what === 'copy' ? of : what;
  const account = accounts.find((state) => state.account.id === id)?.account;
  const close = () => (accounts.length === 0 ? go('welcome', [], true) : go('station', account === undefined ? [] : [account.id], true));
  const common = { accounts, onClose: close, onSaved: (saved: string) => go('station', [saved], true) };
  if (what === 'new') return <AccountForm {...common} title={t('account.newTitle')} initial={blankDraft(`new-${tail}`, firstKind())} />;
  if (account === undefined) return <Gone onClose={close} />;
  if (what !== 'copy') return <AccountForm {...common} title={t('account.editTitle', { name: account.name })} initial={draftOf(account)} />;
  const copy = copyOf(account, `${account.id.slice(0, 50)}-${tail}`, t('account.copyName', { name: account.name }));
  return <AccountForm {...common} title={t('account.copyTitle', { name: account.name })} initial={copy} />;
}

/** The desktop seals with its keyring; a station in a browser has only a file. */
function firstKind(): SecretKind {
  return window.station === undefined ? 'file' : 'keyring';
}

function randomTail(): string {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value.toString(36).padStart(4, '0').slice(-4);
}

function Gone({ onClose }: { onClose: () => void }) {
  const t = useText();
  return (
    <Dialog
      title={t('account.notFound')}
      onClose={onClose}
      buttons={
        <>
          <span className="sp" />
          <Button autoFocus tone="primary" onPress={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <p className="dlg-text">{t('account.notFoundText')}</p>
    </Dialog>
  );
}
