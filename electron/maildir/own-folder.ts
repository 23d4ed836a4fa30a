// The folder of a mailbox that plays a part (Drafts, Sent, Trash): the one that is there under any of its usual names, else
// `.Drafts`, `.Sent` or `.Trash`, made and subscribed so that other clients of the same Maildir show it, too.
import { join } from 'node:path';
import { createFolder, listFolders } from './folders.js';
import { subscribe } from './subscriptions.js';

const names = { drafts: 'Drafts', sent: 'Sent', trash: 'Trash' } as const;
export type OwnRole = keyof typeof names;

/** Absolute path, where there is one; nothing is made. */
export async function presentFolder(maildir: string, role: OwnRole, roleOf: (name: string) => string | null): Promise<string | null> {
  const folders = await listFolders(maildir);
  const ours = folders.find(({ name }) => name === names[role]) ?? folders.find(({ name }) => roleOf(name) === role);
  return ours === undefined ? null : join(maildir, ours.directory);
}

/** Absolute path of the folder's Maildir. `roleOf` judges a decoded name. Throws as createFolder() does. */
export async function ownFolder(maildir: string, role: OwnRole, roleOf: (name: string) => string | null): Promise<string> {
  const present = await presentFolder(maildir, role, roleOf);
  if (present !== null) return present;
  const { directory } = await createFolder(maildir, names[role]).catch(async (error: unknown) => {
    const made = (await listFolders(maildir)).find(({ name }) => name === names[role]);
    if (made === undefined) throw error;
    return made;
  });
  await subscribe(maildir, directory, true);
  return join(maildir, directory);
}
