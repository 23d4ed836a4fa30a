// What a command is. Menus, toolbar buttons, the palette and keys all draw on one table of them.
import type { TextKey } from '../text/text.js';
import type { IconName } from '../view/part/icon.js';

export type CommandGroup = 'message' | 'go' | 'station' | 'view';

export interface Command {
  readonly title: TextKey;
  readonly group: CommandGroup;
  readonly icon?: IconName;
  /** May it run now? Without it: always. Read when a menu opens or a key is pressed. */
  readonly when?: () => boolean;
  readonly run: () => void;
}
export type Commands = Readonly<Record<string, Command>>;
