// Addresses to choose from while one is typed: those of the mail that is here, the ones met most often first.
import type { Address } from '../../shared/message.js';
import { fold } from '../message/words.js';
import type { Mail } from './mail.js';

/** Messages that are looked at, for senders and for recipients. */
const looked = 200;

export async function completePeople(mail: Mail, typed: string, most: number): Promise<readonly Address[]> {
  const words = fold(typed)
    .split(/[\s"<>]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const search = (field: string) => words.map((word) => `${field}:${word}`).join(' ');
  const query = {
    folder: null,
    smart: null,
    filter: 'all',
    descending: true,
    threads: 'flat',
    offset: 0,
    limit: looked,
    sort: 'date',
  } as const;
  const pages = await Promise.all(['from', 'to'].map((field) => mail.calls['message.list']({ ...query, search: search(field) })));
  const met = new Map<string, { readonly address: Address; readonly count: number }>();
  for (const { rows } of pages) {
    for (const person of rows.flatMap(({ from, to }) => [...from, ...to])) {
      const text = fold(`${person.name} ${person.address}`);
      if (!person.address.includes('@') || !words.every((word) => text.includes(word))) continue;
      const key = person.address.toLowerCase();
      const known = met.get(key);
      met.set(key, { address: known?.address.name ? known.address : person, count: (known?.count ?? 0) + 1 });
    }
  }
  return [...met.values()]
    .sort((one, other) => other.count - one.count)
    .slice(0, most)
    .map(({ address }) => address);
}
