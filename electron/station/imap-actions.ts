// What is done to messages when one of the two folders is on a server: first there, then in the catalog. Within an account the
// server moves and copies; across, a copy is safe in its new place before the message leaves the old one.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MailError } from '../../shared/error.js';
import type { FlagName } from '../../shared/message.js';
import type { Browser, Numbered } from '../imap/browse.js';
import { beginDelivery, makeMaildir, syncFolder } from '../maildir/deliver.js';
import { changedFlags, setFlags } from '../maildir/flag.js';
import type { Catalog, KnownFolder, Located } from './catalog.js';
import { letter } from './catalog-flags.js';
import type { ImapAccount } from './imap-account.js';
import { readStamp } from './imap-folder.js';
import { fileOf } from './imap-rows.js';
import type { Actions } from './mail-actions.js';

export interface ImapActionDeps {
  readonly use: <T>(work: (catalog: Catalog) => T) => T;
  readonly accountOf: (key: string) => ImapAccount | null;
  readonly local: Pick<Actions, 'enter' | 'remove'>;
  /** Path of the message's bytes, LF lines. */
  readonly bytes: (id: string) => Promise<string>;
  readonly changed: (folder: string) => void;
}
export interface ImapActions {
  flag(messages: readonly Located[], flag: FlagName, on: boolean): Promise<void>;
  /** Of at least one of the folders on a server. Resolves to ids in the destination. */
  carry(how: 'move' | 'copy', messages: readonly Located[], to: KnownFolder): Promise<readonly string[]>;
  remove(messages: readonly Located[]): Promise<void>;
}

const lettersIn = (file: string) => file.slice(file.lastIndexOf(':2,') + 3);
const uidsOf = (messages: readonly Located[]) => messages.map(({ base }) => Number(base));

