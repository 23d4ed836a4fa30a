// Which addresses are the open network: a mail may not make us knock at this machine, its neighbours, or what only
// looks far away (IANA's special-purpose registries, RFC 6890). What is not known to be public is not.
import { BlockList, isIP } from 'node:net';

const special = new BlockList();
const networks4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4';
/** Inside 2000::/3: protocol assignments with Teredo and ORCHID, documentation, 6to4 (which names an IPv4 host), AS112. */
const networks6 = '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20';
/** The only part of IPv6 that is given out: mapped, translated, unique local, link-local and multicast lie outside. */
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');
for (const [list, family] of [
  [networks4, 'ipv4'],
  [networks6, 'ipv6'],
] as const) {
  for (const network of list.split(' ')) {
    const [address = '', bits = ''] = network.split('/');
    special.addSubnet(address, Number(bits), family);
  }
}

/** `address` as numbers, without brackets or zone. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  return family === 6 && !address.includes('%') && global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** Where a URL may lead at all: http or https, no user name, a web port. Null where it may not. */
export function webAddress(text: string, most: number): URL | null {
  if (text.length > most) return null;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  const port = url.port === '' ? 0 : Number(url.port);
  const web = (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '' && url.username === '' && url.password === '';
  // Below 1024 stand mail, shells and file servers, which would read a request as their own commands.
  return web && (port === 0 || port === 80 || port === 443 || port >= 1024) ? url : null;
}
