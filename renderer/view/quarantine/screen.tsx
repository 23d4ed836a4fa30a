// The quarantine screen.
import { useText } from '../../text/text.js';
import { Page } from '../part/page.js';

export function QuarantineScreen() {
  const t = useText();
  return <Page title={t('quarantine.title')} />;
}
