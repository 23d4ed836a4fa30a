// Which local mailboxes there are: those of the routing, those of the accounts, and every Maildir below the mail folder
// (mail/<domain>/<user>). Their ids are hashes of their paths, so they outlive the catalog.
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { FolderRole } from '../../shared/message.js';
import type { Settings } from '../../shared/settings.js';
import { listFolders } from '../maildir/folders.js';
import type { CatalogFolder } from './catalog.js';
import { maildirPath } from './destination.js';

export interface LocalMailbox {
  readonly id: string;
  readonly domain: string;
  readonly user: string;
  readonly address: string;
  /** Absolute path of its Maildir; it may not be there yet. */
  readonly path: string;
  /** Account whose mail goes here, where it is exactly one. */
  readonly account: string | null;
}

export function stableId(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 24);
}

async function isMaildir(path: string): Promise<boolean> {
  return stat(join(path, 'cur')).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function foldersIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.name.startsWith('.') && !entry.isFile()).map((entry) => entry.name);
}

/** Every mail/<domain>/<user> that is a Maildir. */
async function mailboxesOnDisk(mail: string): Promise<readonly { readonly address: string; readonly path: string }[]> {
  const found: { address: string; path: string }[] = [];
  for (const domain of await foldersIn(mail)) {
    for (const user of await foldersIn(join(mail, domain))) {
      const path = join(mail, domain, user);
      if (await isMaildir(path)) found.push({ address: `${user}@${domain}`, path });
    }
  }
  return found;
}

function addressParts(address: string): { readonly user: string; readonly domain: string } {
  const at = address.lastIndexOf('@');
  return at < 0 ? { user: address, domain: '' } : { user: address.slice(0, at), domain: address.slice(at + 1) };
}

/** A bare name is at the local domain; case does not matter (virtual(5)). */
function wholeAddress(address: string, localDomain: string): string {
  return (address.includes('@') ? address : `${address}@${localDomain}`).toLowerCase();
}

/** '' and '..' in an address lead nowhere (S23). */
function insideMail(mail: string, path: string): boolean {
  return resolve(path).startsWith(resolve(mail) + sep);
}

/** Sorted by domain and user; the routing's own come first where two share a path. Never throws. */
export async function findMailboxes(mail: string, settings: Settings): Promise<readonly LocalMailbox[]> {
  const { routing, accounts } = settings;
  const routed = routing.mailboxes.map(({ address, path }) => ({
    address: address.toLowerCase(),
    path: maildirPath(mail, path),
    account: null,
  }));
  const routedPath = new Map(routed.map(({ address, path }) => [address, path]));
  const fetched = accounts.flatMap((account) => {
    if (!account.source || account.drop.kind !== 'singledrop' || account.target.kind !== 'maildir') return [];
    const [only, ...others] = account.drop.to.map((to) => wholeAddress(to, routing.localDomain));
    if (only === undefined || others.length > 0) return [];
    const { user, domain } = addressParts(only);
    return [{ address: only, path: routedPath.get(only) ?? join(mail, domain, user), account: account.id }];
  });
  const onDisk = (await mailboxesOnDisk(mail)).map((found) => ({ ...found, account: null }));
  return merge(
    mail,
    [...routed, ...fetched, ...onDisk],
    routing.mailboxes.map(({ path }) => maildirPath(mail, path)),
  );
}

interface Candidate {
  readonly address: string;
  readonly path: string;
  readonly account: string | null;
}

function merge(mail: string, candidates: readonly Candidate[], chosen: readonly string[]): readonly LocalMailbox[] {
  const byPath = new Map<string, LocalMailbox>();
  for (const { address, path, account } of candidates) {
    if (!insideMail(mail, path) && !chosen.includes(path)) continue;
    const known = byPath.get(path);
    const shared = known !== undefined && known.account !== null && account !== null && known.account !== account;
    const { user, domain } = addressParts(known?.address ?? address);
    byPath.set(path, {
      id: stableId(path),
      domain,
      user,
      address: known?.address ?? address,
      path,
      account: shared ? null : (known?.account ?? account),
    });
  }
  return [...byPath.values()].sort((a, b) => a.domain.localeCompare(b.domain) || a.user.localeCompare(b.user));
}

/** Names that clients give to the folders with a part to play (RFC 6154's, and what is common in Japanese). */
const roles: Readonly<Record<string, FolderRole>> = {
  drafts: 'drafts',
  draft: 'drafts',
  下書き: 'drafts',
  sent: 'sent',
  'sent items': 'sent',
  'sent messages': 'sent',
  'sent mail': 'sent',
  送信済み: 'sent',
  送信済みトレイ: 'sent',
  trash: 'trash',
  'deleted items': 'trash',
  'deleted messages': 'trash',
  ゴミ箱: 'trash',
  ごみ箱: 'trash',
  junk: 'junk',
  spam: 'junk',
  'junk e-mail': 'junk',
  迷惑メール: 'junk',
  archive: 'archive',
  archives: 'archive',
  アーカイブ: 'archive',
};

export function roleOf(name: string): FolderRole {
  if (name === '') return 'inbox';
  return Object.hasOwn(roles, name.toLowerCase()) ? (roles[name.toLowerCase()] ?? null) : null;
}

/** One row of the catalog for a folder of a mailbox. */
export function catalogFolder(mailbox: LocalMailbox, directory: string, name: string): CatalogFolder {
  const path = directory === '' ? mailbox.path : join(mailbox.path, directory);
  return { key: stableId(mailbox.path, directory), mailbox: mailbox.id, address: mailbox.address, path, name, role: roleOf(name) };
}

/** All folders of a mailbox as they are on disk now. */
export async function foldersOf(mailbox: LocalMailbox): Promise<readonly CatalogFolder[]> {
  const folders = await listFolders(mailbox.path);
  return folders.map(({ directory, name }) => catalogFolder(mailbox, directory, name));
}
