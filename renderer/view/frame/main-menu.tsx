// The menu beside the name: every command, in its groups.
import { useState } from 'react';
import type { CommandGroup } from '../../command/command.js';
import { keysFor } from '../../command/keys.js';
import { canRun, commandIds, commands, runCommand } from '../../command/table.js';
import { type TextKey, useText } from '../../text/text.js';
import { IconButton } from '../part/button.js';
import { Menu, type MenuGroup } from '../part/menu.js';

const groups: readonly (readonly [CommandGroup, TextKey])[] = [
  ['station', 'command.groupStation'],
  ['go', 'command.groupGo'],
  ['view', 'command.groupView'],
];

export function MainMenu() {
  const t = useText();
  // Whether a command may run is read when the menu is drawn; opening draws it again.
  const [, setOpened] = useState(0);
  const shown: readonly MenuGroup[] = groups.map(([group, title]) => ({
    title: t(title),
    rows: commandIds
      .filter((id) => commands[id].group === group)
      .map((id) => ({
        id,
        label: t(commands[id].title),
        ...(commands[id].icon === undefined ? {} : { icon: commands[id].icon }),
        keys: keysFor(id)[0],
        disabled: !canRun(id),
        run: () => void runCommand(id),
      })),
  }));
  return (
    <Menu label={t('frame.menu')} groups={shown}>
      <IconButton label={t('frame.menu')} icon="menu" onPressStart={() => setOpened((count) => count + 1)} />
    </Menu>
  );
}
