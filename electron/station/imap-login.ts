// How an IMAP account is reached, whether it is shown as a mailbox or appended to: as its settings say, with its secret, its
// transcript kept.
import type { Account } from '../../shared/account.js';
import type { Side } from '../net/transcript.js';
import type { Secrets } from './secrets.js';
import type { Transcripts } from './transcripts.js';

export interface ImapLoginDeps {
  readonly secrets: Secrets;
  readonly transcripts: Transcripts;
}

/** Throws MailError `secret-missing`, `secret-command`. */
export async function imapOptions({ secrets, transcripts }: ImapLoginDeps, account: Account) {
  return {
    host: account.host,
    port: account.port,
    security: account.security,
    user: account.user,
    secret: await secrets.read(account.id, account.secret),
    auth: account.auth,
    timeoutSeconds: account.fetch.timeout,
    pin: account.pin,
    pinnedPem: account.pinnedPem,
    onTranscript: (side: Side, text: string) => transcripts.add(account.id, side, text),
  };
}
