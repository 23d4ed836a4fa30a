// The log screen.
import { useText } from '../../text/text.js';
import { Page } from '../part/page.js';

export function LogScreen() {
  const t = useText();
  return <Page title={t('log.title')} />;
}
