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
  'mail.selectAll': ['Ctrl+A'],
  'mail.undo': ['Ctrl+Z'],
  'mail.source': ['Ctrl+U'],
  'mail.print': ['Ctrl+P'],
  'mail.saveEml': ['Ctrl+S'],
};

const thunderbird: Keymap = {
  ...everywhere,
  'go.search': ['Ctrl+F', 'Ctrl+Shift+K', '/'],
  'mail.next': ['F'],
  'mail.previous': ['B'],
  'mail.nextUnread': ['N'],
  'mail.previousUnread': ['P'],
  'mail.read': ['M'],
  'mail.flag': ['S'],
  'mail.archive': ['A'],
  'mail.junk': ['J'],
  'mail.notJunk': ['Shift+J'],
  'mail.trash': ['Delete', 'Backspace'],
  'mail.remove': ['Shift+Delete'],
  'mail.move': ['Ctrl+Shift+M'],
  'mail.copy': ['Ctrl+Shift+C'],
  'mail.headers': ['H'],
};
const gmail: Keymap = {
  ...everywhere,
  'go.search': ['/', 'Ctrl+F'],
  'go.inbox': ['G I'],
  'go.unread': ['G U'],
  'go.station': ['G T'],
  'mail.next': ['J'],
  'mail.previous': ['K'],
  'mail.archive': ['E'],
  'mail.junk': ['!'],
  'mail.trash': ['#', 'Delete'],
  'mail.remove': ['Shift+Delete'],
  'mail.flag': ['S'],
  'mail.read': ['Shift+I', 'Shift+U'],
  'mail.move': ['V'],
  'mail.undo': ['Z', 'Ctrl+Z'],
  'mail.open': ['O'],
};
const mutt: Keymap = {
  ...everywhere,
  'go.search': ['/', 'L', 'Ctrl+F'],
  'go.inbox': ['C'],
  'station.fetch': ['$', 'F5'],
  'mail.next': ['J'],
  'mail.previous': ['K'],
  'mail.nextUnread': ['Tab'],
  'mail.trash': ['D', 'Delete'],
  'mail.remove': ['Shift+Delete'],
  'mail.undo': ['U', 'Ctrl+Z'],
  'mail.flag': ['Shift+F'],
  'mail.read': ['Shift+N'],
  'mail.move': ['S'],
  'mail.headers': ['H'],
  'mail.source': ['E', 'Ctrl+U'],
};

export const keymaps: Readonly<Record<Settings['keys'], Keymap>> = { thunderbird, gmail, mutt };
