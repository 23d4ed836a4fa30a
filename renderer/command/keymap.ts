// Which keys run which command, in the manner of Thunderbird, Gmail or mutt. "G I" is one key after another.
import type { Settings } from '../../shared/settings.js';
import type { CommandId } from './table.js';

export type Keymap = Readonly<Partial<Record<CommandId, readonly string[]>>>;

/** The same in every manner: what has no letter of its own. */
const everywhere: Keymap = {
  'go.palette': ['Ctrl+K'],
  'go.search': ['Ctrl+Shift+K', 'Ctrl+F'],
  'go.keys': ['?'],
  'go.nextPane': ['F6'],
  'go.previousPane': ['Shift+F6'],
  'go.settings': ['Ctrl+,'],
  'station.fetch': ['F5', 'Ctrl+Shift+T'],
};

const thunderbird: Keymap = { ...everywhere, 'go.search': ['Ctrl+Shift+K', 'Ctrl+F', '/'] };
const gmail: Keymap = { ...everywhere, 'go.search': ['/', 'Ctrl+F'], 'go.inbox': ['G I'], 'go.unread': ['G U'], 'go.station': ['G T'] };
const mutt: Keymap = { ...everywhere, 'go.search': ['/', 'L', 'Ctrl+F'], 'go.inbox': ['C'], 'station.fetch': ['$', 'F5'] };

export const keymaps: Readonly<Record<Settings['keys'], Keymap>> = { thunderbird, gmail, mutt };
