// Commands that go to a screen.
import { overlay } from '../state/overlay.js';
import { go } from '../state/place.js';
import { focusSearch } from '../state/search.js';
import type { Commands } from './command.js';
import { movePane } from './pane.js';

export const goCommands = {
  'go.palette': { title: 'command.palette', group: 'view', icon: 'search', run: () => overlay.set({ kind: 'palette' }) },
  'go.keys': { title: 'command.keys', group: 'view', icon: 'keyboard', run: () => overlay.set({ kind: 'keys' }) },
  'go.search': { title: 'command.search', group: 'go', icon: 'search', run: focusSearch },
  'go.inbox': { title: 'command.goInbox', group: 'go', icon: 'inbox', run: () => go('mail') },
  'go.unread': { title: 'command.goUnread', group: 'go', icon: 'unread', run: () => go('mail', ['smart', 'unread']) },
  'go.outbox': { title: 'command.goOutbox', group: 'go', icon: 'sent', run: () => go('outbox') },
  'go.bounces': { title: 'command.goBounces', group: 'go', icon: 'bounce', run: () => go('bounces') },
  'go.quarantine': { title: 'command.goQuarantine', group: 'go', icon: 'quarantine', run: () => go('quarantine') },
  'go.scan': { title: 'command.goScan', group: 'go', icon: 'clean', run: () => go('scan') },
  'go.problems': { title: 'command.goProblems', group: 'go', icon: 'problem', run: () => go('problems') },
  'go.routes': { title: 'command.goRoutes', group: 'go', icon: 'route', run: () => go('routes') },
  'go.station': { title: 'command.goStation', group: 'go', icon: 'station', run: () => go('station') },
  'go.log': { title: 'command.goLog', group: 'go', icon: 'log', run: () => go('log') },
  'go.doctor': { title: 'command.goDoctor', group: 'go', icon: 'info', run: () => go('doctor') },
  'go.settings': { title: 'command.goSettings', group: 'go', icon: 'settings', run: () => go('settings') },
  'go.nextPane': { title: 'command.nextPane', group: 'view', run: () => movePane(1) },
  'go.previousPane': { title: 'command.previousPane', group: 'view', run: () => movePane(-1) },
} as const satisfies Commands;
