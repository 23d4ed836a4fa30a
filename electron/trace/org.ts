// Which organisation a host name belongs to, as near as its name tells: the last two labels, or three below
// registries like co.jp and com.au. No list is consulted: a wrong guess here only moves a boundary mark.

const secondLevel = new Set('ac co com ed edu go gov ne net or org gr lg ad mil nom gob gouv asso k12 sch'.split(' '));

/** Lower case; null for bare names, addresses and `localhost`. */
export function organisationOf(host: string | null): string | null {
  const labels = (host ?? '').toLowerCase().replace(/\.$/, '').split('.');
  if (labels.length < 2 || labels.some((label) => label === '') || /^\d+$/.test(labels.at(-1) ?? '')) return null;
  if (/[^\w.-]/.test(labels.join('.')) || ['local', 'localdomain', 'lan', 'internal'].includes(labels.at(-1) ?? '')) return null;
  const deep = labels.length > 2 && (labels.at(-1) ?? '').length === 2 && secondLevel.has(labels.at(-2) ?? '');
  return labels.slice(deep ? -3 : -2).join('.');
}

/** `trusted` names a host, or a domain with all hosts below it. */
export function isBelow(host: string, trusted: string): boolean {
  const [name, domain] = [host.toLowerCase(), trusted.toLowerCase().replace(/^\*?\./, '')];
  return domain !== '' && (name === domain || name.endsWith(`.${domain}`));
}
