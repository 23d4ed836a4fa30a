// The account screen.
import { useText } from '../../text/text.js';
import { Page } from '../part/page.js';

export function AccountScreen() {
  const t = useText();
  return <Page title={t('account.title')} />;
}
