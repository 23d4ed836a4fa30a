// What a backup is: one tar with the settings, without or with the stored secrets, and each message under its Maildir's name. The
// list at its end says what belongs to it, so that one cut short is known.
//   todoku/settings.json  todoku/secrets.json  mail/DOMAIN/USER/[.FOLDER/](new|cur)/NAME  held/(new|cur)/NAME  held/reason/NAME
//   outside/N/...: a mailbox elsewhere, taken over in place        todoku/list.json
import { join, sep } from 'node:path';
import { z } from 'zod';

export const backupVersion = 1;
export const settingsEntry = 'todoku/settings.json';
export const secretsEntry = 'todoku/secrets.json';
export const listEntry = 'todoku/list.json';

export const backupList = z.object({
  backup: z.literal(backupVersion),
  /** ISO 8601. */
  made: z.string(),
  version: z.string(),
  /** Absolute paths of mailboxes outside the mail folder, by their number. */
  outside: z.array(z.string()),
  /** Name -> [octets, SHA-256]. */
  entries: z.record(z.string(), z.tuple([z.number(), z.string()])),
});
export type BackupList = z.infer<typeof backupList>;

/** A folder that is saved: where it lies, and what its entries' names begin with. */
export interface SavedRoot {
  readonly prefix: string;
  readonly path: string;
}

export interface EntryPlace {
  /** Folder of the message's Maildir, or of the small file. */
  readonly folder: string;
  readonly part: 'new' | 'cur' | 'file';
  readonly name: string;
  /** Its whole mailbox: a message that was moved within it is not missing. */
  readonly mailbox: string;
}

const safeSegment = (segment: string) => segment !== '' && segment !== '.' && segment !== '..' && !/[\0\\]/.test(segment);
const smallFiles = new Set(['subscriptions', 'maildirfolder']);

/** Where an entry belongs below its root; null: it is none of ours, or would lead elsewhere. */
export function placeOf(entry: string, roots: readonly SavedRoot[]): EntryPlace | null {
  const root = roots.find(({ prefix }) => entry.startsWith(`${prefix}/`));
  if (root === undefined) return null;
  const segments = entry.slice(root.prefix.length + 1).split('/');
  if (!segments.every(safeSegment)) return null;
  const name = segments.at(-1) ?? '';
  const part = segments.at(-2);
  if (part === 'new' || part === 'cur') {
    const folder = segments.slice(0, -2);
    const mailbox = folder.filter((segment) => !segment.startsWith('.'));
    return { folder: join(root.path, ...folder), part, name, mailbox: join(root.path, ...mailbox) };
  }
  const reason = root.prefix === 'held' && segments.length === 2 && part === 'reason';
  if (!reason && !smallFiles.has(name)) return null;
  return { folder: join(root.path, ...segments.slice(0, -1)), part: 'file', name, mailbox: root.path };
}

export function inside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
