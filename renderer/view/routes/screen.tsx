// The routes screen.
import { useText } from '../../text/text.js';
import { Page } from '../part/page.js';

export function RoutesScreen() {
  const t = useText();
  return <Page title={t('routes.title')} />;
}
