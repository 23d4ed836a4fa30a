// What handing on needs of the settings: the login of a relay, and a session on a folder of an IMAP account of ours.
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { Settings } from '../../shared/settings.js';
import type { AppendFolder } from '../imap/append.js';
import type { Side } from '../net/transcript.js';
import type { Login } from '../smtp/login.js';
import type { OnwardTarget } from './destination.js';
import type { Secrets } from './secrets.js';
import type { Transcripts } from './transcripts.js';

/** Throws MailError `secret-missing`, `secret-command`. */
export function onwardLogin(secrets: Secrets): (owner: Account, target: OnwardTarget) => Promise<Login> {
  return async (owner, target) => {
    if (target.kind !== 'smtp' || target.login === undefined) throw new MailError('internal', 'this target has no login', true);
    return { user: target.login.user, secret: await secrets.read(owner.id, target.login.secret, 'relay') };
  };
}

export interface AppendDeps {
  readonly settings: () => Settings;
  readonly secrets: Secrets;
  readonly transcripts: Transcripts;
}

/** By the account's id. Throws MailError `not-found` where it is gone or is no IMAP account, and what a login throws. */
export function openAppendTo(deps: AppendDeps): (id: string, folder: string) => Promise<AppendFolder> {
  return async (id, folder) => {
    const account = deps.settings().accounts.find((one) => one.id === id);
    if (account === undefined || account.protocol !== 'imap')
      throw new MailError('not-found', `there is no IMAP account ${id} to append to`, true, { name: id });
    const { openAppendFolder } = await import('../imap/append.js');
    return openAppendFolder({
      host: account.host,
      port: account.port,
      security: account.security,
      user: account.user,
      secret: await deps.secrets.read(account.id, account.secret),
      auth: account.auth,
      timeoutSeconds: account.fetch.timeout,
      pin: account.pin,
      pinnedPem: account.pinnedPem,
      folder,
      onTranscript: (side: Side, text: string) => deps.transcripts.add(account.id, side, text),
    });
  };
}
