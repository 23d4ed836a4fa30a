// The sidebar's rows for the station's own screens, with their counts.
import { place, type ScreenName } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { useStore } from '../../state/store.js';
import { type TextKey, useText } from '../../text/text.js';
import type { IconName } from '../part/icon.js';
import { NavRow } from './nav-row.js';

interface Row {
  readonly screen: ScreenName;
  readonly icon: IconName;
  readonly label: TextKey;
  readonly count?: 'bounces' | 'quarantined' | 'problems';
}
const rows: readonly Row[] = [
  { screen: 'outbox', icon: 'sent', label: 'frame.outbox' },
  { screen: 'bounces', icon: 'bounce', label: 'frame.bounces', count: 'bounces' },
  { screen: 'quarantine', icon: 'quarantine', label: 'frame.quarantine', count: 'quarantined' },
  { screen: 'scan', icon: 'clean', label: 'scan.title' },
  { screen: 'problems', icon: 'problem', label: 'frame.problems', count: 'problems' },
  { screen: 'routes', icon: 'route', label: 'frame.routes' },
  { screen: 'station', icon: 'station', label: 'frame.station' },
];

export function DeliveryRows() {
  const t = useText();
  const { screen: here } = useStore(place);
  const status = useQuery('status.read', {}).value;
  const waiting = (useQuery('outbox.list', {}).value ?? []).filter(({ state }) => state !== 'sent');
  const doubtful = waiting.some(({ state }) => state === 'held' || state === 'failed');
  return (
    <ul>
      {rows.map(({ screen, icon, label, count }) => (
        <NavRow
          key={screen}
          to={{ screen, path: [] }}
          icon={icon}
          label={t(label)}
          unread={screen === 'outbox' ? waiting.length : count === undefined ? 0 : (status?.[count] ?? 0)}
          warn={screen === 'problems' || (screen === 'outbox' && doubtful)}
          current={here === screen}
        />
      ))}
    </ul>
  );
}
