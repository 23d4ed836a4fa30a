// Pausing all polling: for an hour, until tomorrow, until resumed.
import type { StationStatus } from '../../../shared/station.js';
import { runCommand } from '../../command/table.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Menu } from '../part/menu.js';

export function PauseMenu({ status }: { status: StationStatus | null }) {
  const t = useText();
  if (status?.paused === true) {
    return (
      <Button small icon="play" onPress={() => runCommand('station.resume')}>
        {t('station.resume')}
      </Button>
    );
  }
  const rows = [
    { id: 'hour', label: t('station.pauseHour'), run: () => void runCommand('station.pauseHour') },
    { id: 'tomorrow', label: t('station.pauseTomorrow'), run: () => void runCommand('station.pauseTomorrow') },
    { id: 'resume', label: t('station.pauseResume'), run: () => void runCommand('station.pause') },
  ];
  return (
    <Menu label={t('station.pauseMenu')} groups={[{ title: t('station.pauseMenu'), rows }]}>
      <Button small icon="pause">
        {t('station.pauseMenu')}
      </Button>
    </Menu>
  );
}
