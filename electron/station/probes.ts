// What `account test` tries: the receiving server, and the sending one where there is one.
import type { Account } from '../../shared/account.js';
import type { TestStep } from '../../shared/station.js';
import { openPop3, peerCertificate } from '../pop3/session.js';
import type { Probe } from './account-test.js';
import type { Secrets } from './secrets.js';

/** A person waits in front of it: no longer than this, whatever the account's own time-out is. Seconds. */
const patience = 30;

export function probesOf(account: Account, given: string | null, secrets: Secrets): readonly Probe[] {
  return [pop3Probe(account, given, secrets)];
}

/** The certificate a server showed and we refused, for the dialog's *trust this certificate*. */
export function certificateOf(error: unknown): TestStep['certificate'] {
  return peerCertificate(error) ?? undefined;
}

function pop3Probe(account: Account, given: string | null, secrets: Secrets): Probe {
  return async (onStep) => {
    const secret = given ?? (await secrets.read(account.id, account.secret));
    const session = await openPop3({
      host: account.host,
      port: account.port,
      security: account.security,
      user: account.user,
      secret,
      auth: account.auth,
      timeoutSeconds: Math.min(account.fetch.timeout, patience),
      pin: account.pin,
      pinnedPem: account.pinnedPem,
      onStep,
    });
    const { messages, octets } = await session.stat();
    const listing = await session.list();
    const { capabilities } = session;
    const uidl = listing.length === 0 || listing.some((entry) => entry.uidl !== null);
    await session.quit();
    const words = [
      `${messages} messages, ${octets} octets`,
      uidl ? 'UIDL' : 'no UIDL',
      capabilities.pipelining ? 'PIPELINING' : 'no PIPELINING',
    ];
    if (capabilities.loginDelay !== null) words.push(`LOGIN-DELAY ${capabilities.loginDelay}`);
    if (capabilities.expire !== null) words.push(`EXPIRE ${capabilities.expire}`);
    return words.join(', ');
  };
}
