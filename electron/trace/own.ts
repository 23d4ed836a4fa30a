// The hosts that a person calls their own: names with what is below them, and networks (`192.0.2.0/24`, `2001:db8::/32`, one address).
import { BlockList, isIP } from 'node:net';

export interface OwnHosts {
  readonly names: readonly string[];
  /** Is this address in one of the networks? */
  holds(ip: string): boolean;
}

/** What is neither a name nor a network holds nothing. */
export function ownHosts(entries: readonly string[]): OwnHosts {
  const list = new BlockList();
  const names: string[] = [];
  for (const entry of entries.map((each) => each.trim().replace(/^\[(.*)\]$/, '$1'))) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address);
    if (family === 0) names.push(entry);
    else addNetwork(list, address, bits, family === 4 ? 'ipv4' : 'ipv6');
  }
  return { names: names.filter((name) => name !== '' && !name.includes('/')), holds: (ip) => checks(list, ip) };
}

function addNetwork(list: BlockList, address: string, bits: string | undefined, family: 'ipv4' | 'ipv6'): void {
  const most = family === 'ipv4' ? 32 : 128;
  const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : most + 1;
  if (length <= most) list.addSubnet(address, length, family);
}

function checks(list: BlockList, ip: string): boolean {
  const family = isIP(ip);
  return family !== 0 && list.check(ip, family === 4 ? 'ipv4' : 'ipv6');
}
