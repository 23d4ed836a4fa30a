// Accounts as a file of our own, without their secrets: written by `account export`, read by an import of kind `accounts`.
// A password command is kept, because it names where the secret is; what was stored is asked for again.
import { type Account, account as accountSchema } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { accountId, type Imported, type NotTaken } from './imported.js';

const format = 'todoku-accounts';
const version = 1;

/** JSON, one account after the other, ending in a newline. */
export function writeAccounts(accounts: readonly Account[]): string {
  return `${JSON.stringify({ format, version, accounts }, null, 2)}\n`;
}

/** Throws MailError `usage` when the text is no such file, `settings-newer` when a later Todoku wrote it. */
export function importAccounts(text: string): Imported {
  const taken: string[] = [];
  const notTaken: NotTaken[] = [];
  const accounts: Account[] = [];
  for (const [index, entry] of entriesOf(text).entries()) {
    const parsed = accountSchema.safeParse(entry);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      notTaken.push({ line: null, text: `accounts[${index}]`, why: `${issue?.path.join('.')}: ${issue?.message}` });
      continue;
    }
    const { user, host, port, protocol, secret, name, security } = parsed.data;
    const id = accountId(user, host, new Set(accounts.map((known) => known.id)));
    accounts.push({ ...parsed.data, id });
    taken.push(`${name}: account ${id}; ${protocol.toUpperCase()} ${host}:${port}; ${security}`);
    if (secret.kind !== 'command')
      notTaken.push({ line: null, text: name, why: 'secrets are never exported; its password will be asked for' });
  }
  return { accounts, routing: {}, secrets: {}, taken, notTaken };
}

function entriesOf(text: string): readonly unknown[] {
  const file = parse(text);
  if (file.format !== format || !Array.isArray(file.accounts))
    throw new MailError('usage', 'this is not a file of accounts that Todoku exported', false);
  if (file.version !== version)
    throw new MailError('settings-newer', `the accounts are of version ${String(file.version)}; this Todoku knows ${version}`, false, {
      name: String(file.version),
    });
  return file.accounts;
}

function parse(text: string): { readonly [key: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown }) : {};
  } catch (cause) {
    throw new MailError('usage', `this is not JSON: ${(cause as Error).message}`, false, { cause });
  }
}
