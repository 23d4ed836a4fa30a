// What an IMAP account is for: its folders are shown as they are on the server, or its mail is fetched into a mailbox here.
import { useText } from '../../text/text.js';
import { Segmented } from '../part/choice.js';
import type { PartProps } from './inputs.js';

export function Shown({ draft, edit }: PartProps) {
  const t = useText();
  if (draft.protocol !== 'imap') return null;
  return (
    <>
      <Segmented
        full
        hideLabel={false}
        label={t('account.use')}
        value={draft.source ? 'fetched' : 'shown'}
        onChange={(use) => edit({ source: use === 'fetched' })}
        options={[
          { value: 'shown', label: t('account.useShown') },
          { value: 'fetched', label: t('account.useFetched') },
        ]}
      />
      <p className="hint">{t(draft.source ? 'account.useFetchedHint' : 'account.useShownHint')}</p>
    </>
  );
}
