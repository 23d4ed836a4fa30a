// The station screen.
import { useText } from '../../text/text.js';
import { Page } from '../part/page.js';

export function StationScreen() {
  const t = useText();
  return <Page title={t('station.title')} />;
}
