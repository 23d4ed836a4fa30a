// An account's drop and the station's routing joined: header of a message -> Maildirs, relays, refusals, loops.
import type { Account } from '../../shared/account.js';
import type { Refusal, RouteResult } from '../../shared/route.js';
import type { Routing, Settings } from '../../shared/settings.js';
import { loopRefusal } from '../routing/loop.js';
import { recipients } from '../routing/recipients.js';
import { route, sizeRefusal } from '../routing/route.js';
import { type Destination, maildirPath, placeOf, type Routed } from './destination.js';

export interface RouterDeps {
  readonly settings: () => Settings;
  readonly mailFolder: string;
  readonly host: string;
}

/** The routing of one account's run: settings as they are when it begins. */
export function accountRouter(deps: RouterDeps, account: Account): (header: Buffer, octets: number) => Routed {
  const { routing } = deps.settings();
  const onward = account.target.kind === 'maildir' ? null : account.target;
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
      const result = route(address, routing, { relay: onward !== null });
      const refusal = loopRefusal(header, address, loops) ?? sizeRefusal(result, routing, octets);
      if (refusal === null) destinations.push(...targetsOf(deps, address, result, onward));
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

/** One recipient, one Maildir: of such an account a message that stands in a Maildir under its key is delivered. */
export function deliversOnce(deps: RouterDeps, { drop, target }: Account): boolean {
  if (drop.kind !== 'singledrop' || target.kind !== 'maildir') return false;
  const found = drop.to.map((address) => route(address, deps.settings().routing));
  return (
    found.length === 1 && found.every(({ targets, refusal }) => refusal === null && targets.length === 1 && 'path' in (targets[0] ?? {}))
  );
}

function targetsOf(
  deps: RouterDeps,
  originalTo: string,
  result: RouteResult,
  onward: Exclude<Account['target'], { readonly kind: 'maildir' }> | null,
): readonly Destination[] {
  return result.targets.flatMap((target): readonly Destination[] => {
    if ('relay' in target) {
      const through = target.through ?? onward;
      return through === null ? [] : [{ kind: 'onward', target: through, address: target.relay, originalTo }];
    }
    return [{ kind: 'maildir', maildir: maildirPath(deps.mailFolder, target.path), address: target.mailbox, originalTo }];
  });
}

function unique(destinations: readonly Destination[]): readonly Destination[] {
  return [...new Map(destinations.map((one) => [placeOf(one), one])).values()];
}

/** Where mail for `address` would stand, for release, postmaster and Problems; null where it is refused or relayed. */
export function mailboxFor(deps: RouterDeps, address: string): { readonly maildir: string; readonly address: string } | null {
  const [target] = route(address, deps.settings().routing).targets;
  return target !== undefined && 'mailbox' in target
    ? { maildir: maildirPath(deps.mailFolder, target.path), address: target.mailbox }
    : null;
}
