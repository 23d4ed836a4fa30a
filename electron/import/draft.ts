// What the smaller imports have in common: a report that grows line by line, and accounts made from what was read.
import { type Account, type AccountInput, account } from '../../shared/account.js';
import type { Routing } from '../../shared/settings.js';
import { accountId, type Imported, type NotTaken } from './imported.js';

export class Draft {
  readonly accounts: Account[] = [];
  readonly secrets: Record<string, string> = {};
  readonly taken: string[] = [];
  readonly notTaken: NotTaken[] = [];
  readonly routing: Partial<Routing> = {};

  take(line: number | null, text: string): void {
    this.taken.push(line === null ? text : `line ${line}: ${text}`);
  }
  refuse(line: number | null, text: string, why: string): void {
    this.notTaken.push({ line, text, why });
  }

  /** Adds the account, or says why there can be none. */
  add(line: number | null, label: string, input: Omit<AccountInput, 'id'>, password: string | null, kept: 'file' | 'keyring'): void {
    const id = accountId(input.user, input.host, new Set(this.accounts.map((known) => known.id)));
    const secret = password === null ? input.secret : { kind: kept };
    const parsed = account.safeParse({ ...input, id, ...(secret === undefined ? {} : { secret }) });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      this.refuse(line, label, `${issue?.path.join('.')}: ${issue?.message}`);
      return;
    }
    const { protocol, host, port, security, fetch } = parsed.data;
    this.accounts.push(parsed.data);
    if (password !== null) this.secrets[id] = password;
    this.take(
      line,
      `${label}: account ${id}; ${protocol.toUpperCase()} ${host}:${port}; ${security}; ${fetch.retention.kind === 'keep' ? 'kept on the server' : fetch.retention.kind === 'days' ? `deleted from the server after ${fetch.retention.days} days` : 'deleted from the server after delivery'}`,
    );
  }

  imported(): Imported {
    return { accounts: this.accounts, routing: this.routing, secrets: this.secrets, taken: this.taken, notTaken: this.notTaken };
  }
}

/** Where mail of an account goes when the file does not say. */
export function ownAddress(user: string, host: string): string {
  return user.includes('@') ? user : `${user}@${host}`;
}
