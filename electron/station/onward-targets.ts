// What handing on needs of the settings: the login of a relay, and a session on a folder of an IMAP account of ours.
import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { Settings } from '../../shared/settings.js';
import type { AppendFolder } from '../imap/append.js';
import type { Login } from '../smtp/login.js';
import type { RelayTarget } from '../smtp/relay.js';
import { relayTarget } from '../smtp/target.js';
import type { OnwardTarget } from './destination.js';
import { type ImapLoginDeps, imapOptions } from './imap-login.js';
import type { Secrets } from './secrets.js';

/** Throws MailError `secret-missing`, `secret-command`. */
export function onwardLogin(secrets: Secrets): (owner: Account, target: OnwardTarget) => Promise<Login> {
  return async (owner, target) => {
    if (target.kind !== 'smtp' || target.login === undefined) throw new MailError('internal', 'this target has no login', true);
    const { user, secret } = target.login;
    const whose = isDeepStrictEqual(owner.target, target) ? owner.id : mailboxSecret({ ...target, user });
    return { user, secret: await secrets.read(whose, secret, 'relay') };
  };
}

/** Under what name the password of a mailbox's own relay is kept: one login is one secret, however many mailboxes use it. */
export function mailboxSecret({ host, port, user }: { readonly host: string; readonly port: number; readonly user: string }): string {
  return `relay ${user}@${host.toLowerCase()}:${port}`;
}

/** What an account's bounces go by: its own sending server, else the relay its mail goes to; null: neither. */
export function bounceWay(secrets: Secrets): (account: Account) => RelayTarget | null {
  const login = onwardLogin(secrets);
  return (account) => {
    const { sending, target } = account;
    if (sending === null) return target.kind === 'smtp' ? relayTarget(target, () => login(account, target)) : null;
    const { host, port, security, pin } = sending;
    const pinnedPem = sending.pinnedPem ?? (pin === account.pin ? account.pinnedPem : null);
    const place = { host, port, security, pin, pinnedPem };
    return {
      kind: 'smtp',
      place,
      batchLimit: 0,
      antispam: [],
      ...(sending.anonymous ? {} : { login: () => sendingLogin(secrets, account) }),
    };
  };
}

async function sendingLogin(secrets: Secrets, account: Account): Promise<Login> {
  const { sending, auth } = account;
  const own = sending?.secret ?? null;
  const secret = own === null ? await secrets.read(account.id, account.secret) : await secrets.read(account.id, own, 'send');
  return { user: sending?.user ?? account.user, secret, token: auth === 'xoauth2' || auth === 'oauthbearer' };
}

export interface AppendDeps extends ImapLoginDeps {
  readonly settings: () => Settings;
}

/** By the account's id. Throws MailError `not-found` where it is gone or is no IMAP account, and what a login throws. */
export function openAppendTo(deps: AppendDeps): (id: string, folder: string) => Promise<AppendFolder> {
  return async (id, folder) => {
    const account = deps.settings().accounts.find((one) => one.id === id);
    if (account === undefined || account.protocol !== 'imap')
      throw new MailError('not-found', `there is no IMAP account ${id} to append to`, true, { name: id });
    const { openAppendFolder } = await import('../imap/append.js');
    return openAppendFolder({ ...(await imapOptions(deps, account)), folder });
  };
}
