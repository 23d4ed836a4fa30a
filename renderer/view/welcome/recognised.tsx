// What the file was read as; and for an autoconfig file, whose account it shall be.
import type { WindowImport } from '../../../shared/contract.js';
import { type TextKey, useText } from '../../text/text.js';
import { Field } from '../part/field.js';

export const kindWords: Readonly<Record<WindowImport, TextKey>> = {
  fetchmailrc: 'welcome.kindFetchmailrc',
  thunderbird: 'welcome.kindThunderbird',
  autoconfig: 'welcome.kindAutoconfig',
  mobileconfig: 'welcome.kindMobileconfig',
  mpoprc: 'welcome.kindMpoprc',
  getmailrc: 'welcome.kindGetmailrc',
  accounts: 'welcome.kindAccounts',
};

interface Props {
  readonly kind: WindowImport | 'auto';
  readonly address: string;
  readonly onAddress: (address: string) => void;
}
export function Recognised({ kind, address, onAddress }: Props) {
  const t = useText();
  if (kind === 'auto') return null;
  return (
    <>
      <p className="small t2">{t('welcome.recognised', { kind: t(kindWords[kind]) })}</p>
      {kind === 'autoconfig' ? (
        <Field
          label={t('welcome.address')}
          hint={t('welcome.addressHint')}
          value={address}
          onChange={onAddress}
          type="email"
          autoComplete="off"
          spellCheck="false"
        />
      ) : null}
    </>
  );
}
