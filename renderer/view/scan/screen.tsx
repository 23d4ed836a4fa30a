// Scanning: files and folders on one side, what the scanner does right now on the other.
import { go } from '../../state/place.js';
import { useText } from '../../text/text.js';
import { Segmented } from '../part/choice.js';
import { Page } from '../part/page.js';
import type { ScreenProps } from '../screens.js';
import { Folders } from './folders.js';
import { Watch } from './watch.js';
import './scan.css';

export function ScanScreen({ path: [tab] }: ScreenProps) {
  const t = useText();
  const shown = tab === 'watch' ? 'watch' : 'folders';
  const tabs = (
    <Segmented
      label={t('scan.title')}
      value={shown}
      onChange={(next) => go('scan', [next], true)}
      options={[
        { value: 'folders', label: t('scan.tabFolders') },
        { value: 'watch', label: t('scan.tabWatch') },
      ]}
    />
  );
  return (
    <Page title={t('scan.title')} tools={tabs}>
      <div className="scan-page">{shown === 'watch' ? <Watch /> : <Folders />}</div>
    </Page>
  );
}
