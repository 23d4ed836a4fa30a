// Where mail to an address goes: aliases first, to their end (cleanup(8)), then the mailbox map (virtual(8)), each step
// written down. A declared domain refuses whom it does not know; any other address has a mailbox of its own.
import type { DeliveryTarget } from '../../shared/account.js';
import type { Refusal, RouteResult, RouteStep, RouteTarget } from '../../shared/route.js';
import type { Routing, VirtualMailbox } from '../../shared/settings.js';
import { type Address, parseAddress, splitExtension, written } from './address.js';
import { expand } from './aliases.js';
import { defaultPath } from './path.js';
import { type Key, mailboxKeys, tablesOf } from './tables.js';

export interface RouteOptions {
  /** The account hands its mail to a relay: every final address is the relay's to know. */
  readonly relay?: boolean;
}

/** Pure, and it never throws. When an alias has several results, some may be targets while one is refused: both are set. */
export function route(address: string, routing: Routing, options: RouteOptions = {}): RouteResult {
  const parsed = parseAddress(address, routing.localDomain);
  const steps: RouteStep[] = [{ kind: 'start', key: address, result: parsed === null ? [] : [written(parsed)], note: '' }];
  if (parsed === null) return refused(address, steps, badAddress());
  const expansion = expand(parsed, routing);
  steps.push(...expansion.steps);
  if (expansion.overflow) return refused(address, steps, aliasLoop());
  if (expansion.steps.length === 0 && routing.aliases.length > 0)
    steps.push({ kind: 'alias', key: written(parsed), result: [], note: 'no alias' });
  const targets: RouteTarget[] = [];
  let refusal: Refusal | null = null;
  for (const final of expansion.addresses) {
    const target = options.relay === true ? relay(final, steps) : mailbox(final, routing, steps);
    if (target !== null) targets.push(target);
    else refusal ??= unknownUser(written(final));
  }
  return { address, steps, targets: unique(targets), refusal };
}

function relay(address: Address, steps: RouteStep[]): RouteTarget {
  steps.push({ kind: 'relay', key: written(address), result: [written(address)], note: 'handed to the relay' });
  return { relay: written(address) };
}

function mailbox(address: Address, routing: Routing, steps: RouteStep[]): RouteTarget | null {
  const found = findMailbox(address, routing, steps);
  if (found !== null) return found;
  if (tablesOf(routing).domains.has(address.domain)) {
    steps.push({ kind: 'refused', key: written(address), result: [], note: `${address.domain} is declared, and has no such mailbox` });
    return null;
  }
  const box = { ...address, local: splitExtension(address.local, routing.recipientDelimiter).base };
  const path = defaultPath(box);
  steps.push({
    kind: 'undeclared',
    key: address.domain,
    result: [path],
    note: `${address.domain} is not declared: the address is a mailbox`,
  });
  return { mailbox: written(box), path };
}

function findMailbox(address: Address, routing: Routing, steps: RouteStep[]): RouteTarget | null {
  const { mailboxes } = tablesOf(routing);
  if (mailboxes.size === 0) return null;
  for (const key of mailboxKeys(address, routing.recipientDelimiter)) {
    const found = mailboxes.get(key.key);
    steps.push({ kind: kindOf(key), key: key.key, result: found === undefined ? [] : [found.path], note: '' });
    if (found === undefined) continue;
    const name = nameOf(address, key, found);
    if (found.target === undefined || found.target.kind === 'maildir') return { mailbox: name, path: found.path };
    steps.push({ kind: 'relay', key: name, result: [targetName(found.target)], note: 'handed on instead of delivered' });
    return { relay: name, through: found.target };
  }
  return null;
}

/** In words for a step: `smtp mx.example:25`, `lmtp /run/lmtp`, `imap ACCOUNT FOLDER`. */
export function targetName(target: DeliveryTarget): string {
  if (target.kind === 'maildir') return 'maildir';
  if (target.kind === 'imap') return `imap ${target.account} ${target.folder}`;
  return `${target.kind} ${target.kind === 'lmtp' && target.socket !== null ? target.socket : `${target.host}:${target.port}`}`;
}

const kindOf = ({ kind }: Key): RouteStep['kind'] => (kind === 'whole' ? 'mailbox' : kind);

/** The mailbox as the settings name it; in a catch-all, the address itself. */
function nameOf(address: Address, key: Key, found: VirtualMailbox): string {
  return key.kind === 'catch-all' ? written(address) : found.address.includes('@') ? found.address : key.key;
}

/** The limit of the mailbox that takes mail to a final address; null: the routing's own. */
export function limitOf(address: string, routing: Routing): number | null {
  const parsed = parseAddress(address, routing.localDomain);
  if (parsed === null) return null;
  const { mailboxes } = tablesOf(routing);
  for (const { key } of mailboxKeys(parsed, routing.recipientDelimiter)) {
    const found = mailboxes.get(key);
    if (found !== undefined) return found.limit;
  }
  return null;
}

/** 552 5.3.4 when one of the limits that apply is passed: a message's, a mailbox's own, and the general mailbox's. */
export function sizeRefusal(result: RouteResult, routing: Routing, octets: number): Refusal | null {
  const own = result.targets.map((target) => ('mailbox' in target ? (limitOf(target.mailbox, routing) ?? 0) : 0));
  const limits = [routing.messageSizeLimit, routing.mailboxSizeLimit, ...own].filter((limit) => limit > 0);
  return limits.some((limit) => octets > limit) ? { code: 552, status: '5.3.4', text: '552 5.3.4 Message size exceeds fixed limit' } : null;
}

function refused(address: string, steps: readonly RouteStep[], refusal: Refusal): RouteResult {
  return { address, steps: [...steps, { kind: 'refused', key: address, result: [], note: refusal.text }], targets: [], refusal };
}

function unknownUser(address: string): Refusal {
  return {
    code: 550,
    status: '5.1.1',
    text: `550 5.1.1 <${address}>: Recipient address rejected: User unknown in virtual mailbox table`,
  };
}

function badAddress(): Refusal {
  return { code: 501, status: '5.1.3', text: '501 5.1.3 Bad recipient address syntax' };
}

/** Temporary, as in Postfix: the table is at fault, not the mail. */
function aliasLoop(): Refusal {
  return { code: 451, status: '4.6.0', text: '451 4.6.0 Alias expansion error' };
}

function unique(targets: readonly RouteTarget[]): readonly RouteTarget[] {
  return [...new Map(targets.map((target) => ['path' in target ? `box ${target.path}` : `relay ${target.relay}`, target])).values()];
}
