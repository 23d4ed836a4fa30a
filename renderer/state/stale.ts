// Which calls an event makes stale. Events announce; what is true now is read again.
import type { CallName, EventName } from '../../shared/contract.js';

export const stale: Readonly<Record<EventName, readonly CallName[]>> = {
  'fetch.step': [],
  'fetch.report': ['account.list', 'status.read', 'statistics.read'],
  'account.changed': ['account.list', 'status.read'],
  'account.test': [],
  'account.transcript': [],
  'status.changed': ['status.read'],
  'settings.changed': ['settings.read', 'status.read', 'route.read'],
  'mailbox.changed': ['mailbox.list', 'message.list', 'message.thread', 'status.read'],
  'quarantine.changed': ['quarantine.list', 'quarantine.open', 'status.read'],
  'problem.changed': ['problem.list', 'status.read'],
  'bounce.changed': ['bounce.list', 'status.read'],
  'outbox.changed': ['outbox.list'],
  'scanner.changed': ['scanner.read', 'signatures.read', 'status.read'],
  'scan.progress': ['scan.read', 'scan.list'],
  'log.line': [],
  'window.open': [],
  'window.write': [],
};
