// What `account test` tries: the receiving server, and the sending one where there is one.
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { TestStep } from '../../shared/station.js';
import { peerCertificate } from '../net/certificate.js';
import { speaksTls } from '../net/speaks-tls.js';
import { openPop3 } from '../pop3/session.js';
import type { Probe } from './account-test.js';
import type { Secrets } from './secrets.js';

/** A person waits in front of it: no longer than this, whatever the account's own time-out is. Seconds. */
const patience = 30;
/** For the second question to a server that did not answer the first. Seconds. */
const silencePatience = 10;

/** What was typed and is not saved; null: what is stored. */
export interface GivenSecrets {
  readonly secret: string | null;
  readonly sendingSecret: string | null;
}

export function probesOf(account: Account, { secret: given, sendingSecret }: GivenSecrets, secrets: Secrets): readonly Probe[] {
  const receiving = account.protocol === 'imap' ? imapProbe(account, given, secrets) : pop3Probe(account, given, secrets);
  const { sending } = account;
  if (sending === null) return [explainSilence(account, receiving)];
  const smtp = smtpProbe(account, sending, { secret: given, sendingSecret }, secrets);
  return [explainSilence(account, receiving), explainSilence({ ...sending, pinnedPem: sending.pinnedPem ?? null }, smtp)];
}

type Server = Pick<Account, 'host' | 'port' | 'security' | 'pin' | 'pinnedPem'>;

/** A server that never greets in plain text is asked once more, by TLS: where it answers that, the wrong choice of security is said. */
function explainSilence(server: Server, probe: Probe): Probe {
  const asking: Probe = async (onStep) => {
    let reached = '';
    try {
      return await probe((step, detail) => {
        reached = step;
        onStep(step, detail);
      });
    } catch (error) {
      const silent = error instanceof MailError && error.code === 'timeout' && /^(?:smtp-)?tcp$/.test(reached);
      if (!silent || server.security === 'tls' || !(await speaksTls(server, silencePatience))) throw error;
      throw new MailError('tls-on-plain-port', 'the server expects TLS on this port', false, {
        ...{ step: 'greeting', host: server.host, port: server.port, cause: error },
      });
    }
  };
  return Object.assign(asking, { sends: probe.sends === true });
}

/** The certificate a server showed and we refused, for the dialog's *trust this certificate*. */
export function certificateOf(error: unknown): TestStep['certificate'] {
  return peerCertificate(error) ?? undefined;
}

function pop3Probe(account: Account, given: string | null, secrets: Secrets): Probe {
  return async (onStep) => {
    const secret = given ?? (await secrets.read(account.id, account.secret));
    const session = await openPop3({ ...optionsOf(account, secret), onStep });
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

function imapProbe(account: Account, given: string | null, secrets: Secrets): Probe {
  return async (onStep) => {
    const secret = given ?? (await secrets.read(account.id, account.secret));
    const { openImapSource } = await import('../imap/source.js');
    const session = await openImapSource({ ...optionsOf(account, secret), folder: account.folder, onStep });
    try {
      return await session.describe();
    } finally {
      await session.quit();
    }
  };
}

function optionsOf(account: Account, secret: string) {
  return {
    host: account.host,
    port: account.port,
    security: account.security,
    user: account.user,
    secret,
    auth: account.auth,
    timeoutSeconds: Math.min(account.fetch.timeout, patience),
    pin: account.pin,
    pinnedPem: account.pinnedPem,
  };
}

/** The account's own user and secret, where the sending server has none of its own. */
function smtpProbe(account: Account, sending: NonNullable<Account['sending']>, given: GivenSecrets, secrets: Secrets): Probe {
  const probe: Probe = async (onStep) => {
    const secret = () =>
      sending.secret === null
        ? (given.secret ?? secrets.read(account.id, account.secret))
        : (given.sendingSecret ?? secrets.read(account.id, sending.secret, 'send'));
    const { probeSmtp } = await import('./smtp-probe.js');
    await probeSmtp({
      host: sending.host,
      port: sending.port,
      security: sending.security,
      login: sending.anonymous ? null : { user: sending.user ?? account.user, secret: await secret(), auth: account.auth },
      timeoutSeconds: Math.min(account.fetch.timeout, patience),
      pin: sending.pin,
      // One certificate for both servers of a provider: pinned once.
      pinnedPem: sending.pinnedPem ?? (sending.pin === account.pin ? account.pinnedPem : null),
      onStep,
    });
    return null;
  };
  return Object.assign(probe, { sends: true });
}