export function openImapActions(deps: ImapActionDeps): ImapActions {
  const { use, accountOf } = deps;
  const numbered = (folder: KnownFolder, account: ImapAccount): Numbered => {
    const path = account.pathOf(folder.key);
    const stamp = readStamp(use((catalog) => catalog.stamp(folder.row)));
    if (path === null || stamp === null) throw new MailError('not-found', 'this folder is no longer here', false);
    return { path, validity: stamp.validity };
  };
  /** For each folder that the messages are in. */
  const each = async (
    messages: readonly Located[],
    work: (own: readonly Located[], at: Numbered, browser: Browser, folder: KnownFolder, account: ImapAccount) => Promise<void>,
  ) => {
    for (const key of new Set(messages.map(({ folder }) => folder.key))) {
      const own = messages.filter(({ folder }) => folder.key === key);
      const account = accountOf(key);
      const folder = own[0]?.folder;
      if (account === null || folder === undefined) throw new MailError('not-found', 'this account is no longer here', false);
      const browser = await account.browser();
      try {
        await work(own, numbered(folder, account), browser, folder, account);
      } finally {
        deps.changed(key);
      }
    }
  };
  const idsAt = (folder: KnownFolder, uids: Iterable<number>) => {
    const rows = use((catalog) => catalog.bases(folder.row));
    return [...uids].flatMap((uid) => rows.get(String(uid))?.id ?? []).map((id) => `${use((catalog) => catalog.epoch)}.${id}`);
  };

  const moveWithin = (messages: readonly Located[], to: KnownFolder, account: ImapAccount, path: string) =>
    each(messages, async (own, at, browser) => {
      const moved = await browser.move(at, uidsOf(own), path);
      const there = readStamp(use((catalog) => catalog.stamp(to.row)))?.validity;
      const known = moved !== null && moved.validity === there ? moved.uids : new Map<number, number>();
      const kept = own.flatMap(({ id, base, file }) => {
        const uid = known.get(Number(base));
        const flags = lettersIn(file);
        return uid === undefined ? [] : [{ id, folder: to.row, base: String(uid), file: fileOf(uid, flags), flags }];
      });
      const keptIds = new Set(kept.map(({ id }) => id));
      use((catalog) => catalog.rename(kept));
      use((catalog) => catalog.drop(own.map(({ id }) => id).filter((id) => !keptIds.has(id))));
      if (kept.length < own.length) await account.read(to.key);
    });
  const copyWithin = async (messages: readonly Located[], to: KnownFolder, account: ImapAccount, path: string) => {
    const made: number[] = [];
    await each(messages, async (own, at, browser) => void made.push(...((await browser.copy(at, uidsOf(own), path))?.uids.values() ?? [])));
    await account.read(to.key);
    return idsAt(to, made);
  };

  /** Durable when it resolves. */
  const put = async (message: Located, to: KnownFolder): Promise<readonly string[]> => {
    const account = accountOf(to.key);
    const bytes = await readFile(await deps.bytes(message.envelope.id));
    const letters = lettersIn(message.file).replace('T', '');
    if (account === null) return deps.local.enter(to, [await deliver(bytes, letters, to.path)]);
    const path = account.pathOf(to.key);
    if (path === null) throw new MailError('not-found', 'this folder is no longer here', false);
    const browser = await account.browser();
    const made = await browser.append(path, crlf(bytes), letters, new Date(message.envelope.received));
    await account.read(to.key);
    return made === null ? [] : idsAt(to, [made.uid]);
  };
  const remove = (messages: readonly Located[]) =>
    each(messages, async (own, at, browser) => {
      await browser.remove(at, uidsOf(own));
      use((catalog) => catalog.drop(own.map(({ id }) => id)));
    });
  const across = async (how: 'move' | 'copy', messages: readonly Located[], to: KnownFolder): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (const message of messages) {
      ids.push(...(await put(message, to)));
      deps.changed(to.key);
      if (how === 'copy') continue;
      if (accountOf(message.folder.key) === null) await deps.local.remove([message.envelope.id]);
      else await remove([message]);
    }
    return ids;
  };

  return {
    remove,
    flag: (messages, flag, on) =>
      each(messages, async (own, at, browser, folder) => {
        await browser.flag(at, uidsOf(own), letter[flag], on);
        const change = { add: on ? letter[flag] : '', remove: on ? '' : letter[flag] };
        const rows = own.map(({ id, base, file }) => {
          const flags = changedFlags(lettersIn(file), change);
          return { id, folder: folder.row, base, file: fileOf(base, flags), flags };
        });
        use((catalog) => catalog.rename(rows));
      }),
    async carry(how, messages, to) {
      const account = accountOf(to.key);
      const path = account?.pathOf(to.key) ?? null;
      const moving = how === 'move' ? messages.filter(({ folder }) => folder.key !== to.key) : messages;
      const within = account === null ? [] : moving.filter(({ folder }) => accountOf(folder.key) === account);
      const others = moving.filter((message) => !within.includes(message));
      const ids: string[] = [];
      try {
        if (account !== null && path !== null && within.length > 0) {
          if (how === 'copy') ids.push(...(await copyWithin(within, to, account, path)));
          else {
            await moveWithin(within, to, account, path);
            ids.push(...within.map(({ envelope }) => envelope.id));
          }
        }
        ids.push(...(await across(how, others, to)));
      } finally {
        deps.changed(to.key);
      }
      return ids;
    },
  };
}

/** Resolves to 'cur/NAME' or 'new/NAME'. */
async function deliver(bytes: Buffer, letters: string, maildir: string): Promise<string> {
  await makeMaildir(maildir);
  const delivery = await beginDelivery(maildir, '');
  try {
    await delivery.write([bytes]);
    await delivery.seal();
  } catch (error) {
    await delivery.abort();
    throw error;
  }
  const file = `new/${basename(await delivery.link())}`;
  await syncFolder(join(maildir, 'new'));
  if (letters === '') return file;
  const marked = await setFlags(maildir, file, { add: letters, remove: '' });
  await syncFolder(join(maildir, 'cur'));
  return marked;
}

/** As IMAP wants lines; what has CRLF already keeps it. */
function crlf(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}
