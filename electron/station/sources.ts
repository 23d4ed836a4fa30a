// An account as a maildrop session: which protocol, with which secret, its transcript kept.
import type { Account } from '../../shared/account.js';
import type { Side } from '../net/transcript.js';
import { openPop3 } from '../pop3/session.js';
import type { Source } from './fetch.js';
import type { Secrets } from './secrets.js';
import type { Transcripts } from './transcripts.js';

export interface SourceDeps {
  readonly secrets: Secrets;
  readonly transcripts: Transcripts;
}

/** Connected, secured and logged in. Throws MailError; nothing is left open then. */
export async function openSource(
  deps: SourceDeps,
  account: Account,
  onStep: (step: 'connect' | 'login') => void,
  signal: AbortSignal,
): Promise<Source> {
  const secret = await deps.secrets.read(account.id, account.secret);
  onStep('connect');
  const options = {
    host: account.host,
    port: account.port,
    security: account.security,
    user: account.user,
    secret,
    auth: account.auth,
    timeoutSeconds: account.fetch.timeout,
    pin: account.pin,
    pinnedPem: account.pinnedPem,
    signal,
    onTranscript: (side: Side, text: string) => deps.transcripts.add(account.id, side, text),
  };
  if (account.protocol === 'imap') {
    // Loaded when an account needs it: imapflow is half of what a start would otherwise cost.
    const { openImapSource } = await import('../imap/source.js');
    const session = await openImapSource({ ...options, folder: account.folder });
    onStep('login');
    return Object.assign(session, { loginDelay: null });
  }
  const session = await openPop3({ ...options, top: account.fetch.top });
  onStep('login');
  return Object.assign(session, { loginDelay: session.capabilities.loginDelay });
}
