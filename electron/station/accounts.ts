// Accounts: saved as they are given, never refused for being unreachable; tested on request; removed with a choice for their mail.
import { rm } from 'node:fs/promises';
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { writeAccounts } from '../import/accounts-file.js';
import { testAccount } from './account-test.js';
import type { Calls, Context } from './context.js';
import type { Ledger } from './ledger.js';
import type { Poller } from './poller.js';
import { certificateOf, probesOf } from './probes.js';
import type { Secrets } from './secrets.js';
import type { Transcripts } from './transcripts.js';

export interface AccountDeps extends Context {
  readonly secrets: Secrets;
  readonly poller: Poller;
  readonly ledger: Ledger;
  readonly transcripts: Transcripts;
  /** Accounts whose folders are shown connect now. */
  readonly wakeMailboxes: () => void;
  readonly language: () => 'en' | 'ja';
  readonly mailboxOf: (account: Account) => { readonly maildir: string } | null;
}

type AccountCalls = Calls<
  | 'account.list'
  | 'account.save'
  | 'account.remove'
  | 'account.pause'
  | 'account.order'
  | 'account.export'
  | 'account.test'
  | 'account.unlock'
  | 'account.transcript'
  | 'fetch.now'
  | 'fetch.stop'
>;

export function accountCalls(deps: AccountDeps): AccountCalls {
  const { settings, poller, secrets } = deps;
  const find = (id: string): Account => {
    const account = settings.read().accounts.find((candidate) => candidate.id === id);
    if (account === undefined) throw new MailError('not-found', `there is no account ${id}`, false, { name: id });
    return account;
  };
  const changed = (id: string | null) => {
    poller.replan();
    deps.emit('account.changed', { id });
    deps.emit('status.changed', {});
  };
  return {
    'account.list': async () => poller.states(),
    async 'account.save'({ account, secret, sendingSecret, relaySecret }) {
      refuseOwnFolder(account);
      if (secret !== null) await secrets.write(account.id, account.secret, secret);
      if (sendingSecret !== null && account.sending?.secret) await secrets.write(account.id, account.sending.secret, sendingSecret, 'send');
      if (typeof relaySecret === 'string' && account.target.kind === 'smtp' && account.target.login !== undefined)
        await secrets.write(account.id, account.target.login.secret, relaySecret, 'relay');
      await settings.update((current) => ({ ...current, accounts: put(current.accounts, account) }));
      deps.log('info', `account saved: ${account.user} at ${account.host}`, account.id);
      changed(account.id);
      return poller.state(account.id);
    },
    async 'account.remove'({ id, mail }) {
      const account = find(id);
      // What a run under way has delivered is in the ledger and in the Maildir before either is taken away.
      const release = await poller.retire(id);
      try {
        if (mail === 'delete') await removeMail(deps, account);
        await settings.update((current) => ({ ...current, accounts: current.accounts.filter((other) => other.id !== id) }));
        secrets.forget(id);
        deps.ledger.forgetAccount(id);
        deps.transcripts.clear(id);
      } finally {
        release();
      }
      changed(null);
    },
    async 'account.pause'({ id, paused }) {
      find(id);
      await settings.update((current) => ({
        ...current,
        accounts: current.accounts.map((account) => (account.id === id ? { ...account, enabled: !paused } : account)),
      }));
      if (paused) poller.stop(id);
      changed(id);
      return poller.state(id);
    },
    async 'account.order'({ ids }) {
      const place = new Map(ids.map((id, index) => [id, index]));
      await settings.update((current) => ({
        ...current,
        accounts: [...current.accounts].sort((a, b) => (place.get(a.id) ?? ids.length) - (place.get(b.id) ?? ids.length)),
      }));
      changed(null);
    },
    async 'account.export'({ ids }) {
      const { accounts } = settings.read();
      const chosen = ids.length === 0 ? accounts : ids.map(find);
      const [only] = chosen;
      return {
        name: chosen.length === 1 && only !== undefined ? `todoku-${only.id}.json` : 'todoku-accounts.json',
        text: writeAccounts(chosen),
      };
    },
    'account.test': async ({ account, secret, sendingSecret, run }) =>
      testAccount({
        account,
        probes: probesOf(account, { secret, sendingSecret }, deps.secrets),
        language: deps.language(),
        onStep: (step) => deps.emit('account.test', { run, step }),
        certificateOf,
      }),
    async 'account.unlock'({ id, secret }) {
      const account = find(id);
      await secrets.write(id, account.secret, secret);
      if (account.source) void poller.fetch(id, false);
      else deps.wakeMailboxes();
      return poller.state(id);
    },
    'account.transcript': async ({ id }) => deps.transcripts.read(id),
    async 'fetch.now'({ id, check }) {
      const ids =
        id === null
          ? settings
              .read()
              .accounts.filter(({ enabled, source }) => enabled && source)
              .map((account) => account.id)
          : [id].filter((one) => find(one).source);
      // Nothing is fetched from them: their folders are looked at.
      if (id === null || ids.length === 0) deps.wakeMailboxes();
      return Promise.all(ids.map((one) => poller.fetch(one, check)));
    },
    'fetch.stop': async ({ id }) => poller.stop(id),
  };
}

/** Into the folder it comes from, mail would go round. Throws MailError `usage`. */
function refuseOwnFolder({ id, name, target }: Account): void {
  if (target.kind === 'imap' && target.account === id)
    throw new MailError('usage', `${name} cannot append to the account it fetches from`, false, { account: name });
}

function put(accounts: readonly Account[], account: Account): Account[] {
  return accounts.some(({ id }) => id === account.id)
    ? accounts.map((other) => (other.id === account.id ? account : other))
    : [...accounts, account];
}

/** Only the account's own single mailbox, and only if no other account delivers there. */
async function removeMail(deps: AccountDeps, account: Account): Promise<void> {
  // Its mail is on the server, and stays there.
  if (!account.source) return;
  const box = deps.mailboxOf(account);
  const shared = deps.settings.read().accounts.some((other) => other.id !== account.id && deps.mailboxOf(other)?.maildir === box?.maildir);
  if (box === null || shared || account.drop.kind !== 'singledrop')
    throw new MailError('conflict', `the mailbox of ${account.name} is shared; its mail was not deleted`, false, { account: account.name });
  await rm(box.maildir, { recursive: true, force: true });
  deps.emit('mailbox.changed', { folder: null });
}
