// Alias expansion as cleanup(8) does it: each address is looked up again until nothing more is found. An address that
// expands into itself is final from then on (an identity entry). Aliases that chase their tail run into the limits.
import type { RouteStep } from '../../shared/route.js';
import type { Routing } from '../../shared/settings.js';
import { type Address, parseAddress, splitExtension, written } from './address.js';
import { aliasKeys, type Key, tablesOf } from './tables.js';

/** Postfix: virtual_alias_recursion_limit, virtual_alias_expansion_limit, virtual_alias_address_length_limit. */
export const aliasLimit = 1000;
/** What is shown of a table that runs in circles. */
const mostSteps = 50;

export interface Expansion {
  readonly addresses: readonly Address[];
  readonly steps: readonly RouteStep[];
  /** A limit was passed: the alias table is broken, nothing is delivered. */
  readonly overflow: boolean;
}

interface Found {
  readonly key: Key;
  readonly results: readonly Address[];
}

export function expand(address: Address, routing: Routing): Expansion {
  const steps: RouteStep[] = [];
  const final = new Set<string>();
  const addresses: Address[] = [address];
  const overflow = { addresses: [], steps: steps, overflow: true };
  for (let index = 0; index < addresses.length; index += 1) {
    for (let depth = 0; ; depth += 1) {
      const current = addresses[index];
      if (current === undefined || final.has(written(current))) break;
      if (depth >= aliasLimit || addresses.length > aliasLimit) return overflow;
      const found = lookUp(current, routing);
      if (found === null) break;
      if (steps.length < mostSteps) steps.push(step(current, found));
      if (found.results.some((one) => written(one).length > aliasLimit)) return overflow;
      if (found.results.some((one) => written(one) === written(current))) final.add(written(current));
      const [first, ...more] = found.results;
      addresses.splice(index, 1, ...(first === undefined ? [] : [first]));
      addresses.push(...more);
    }
  }
  return { addresses: unique(addresses), steps, overflow: false };
}

function lookUp(address: Address, routing: Routing): Found | null {
  const { aliases, localDomain } = tablesOf(routing);
  for (const key of aliasKeys(address, routing.recipientDelimiter, address.domain === localDomain)) {
    const to = aliases.get(key.key);
    if (to === undefined) continue;
    const results = to.map((text) => result(text, address, key, routing)).filter((one) => one !== null);
    if (results.length > 0) return { key, results };
  }
  return null;
}

/** `@other` keeps the local part; what the key left out is added again. */
function result(text: string, from: Address, key: Key, routing: Routing): Address | null {
  const { base } = splitExtension(from.local, routing.recipientDelimiter);
  const whole = text.trim().startsWith('@') ? `${key.unmatched === '' ? from.local : base}${text.trim()}` : text;
  const parsed = parseAddress(whole, tablesOf(routing).localDomain);
  return parsed === null ? null : { ...parsed, local: `${parsed.local}${key.unmatched}` };
}

const notes = { whole: '', extension: 'found without the extension, which is kept', 'catch-all': 'catch-all of the domain' } as const;

function step(address: Address, { key, results }: Found): RouteStep {
  const same = results.some((one) => written(one) === written(address));
  return {
    kind: key.kind === 'catch-all' ? 'catch-all' : 'alias',
    key: key.key,
    result: results.map(written),
    note: same ? 'names itself: this address is not looked up again' : notes[key.kind],
  };
}

function unique(addresses: readonly Address[]): readonly Address[] {
  return [...new Map(addresses.map((address) => [written(address), address])).values()];
}
