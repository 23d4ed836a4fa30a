// The calls of mail with IMAP folders among the local ones: what is all local goes where it went, the rest to the servers.
import { MailError } from '../../shared/error.js';
import type { Catalog, KnownFolder, Located } from './catalog.js';
import type { ImapAccount } from './imap-account.js';
import type { ImapActions } from './imap-actions.js';
import type { ImapMailboxes } from './imap-mailboxes.js';
import type { MailCalls } from './mail.js';

export interface RemoteCallsDeps {
  readonly imap: ImapMailboxes;
  readonly actions: ImapActions;
  readonly use: <T>(work: (catalog: Catalog) => T) => T;
  /** Folders changed: the tree is read again. */
  readonly newTree: () => Promise<void>;
}

type Own = Pick<
  MailCalls,
  | 'mailbox.list'
  | 'folder.create'
  | 'folder.rename'
  | 'folder.remove'
  | 'folder.subscribe'
  | 'message.list'
  | 'message.flag'
  | 'message.move'
  | 'message.copy'
  | 'message.remove'
>;

export function withRemote(local: MailCalls, { imap, actions, use, newTree }: RemoteCallsDeps): MailCalls {
  const split = (ids: readonly string[]) => {
    const there = use((catalog) => catalog.locate(ids)).filter(({ folder }) => imap.owns(folder.key));
    const names = new Set(there.map(({ envelope }) => envelope.id));
    return { there, here: ids.filter((id) => !names.has(id)) };
  };
  const list = async () => [...(await local['mailbox.list']({})), ...imap.list()];
  /** What the user did to folders, on the account that has this one. */
  const onServer = async (account: ImapAccount, work: (account: ImapAccount) => Promise<void>) => {
    await work(account);
    await account.readTree();
    await newTree();
    return list();
  };
  const owner = (key: string) => {
    const account = imap.accountOf(key);
    const path = account?.pathOf(key) ?? null;
    if (account === null || path === null) throw new MailError('not-found', 'this folder is no longer here', false);
    return { account, path };
  };
  const destination = (key: string): KnownFolder => {
    const folder = use((catalog) => catalog.folder(key));
    if (folder === null) throw new MailError('not-found', 'this folder is no longer here', false);
    return folder;
  };
  const carry = async (how: 'move' | 'copy', ids: readonly string[], folder: string) => {
    const { there, here } = split(ids);
    const name = how === 'move' ? 'message.move' : 'message.copy';
    if (there.length === 0 && !imap.owns(folder)) return local[name]({ ids: [...ids], folder });
    const messages: readonly Located[] = use((catalog) => catalog.locate(ids));
    if (messages.length === 0) throw new MailError('not-found', 'this message is no longer here', false);
    const to = destination(folder);
    if (imap.owns(folder)) return actions.carry(how, messages, to);
    const carried = await actions.carry(how, there, to);
    return here.length === 0 ? carried : [...carried, ...(await local[name]({ ids: here, folder }))];
  };
  const own: Own = {
    'mailbox.list': list,
    'folder.create': async ({ mailbox, name }) => {
      const account = imap.mailbox(mailbox);
      if (account !== null) return onServer(account, async () => (await account.browser()).create(name));
      await local['folder.create']({ mailbox, name });
      return list();
    },
    'folder.rename': async ({ folder, name }) => {
      if (imap.owns(folder)) {
        const { account, path } = owner(folder);
        return onServer(account, async () => (await account.browser()).rename(path, name));
      }
      await local['folder.rename']({ folder, name });
      return list();
    },
    'folder.remove': async ({ folder }) => {
      if (imap.owns(folder)) {
        const { account, path } = owner(folder);
        return onServer(account, async () => (await account.browser()).removeFolder(path));
      }
      await local['folder.remove']({ folder });
      return list();
    },
    'folder.subscribe': async ({ folder, subscribed }) => {
      if (imap.owns(folder)) {
        const { account, path } = owner(folder);
        return onServer(account, async () => (await account.browser()).subscribe(path, subscribed));
      }
      await local['folder.subscribe']({ folder, subscribed });
      return list();
    },
    'message.list': async (query) => {
      const hits = imap.asked(query);
      return hits.length === 0 ? local['message.list'](query) : use((catalog) => catalog.page(query, hits));
    },
    'message.flag': async ({ ids, flag, on }) => {
      const { there, here } = split(ids);
      if (there.length > 0) await actions.flag(there, flag, on);
      if (here.length > 0) await local['message.flag']({ ids: here, flag, on });
    },
    'message.move': ({ ids, folder }) => carry('move', ids, folder),
    'message.copy': ({ ids, folder }) => carry('copy', ids, folder),
    'message.remove': async ({ ids }) => {
      const { there, here } = split(ids);
      if (there.length > 0) await actions.remove(there);
      if (here.length > 0) await local['message.remove']({ ids: here });
    },
  };
  return { ...local, ...own };
}
