// The welcome screen.
import { useText } from '../../text/text.js';
import { Page } from '../part/page.js';

export function WelcomeScreen() {
  const t = useText();
  return <Page title={t('welcome.title')} />;
}
