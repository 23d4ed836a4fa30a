// A delivery target of the settings as a relay target.
import type { DeliveryTarget } from '../../shared/account.js';
import type { Login } from './login.js';
import type { RelayTarget } from './relay.js';

/** Null for Maildir and IMAP. `login`: where the target's password is had from. */
export function relayTarget(target: DeliveryTarget, login?: () => Promise<Login>): RelayTarget | null {
  if (target.kind !== 'smtp' && target.kind !== 'lmtp') return null;
  const { kind, batchLimit, antispam } = target;
  if (target.kind === 'lmtp') {
    const place = target.socket !== null ? { socket: target.socket } : { host: target.host, port: target.port };
    return { kind, place, batchLimit, antispam };
  }
  const { host, port, security, pin, pinnedPem } = target;
  const place = { host, port, ...(security === undefined ? {} : { security, pin: pin ?? null, pinnedPem: pinnedPem ?? null }) };
  return { kind, place, batchLimit, antispam, ...(target.login === undefined || login === undefined ? {} : { login }) };
}
