// What is not right in a routing, by place ('mailboxes.3.path'), as it is typed. The station checks again when it is saved.
import type { Routing } from '../../../shared/settings.js';
import type { TextKey } from '../../text/text.js';

export type RouteFaults = ReadonlyMap<string, TextKey>;

const domainShape = /^(?!-)[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u;
const isDomain = (text: string) => text.length <= 253 && domainShape.test(text);
const isKey = (text: string): boolean => {
  if (text.startsWith('@')) return isDomain(text.slice(1));
  const at = text.lastIndexOf('@');
  if (at < 0) return text !== '' && !/\s/.test(text);
  return at > 0 && !/\s/.test(text) && isDomain(text.slice(at + 1));
};
const isPath = (path: string) =>
  path.replaceAll('/', '') !== '' && !path.startsWith('~') && !path.split(/[/\\]/).some((part) => /^\.{1,2}$/.test(part));

export function checkRoutes(routing: Routing): RouteFaults {
  const faults = new Map<string, TextKey>();
  const put = (at: string, good: boolean, word: TextKey) => {
    if (!good && !faults.has(at)) faults.set(at, word);
  };
  const domains = routing.domains.map((name) => name.toLowerCase());
  const addresses = routing.mailboxes.map(({ address }) => address.toLowerCase());
  const aliases = routing.aliases.map(({ from }) => from.toLowerCase());
  for (const [index, name] of domains.entries()) {
    put(`domains.${index}`, isDomain(name), 'routes.wrongDomain');
    put(`domains.${index}`, domains.indexOf(name) === index, 'routes.wrongTwice');
  }
  for (const [index, { address, path }] of routing.mailboxes.entries()) {
    put(`mailboxes.${index}.address`, isKey(address), 'routes.wrongKey');
    put(`mailboxes.${index}.address`, addresses.indexOf(address.toLowerCase()) === index, 'routes.wrongTwice');
    put(`mailboxes.${index}.path`, isPath(path), 'routes.wrongPath');
  }
  for (const [index, { from, to }] of routing.aliases.entries()) {
    put(`aliases.${index}.from`, isKey(from), 'routes.wrongKey');
    put(`aliases.${index}.from`, aliases.indexOf(from.toLowerCase()) === index, 'routes.wrongTwice');
    put(`aliases.${index}.to`, to.length > 0, 'routes.wrongEmpty');
    put(`aliases.${index}.to`, to.every(isKey), 'routes.wrongTo');
    put(`aliases.${index}.to`, !circles(routing, from), 'routes.wrongSelf');
  }
  put('postmaster', routing.postmaster === null || isKey(routing.postmaster), 'routes.wrongAddress');
  put('localDomain', isDomain(routing.localDomain), 'routes.wrongDomain');
  return faults;
}

/** Does an alias come round to itself through others? One that names itself beside others is a mailbox as well: that is allowed. */
function circles(routing: Routing, from: string): boolean {
  const start = from.toLowerCase();
  const next = new Map(routing.aliases.map((alias) => [alias.from.toLowerCase(), alias.to.map((one) => one.toLowerCase())]));
  const seen = new Set<string>();
  const waiting = (next.get(start) ?? []).filter((one) => one !== start);
  for (const one of waiting) {
    if (one === start) return true;
    if (seen.has(one)) continue;
    seen.add(one);
    waiting.push(...(next.get(one) ?? []));
  }
  return false;
}
