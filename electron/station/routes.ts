// The routing part of the contract: read, write and try routes; and how an import is applied to the settings.
import { userInfo } from 'node:os';
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { type Imported, merge } from '../import/imported.js';
import { checkRouting, faultText } from '../routing/check.js';
import { route } from '../routing/route.js';
import type { Calls, SettingsStore } from './context.js';
import { mailboxSecret } from './onward-targets.js';
import type { Secrets } from './secrets.js';

export interface RouteDeps {
  readonly settings: SettingsStore;
  readonly secrets: Pick<Secrets, 'write'>;
}

/** `route.write` throws MailError `usage` that names the first entry which cannot be meant. */
export function routeCalls({ settings, secrets }: RouteDeps): Calls<'route.read' | 'route.write' | 'route.try' | 'route.secret'> {
  return {
    'route.read': async () => settings.read().routing,
    'route.write': async (routing) => {
      const [fault] = checkRouting(routing);
      if (fault !== undefined) throw new MailError('usage', faultText(fault), false, { name: fault.at, said: fault.why });
      return (await settings.update((current) => ({ ...current, routing }))).routing;
    },
    'route.secret': ({ kind, secret, ...relay }) => secrets.write(mailboxSecret(relay), { kind }, secret, 'relay'),
    'route.try': async ({ address, routing }) => route(address, routing ?? settings.read().routing),
  };
}

export interface ImportDeps {
  readonly settings: SettingsStore;
  /** Keeps a password where the account's `secret` reference says. Durable when it resolves. */
  storeSecret(account: Account, secret: string): Promise<void>;
  /** Where passwords of imported accounts are kept. */
  readonly secret: 'file' | 'keyring';
}

/** Secrets first: an account that is there can be fetched. */
export async function applyImport(
  imported: Imported,
  { settings, storeSecret }: Pick<ImportDeps, 'settings' | 'storeSecret'>,
): Promise<{ readonly added: readonly string[]; readonly updated: readonly string[] }> {
  const planned = merge(settings.read(), imported);
  for (const account of planned.settings.accounts) {
    const secret = planned.secrets[account.id];
    if (secret !== undefined) await storeSecret(account, secret);
  }
  await settings.update((current) => merge(current, imported).settings);
  return { added: planned.added, updated: planned.updated };
}

/** Whom fetchmail would log in as where the file names nobody. */
export function localUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // A user id without a name (in a container).
    return undefined;
  }
}
