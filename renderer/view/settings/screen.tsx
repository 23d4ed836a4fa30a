// The settings screen.
import { useText } from '../../text/text.js';
import { Page } from '../part/page.js';

export function SettingsScreen() {
  const t = useText();
  return <Page title={t('settings.title')} />;
}
