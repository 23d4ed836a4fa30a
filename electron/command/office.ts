// What a command that only changes settings needs of a station: the lock, the settings, the secrets. No scanner, no catalog.
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { Context } from '../station/context.js';
import { makeHome } from '../station/home.js';
import { takeLock } from '../station/lock.js';
import { openSecrets, type Secrets } from '../station/secrets.js';
import { type OpenedSettings, openSettings } from '../station/settings.js';
import type { CommandIo } from './io.js';

export interface Office {
  readonly settings: OpenedSettings;
  readonly secrets: Secrets;
  readonly home: Context['home'];
}

/** Runs `work` with the lock held, or throws MailError `locked`. Notices of repaired settings are told. */
export async function withOffice<T>(io: CommandIo, work: (office: Office) => Promise<T>): Promise<T> {
  const home = await makeHome(io.home);
  const lock = takeLock(home.root);
  try {
    const settings = openSettings(home, () => undefined);
    for (const notice of settings.notices) io.err(`todoku: ${notice.text}`);
    return await work({ settings, secrets: openSecrets(home, null), home });
  } finally {
    lock.release();
  }
}

/** Reads without the lock: a running station may hold it, and its file is always whole. */
export async function withSettings<T>(io: CommandIo, work: (office: Office) => Promise<T>): Promise<T> {
  const home = await makeHome(io.home);
  const settings = openSettings(home, () => undefined);
  return work({ settings, secrets: openSecrets(home, null), home });
}

/** By id, else by name, else by user@host or user; throws `not-found`, naming what there is. */
export function findAccount(accounts: readonly Account[], word: string): Account {
  const ways: readonly ((account: Account) => boolean)[] = [
    ({ id }) => id === word,
    ({ name }) => name === word,
    ({ user, host }) => `${user}@${host}` === word,
    ({ user }) => user === word,
  ];
  for (const way of ways) {
    const found = accounts.filter(way);
    if (found.length === 1 && found[0] !== undefined) return found[0];
    if (found.length > 1)
      throw new MailError(
        'usage',
        `several accounts are called ${word}; name one by its id: ${found.map(({ id }) => id).join(', ')}`,
        false,
        { name: word },
      );
  }
  throw new MailError(
    'not-found',
    `there is no account ${word}; there are: ${accounts.map(({ name }) => name).join(', ') || 'none'}`,
    false,
    { name: word },
  );
}
