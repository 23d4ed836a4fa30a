// The mail screen.
import { useText } from '../../text/text.js';
import { Page } from '../part/page.js';

export function MailScreen() {
  const t = useText();
  return <Page title={t('mail.title')} />;
}
