// A delivery target of the settings as a relay target.
import type { DeliveryTarget } from '../../shared/account.js';
import type { RelayTarget } from './relay.js';

/** Null for Maildir and IMAP. */
export function relayTarget(target: DeliveryTarget): RelayTarget | null {
  if (target.kind !== 'smtp' && target.kind !== 'lmtp') return null;
  const { kind, batchLimit, antispam } = target;
  const place = target.kind === 'lmtp' && target.socket !== null ? { socket: target.socket } : { host: target.host, port: target.port };
  return { kind, place, batchLimit, antispam };
}
