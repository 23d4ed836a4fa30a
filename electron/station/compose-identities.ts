// As whom we write: the identities of every account, and the one that a message was sent to.
import type { Account } from '../../shared/account.js';
import type { ComposeIdentity } from '../../shared/compose.js';
import { fallbackAddress } from './router.js';

/** Those that can send come first. An account without identities writes from where its mail goes. */
export function identitiesOf(accounts: readonly Account[]): readonly ComposeIdentity[] {
  const all = accounts.flatMap((account) => {
    const facts = { account: account.id, accountName: account.name, canSend: account.sending !== null };
    const own = account.identities.map(({ name, address, replyTo, signature }) => ({ ...facts, name, address, replyTo, signature }));
    const address = fallbackAddress(account);
    return own.length > 0 || !address.includes('@') ? own : [{ ...facts, name: '', address, replyTo: '', signature: '' }];
  });
  return [...all.filter(({ canSend }) => canSend), ...all.filter(({ canSend }) => !canSend)];
}

export function isOwn(identities: readonly ComposeIdentity[], address: string): boolean {
  return identities.some((identity) => identity.address.toLowerCase() === address.toLowerCase());
}

/** The one that the message names, in this order; else the one of its mailbox's account; else the first. */
export function identityFor(
  identities: readonly ComposeIdentity[],
  named: readonly string[],
  account: string | null,
): ComposeIdentity | undefined {
  const byAddress = named.map((address) => identities.find((identity) => identity.address.toLowerCase() === address.toLowerCase()));
  return byAddress.find((found) => found !== undefined) ?? identities.find((identity) => identity.account === account) ?? identities[0];
}
