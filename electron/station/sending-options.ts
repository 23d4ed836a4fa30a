// How an account's sending server is reached and logged in to. The account's own user and secret stand in where it has none.
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { Secrets } from './secrets.js';
import type { SmtpOptions } from './smtp-probe.js';

/** Seconds to connect; and of silence, the one after the message included (RFC 5321 4.5.3.2.6: ten minutes). */
const connectSeconds = 60;
const silenceSeconds = 600;

/** Throws MailError `sending-missing`, `secret-missing` or `secret-command`. */
export async function sendingOptions(account: Account | undefined, secrets: Secrets): Promise<Omit<SmtpOptions, 'onStep'>> {
  const sending = account?.sending;
  if (account === undefined || sending === null || sending === undefined)
    throw new MailError('sending-missing', 'the account has no sending server', false);
  const secret = () =>
    sending.secret === null ? secrets.read(account.id, account.secret) : secrets.read(account.id, sending.secret, 'send');
  return {
    host: sending.host,
    port: sending.port,
    security: sending.security,
    login: sending.anonymous ? null : { user: sending.user ?? account.user, secret: await secret(), auth: account.auth },
    timeoutSeconds: connectSeconds,
    silenceSeconds,
    pin: sending.pin,
    // One certificate for both servers of a provider: pinned once.
    pinnedPem: sending.pinnedPem ?? (sending.pin === account.pin ? account.pinnedPem : null),
  };
}
