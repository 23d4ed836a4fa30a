// How an IMAP account that is shown as a mailbox is reached: as its settings say, with its secret, its transcript kept.
import type { Side } from '../net/transcript.js';
import type { ImapLogin } from './imap-mailboxes.js';
import type { Secrets } from './secrets.js';
import type { Transcripts } from './transcripts.js';

/** `options` throws MailError `secret-missing`, `secret-command`. */
export function imapLogin(deps: { readonly secrets: Secrets; readonly transcripts: Transcripts }): ImapLogin {
  return {
    options: async (account) => ({
      host: account.host,
      port: account.port,
      security: account.security,
      user: account.user,
      secret: await deps.secrets.read(account.id, account.secret),
      auth: account.auth,
      timeoutSeconds: account.fetch.timeout,
      pin: account.pin,
      pinnedPem: account.pinnedPem,
      onTranscript: (side: Side, text: string) => deps.transcripts.add(account.id, side, text),
    }),
  };
}
