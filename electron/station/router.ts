// An account's drop and the station's routing joined: header of a message -> Maildirs, relays, refusals, loops.
import { join } from 'node:path';
import type { Account } from '../../shared/account.js';
import type { Refusal, RouteResult } from '../../shared/route.js';
import type { Routing, Settings } from '../../shared/settings.js';
import { loopRefusal } from '../routing/loop.js';
import { recipients } from '../routing/recipients.js';
import { route, sizeRefusal } from '../routing/route.js';
import { type Destination, maildirPath, type Routed } from './destination.js';

export interface RouterDeps {
  readonly settings: () => Settings;
  readonly mailFolder: string;
  readonly host: string;
}

/** The routing of one account's run: settings as they are when it begins. */
export function accountRouter(deps: RouterDeps, account: Account): (header: Buffer, octets: number) => Routed {
  const { routing } = deps.settings();
  const relayed = account.target.kind !== 'maildir';
  const loops = {
    hopLimit: routing.hopLimit,
    host: deps.host,
    account: account.name,
    server: account.host,
    envelope: account.drop.kind === 'multidrop' ? account.drop.envelope : null,
  };
  return (header, octets) => {
    const { addresses, drop } = addressed(account, routing, header);
    const destinations: Destination[] = [];
    const refusals: Routed['refusals'][number][] = [];
    for (const address of addresses) {
      const result = route(address, routing, { relay: relayed });
      const refusal = loopRefusal(header, address, loops) ?? sizeRefusal(result, routing, octets);
      if (refusal === null) destinations.push(...targetsOf(deps, address, result));
      if (refusal !== null || result.refusal !== null) refusals.push({ address, refusal: refusal ?? (result.refusal as Refusal) });
    }
    return { destinations: unique(destinations), refusals, drop };
  };
}

function addressed(
  account: Account,
  routing: Routing,
  header: Buffer,
): { readonly addresses: readonly string[]; readonly drop: Routed['drop'] } {
  if (account.drop.kind === 'singledrop') return { addresses: account.drop.to, drop: 'single-drop' };
  const found = recipients(header, account.drop, routing);
  if (found.addresses.length > 0) return { addresses: found.addresses, drop: 'multi-drop' };
  return { addresses: [routing.postmaster ?? fallbackAddress(account)], drop: 'by default' };
}

/** Nobody is named and there is no postmaster: a mailbox after the account itself, so that nothing is lost. */
export function fallbackAddress(account: Account): string {
  if (account.drop.kind === 'singledrop') return account.drop.to[0] ?? account.user;
  return account.user.includes('@') ? account.user : `${account.user}@${account.host}`;
}

function targetsOf(deps: RouterDeps, originalTo: string, result: RouteResult): readonly Destination[] {
  return result.targets.map((target) => {
    if ('relay' in target) return { kind: 'relay', address: target.relay, originalTo };
    return { kind: 'maildir', maildir: maildirPath(deps.mailFolder, target.path), address: target.mailbox, originalTo };
  });
}

function unique(destinations: readonly Destination[]): readonly Destination[] {
  return [...new Map(destinations.map((one) => [one.kind === 'maildir' ? join(one.maildir) : `relay ${one.address}`, one])).values()];
}

/** Where mail for `address` would stand, for release, postmaster and Problems; null where it is refused or relayed. */
export function mailboxFor(deps: RouterDeps, address: string): { readonly maildir: string; readonly address: string } | null {
  const [target] = route(address, deps.settings().routing).targets;
  return target !== undefined && 'mailbox' in target
    ? { maildir: maildirPath(deps.mailFolder, target.path), address: target.mailbox }
    : null;
}
