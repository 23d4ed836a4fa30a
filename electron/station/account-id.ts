// Ids of accounts: made once from user and host, never reused while the account is there.
import type { Account } from '../../shared/account.js';

/** A free id made of user and host, for an account that has none yet. */
export function freeId(accounts: readonly Account[], user: string, host: string): string {
  const base =
    `${user}-${host}`
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 55) || 'account';
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!accounts.some((account) => account.id === id)) return id;
  }
}
