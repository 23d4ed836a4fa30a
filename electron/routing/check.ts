// Routing settings looked through before they are saved: what could never match, lead nowhere, or leave the mail folder.
import { isAbsolute } from 'node:path';
import type { Routing } from '../../shared/settings.js';
import { parseAddress } from './address.js';
import { expand } from './aliases.js';

export interface RoutingFault {
  /** Dotted, as in settings.json: mailboxes.3.path. */
  readonly at: string;
  readonly value: string;
  readonly why: string;
}

/** Empty when all is well. */
export function checkRouting(routing: Routing): readonly RoutingFault[] {
  return [...checkDomains(routing), ...checkMailboxes(routing), ...checkAliases(routing), ...checkPostmaster(routing)];
}

function isDomain(text: string): boolean {
  return parseAddress(`x@${text}`, 'localhost')?.domain === text.toLowerCase();
}

function checkDomains(routing: Routing): readonly RoutingFault[] {
  const all = [
    ...routing.domains.map((value, index) => ({ at: `domains.${index}`, value })),
    { at: 'localDomain', value: routing.localDomain },
  ];
  return all.filter(({ value }) => !isDomain(value)).map((one) => ({ ...one, why: 'this is not a domain' }));
}

/** user@domain, a bare name, or @domain. */
function isKey(text: string): boolean {
  if (text.startsWith('@')) return isDomain(text.slice(1));
  return parseAddress(text, 'localhost') !== null && (!/\s/.test(text) || text.startsWith('"'));
}

/** Below the mail folder without stepping out of it, or absolute (a Maildir taken over in place). S23. */
function pathFault(path: string): string | null {
  if (/[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]/.test(path)) return 'the path has control characters';
  const parts = path.split(/[/\\]/);
  if (parts.includes('..') || parts.includes('.')) return 'the path may not have . or .. in it';
  if (!isAbsolute(path) && path.startsWith('~')) return 'the path is taken as it is; ~ means nothing here';
  return path.replaceAll('/', '') === '' ? 'the path names no folder' : null;
}

function checkMailboxes(routing: Routing): readonly RoutingFault[] {
  const seen = new Set<string>();
  return routing.mailboxes.flatMap(({ address, path }, index) => {
    const faults: RoutingFault[] = [];
    if (!isKey(address)) faults.push({ at: `mailboxes.${index}.address`, value: address, why: 'this is neither an address nor @domain' });
    if (seen.has(address.toLowerCase())) faults.push({ at: `mailboxes.${index}.address`, value: address, why: 'it is there twice' });
    seen.add(address.toLowerCase());
    const why = pathFault(path);
    if (why !== null) faults.push({ at: `mailboxes.${index}.path`, value: path, why });
    return faults;
  });
}

function checkAliases(routing: Routing): readonly RoutingFault[] {
  const seen = new Set<string>();
  return routing.aliases.flatMap(({ from, to }, index) => {
    const faults: RoutingFault[] = [];
    if (!isKey(from)) faults.push({ at: `aliases.${index}.from`, value: from, why: 'this is neither an address nor @domain' });
    if (seen.has(from.toLowerCase())) faults.push({ at: `aliases.${index}.from`, value: from, why: 'it is there twice' });
    seen.add(from.toLowerCase());
    const wrong = to.find((one) => !isKey(one.trim()));
    if (wrong !== undefined) faults.push({ at: `aliases.${index}.to`, value: wrong, why: 'this is neither an address nor @domain' });
    if (faults.length === 0 && runsInCircles(from, routing))
      faults.push({ at: `aliases.${index}`, value: from, why: 'it leads back to itself without end' });
    return faults;
  });
}

function runsInCircles(from: string, routing: Routing): boolean {
  const address = parseAddress(from.startsWith('@') ? `x${from}` : from, routing.localDomain);
  return address !== null && expand(address, routing).overflow;
}

function checkPostmaster({ postmaster, localDomain }: Routing): readonly RoutingFault[] {
  if (postmaster === null || parseAddress(postmaster, localDomain) !== null) return [];
  return [{ at: 'postmaster', value: postmaster, why: 'this is not an address' }];
}

/** As one line for an error. */
export function faultText({ at, value, why }: RoutingFault): string {
  return `${at}: ${JSON.stringify(value)}: ${why}`;
}
