// The problems screen.
import { useText } from '../../text/text.js';
import { Page } from '../part/page.js';

export function ProblemsScreen() {
  const t = useText();
  return <Page title={t('problems.title')} />;
}
