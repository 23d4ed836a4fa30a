// A backup restored. It is verified wholly first; then mail, then secrets, then settings. Mail that is here is never overwritten, and
// a message that stands anywhere in its mailbox is not brought a second time: killed midway, it is simply done again.
import { createHash } from 'node:crypto';
import { link, mkdir, open, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../shared/error.js';
import { settings as settingsSchema } from '../../shared/settings.js';
import { diskError, makeMaildir, syncFolder } from '../maildir/deliver.js';
import { newName, parseName } from '../maildir/names.js';
import { type EntryPlace, placeOf, type SavedRoot } from './backup-names.js';
import { type BackupEntry, entriesOf, type VerifiedBackup, verifyBackup } from './backup-read.js';
import { filesOf } from './backup-walk.js';
import type { Home, SettingsStore } from './context.js';
import { migrate } from './migrations.js';
import { mergeSecrets } from './secrets.js';

export interface RestorePlan {
  readonly home: Home;
  readonly settings: SettingsStore;
  readonly withSettings: boolean;
  readonly withMail: boolean;
}
export interface Restored {
  readonly made: string;
  readonly messages: number;
  /** Messages that were here already. */
  readonly present: number;
  readonly settings: boolean;
  readonly secrets: number;
  /** Where the settings that were replaced are kept; null: none were. */
  readonly aside: string | null;
}

/** Throws MailError `usage` (no whole backup, nothing was written), `disk-full`, `not-writable`, `settings-newer`. */
export async function restoreBackup(plan: RestorePlan, path: string): Promise<Restored> {
  const backup = await verifyBackup(path);
  const next = plan.withSettings ? readSettings(backup) : null;
  const { messages, present } = plan.withMail ? await restoreMail(plan.home, backup, path) : { messages: 0, present: 0 };
  const secrets = plan.withSettings && backup.secrets !== null ? mergeSecrets(plan.home.secrets, backup.secrets) : 0;
  const aside = next === null ? null : await setAside(plan);
  if (next !== null) await plan.settings.update(() => next);
  return { made: backup.list.made, messages, present, settings: next !== null, secrets, aside };
}

function readSettings({ settings }: VerifiedBackup) {
  const parsed = settingsSchema.safeParse(migrate(settings as { version?: unknown }));
  if (parsed.success) return parsed.data;
  throw new MailError('settings-newer', 'the settings in this backup are of another version of Todoku', false, { path: 'settings.json' });
}

/** The settings that are here now, under a name of their own. */
async function setAside({ home, settings }: RestorePlan): Promise<string | null> {
  const path = `${home.settings}.before-restore-${new Date().toISOString().replace(/[:.]/g, '')}`;
  if (settings.read().accounts.length === 0) return null;
  await writeNew(path, Buffer.from(`${JSON.stringify(settings.read(), null, 2)}\n`));
  await syncFolder(home.root);
  return path;
}

async function restoreMail(home: Home, { list, settings }: VerifiedBackup, path: string) {
  const roots = rootsFor(home, list.outside, settings);
  const present = await presentIn(roots);
  const changed = new Set<string>();
  let [messages, known] = [0, 0];
  for await (const entry of entriesOf(path)) {
    const place = placeOf(entry.name, roots);
    const identity = place === null ? null : identityOf(place);
    if (place === null || identity === null || present.has(identity)) {
      for await (const _ of entry.body);
      known += place !== null && place.part !== 'file' ? 1 : 0;
      continue;
    }
    const [, sha256 = ''] = list.entries[entry.name] ?? [];
    await restoreOne(place, entry, sha256);
    present.add(identity);
    changed.add(place.part === 'file' ? place.folder : join(place.folder, place.part));
    messages += place.part === 'file' ? 0 : 1;
  }
  for (const folder of changed) await syncFolder(folder);
  return { messages, present: known };
}

/** A mailbox elsewhere is restored where the backup's own routing has it, and nowhere else. */
function rootsFor(home: Home, outside: readonly string[], settings: unknown): readonly SavedRoot[] {
  const parsed = settingsSchema.safeParse(settings);
  const routed = parsed.success ? parsed.data.routing.mailboxes.map((mailbox) => mailbox.path.replace(/\/+$/, '')) : [];
  const allowed = outside.flatMap((path, index) => (routed.includes(path) ? [{ prefix: `outside/${index}`, path }] : []));
  return [{ prefix: 'mail', path: home.mail }, { prefix: 'held', path: home.quarantine }, ...allowed];
}

function identityOf({ part, folder, mailbox, name }: EntryPlace): string {
  return part === 'file' ? join(folder, name) : `${mailbox}\0${parseName(name).base}`;
}

async function presentIn(roots: readonly SavedRoot[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const root of roots) for await (const { place } of filesOf(root)) found.add(identityOf(place));
  return found;
}

/** Complete and fsynced before it has its name; link() never replaces a file. */
async function restoreOne({ folder, part, name }: EntryPlace, { body, modified }: BackupEntry, sha256: string): Promise<void> {
  try {
    const target = part === 'file' ? join(folder, name) : join(folder, part, name);
    if (part === 'file') await mkdir(folder, { recursive: true, mode: 0o700 });
    else await makeMaildir(folder);
    const tmp = part === 'file' ? `${target}.${newName('')}` : join(folder, 'tmp', newName(''));
    try {
      await writeChecked(tmp, body, sha256);
      if (modified !== null) await utimes(tmp, modified, modified);
      await link(tmp, target);
    } finally {
      await rm(tmp, { force: true });
    }
  } catch (error) {
    throw diskError(error, folder);
  }
}

async function writeChecked(path: string, body: AsyncIterable<Uint8Array>, sha256: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  try {
    for await (const chunk of body) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (hash.digest('hex') !== sha256) throw new MailError('conflict', 'the backup changed while it was restored', true, { path });
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
