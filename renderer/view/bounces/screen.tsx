// The bounces screen.
import { useText } from '../../text/text.js';
import { Page } from '../part/page.js';

export function BouncesScreen() {
  const t = useText();
  return <Page title={t('bounces.title')} />;
}
