// settings.json: read with care, written atomically through conf, with the last good copy beside it.
// A file that cannot be read is set aside, never overwritten; the last good copy takes its place and the user is told.
import { chmodSync, closeSync, copyFileSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Conf from 'conf';
import type { EmitEvent } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import { type Settings, settings as schema, settingsVersion } from '../../shared/settings.js';
import type { Notice } from '../../shared/station.js';
import type { Home, SettingsStore } from './context.js';
import { migrate } from './migrations.js';

type Store = Pick<Conf<Record<string, unknown>>, 'store' | 'path'>;
/** conf's interface, which electron-store shares: the Electron face passes its own class. It calls `configName` `name`. */
export type StoreClass = new (options: ConstructorParameters<typeof Conf<Record<string, unknown>>>[0] & { readonly name: string }) => Store;

export interface OpenedSettings extends SettingsStore {
  /** What was repaired while opening. */
  readonly notices: readonly Notice[];
}

const lastGood = (path: string) => `${path}.last-good`;

/** Throws MailError `settings-newer` (left untouched) or `settings-corrupt` when neither the file nor its copy can be read. */
export function openSettings(home: Home, emit: EmitEvent, GivenStore?: StoreClass): OpenedSettings {
  const notices: Notice[] = [];
  const first = load(home.settings, notices);
  // conf is loaded with the first change: a command that only reads does not wait for it.
  let store: Store | null = null;
  const open = async () => {
    const Made: StoreClass = GivenStore ?? (await import('conf')).default;
    store ??= new Made({
      cwd: dirname(home.settings),
      configName: 'settings',
      name: 'settings',
      fileExtension: 'json',
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      serialize: (value) => `${JSON.stringify(value, null, 2)}\n`,
    });
    // What is written elsewhere would be gone with the next start.
    if (store.path !== home.settings) throw new MailError('internal', `the settings would go to ${store.path}`, true, { path: store.path });
    return store;
  };
  let current = first;
  return {
    notices,
    read: () => current,
    async update(change) {
      const file = await open();
      const next = schema.parse(change(current));
      guarded(home.settings, () => {
        file.store = next as unknown as Record<string, unknown>;
        fsyncFolder(dirname(home.settings));
        copyFileSync(home.settings, lastGood(home.settings));
        chmodSync(lastGood(home.settings), 0o600);
      });
      current = next;
      emit('settings.changed', {});
      return next;
    },
  };
}

function load(path: string, notices: Notice[]): Settings {
  if (!existsSync(path)) return existsSync(lastGood(path)) ? restore(path, notices, 'it is missing') : schema.parse({});
  if ((statSync(path).mode & 0o077) !== 0) {
    chmodSync(path, 0o600);
    notices.push({ kind: 'settings-mode', text: `${path} could be read by others; its mode is 0600 again` });
  }
  try {
    return parseSettings(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof MailError && error.code === 'settings-newer') throw error;
    const aside = `${path}.broken-${new Date().toISOString().replace(/[:.]/g, '')}`;
    renameSync(path, aside);
    return restore(path, notices, `it cannot be read (${(error as Error).message.slice(0, 200)}) and lies in ${aside} now`);
  }
}

function restore(path: string, notices: Notice[], why: string): Settings {
  const copy = lastGood(path);
  try {
    const settings = existsSync(copy) ? parseSettings(readFileSync(copy, 'utf8'), copy) : schema.parse({});
    if (existsSync(copy)) copyFileSync(copy, path);
    notices.push({
      kind: 'settings-restored',
      text: `${path}: ${why}; ${existsSync(copy) ? 'the last good copy is used' : 'the defaults are used'}`,
    });
    return settings;
  } catch (cause) {
    throw new MailError('settings-corrupt', `neither ${path} nor its last good copy can be read: ${(cause as Error).message}`, false, {
      cause,
      path,
    });
  }
}

/** What a settings file says, brought to the newest version; nothing is written. Throws MailError `settings-newer`, or what is wrong with it. */
export function parseSettings(text: string, path: string): Settings {
  const value = JSON.parse(text) as { version?: unknown };
  if (typeof value.version === 'number' && value.version > settingsVersion) {
    throw new MailError('settings-newer', `${path} is of version ${value.version}; this Todoku knows up to ${settingsVersion}`, false, {
      path,
      name: String(value.version),
    });
  }
  return schema.parse(migrate(value));
}

function fsyncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function guarded(path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new MailError(code === 'ENOSPC' ? 'disk-full' : 'not-writable', `cannot write ${path}: ${message}`, true, {
      cause,
      path,
      said: message,
    });
  }
}
