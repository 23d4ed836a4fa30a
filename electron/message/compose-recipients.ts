// Who gets an answer. A list's own Reply-To does not take the place of the author; Mail-Followup-To says who gets the answer
// to all; an answer to our own message goes to those whom that one went to.
import { unique } from '../../shared/address-text.js';
import type { Address } from '../../shared/message.js';

export interface AnsweredPeople {
  readonly from: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly replyTo: readonly Address[];
  readonly followUp: readonly Address[];
  /** RFC 2369; null: no list, or one that takes no answers. */
  readonly listPost: string | null;
}
export interface Recipients {
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
}

const same = (one: Address, other: Address) => one.address.toLowerCase() === other.address.toLowerCase();
const without = (some: readonly Address[], others: readonly Address[]) => some.filter((one) => !others.some((other) => same(one, other)));

export function answerTo(all: boolean, people: AnsweredPeople, own: (address: string) => boolean): Recipients {
  const given = (list: readonly Address[]) => unique(list.filter(({ address }) => address.includes('@')));
  const others = (list: readonly Address[]) => given(list).filter(({ address }) => !own(address));
  const [from, to, cc, replyTo] = [people.from, people.to, people.cc, people.replyTo].map(given) as [
    Address[],
    Address[],
    Address[],
    Address[],
  ];
  if (from.length > 0 && others(from).length === 0 && to.length + cc.length > 0) return { to, cc: all ? without(cc, to) : [] };
  const list = people.listPost?.toLowerCase();
  const byList = replyTo.length > 0 && list !== undefined && replyTo.every(({ address }) => address.toLowerCase() === list);
  const author = replyTo.length > 0 && !byList ? replyTo : from;
  if (!all) return { to: author, cc: [] };
  const followUp = others(people.followUp);
  if (followUp.length > 0) return { to: followUp, cc: [] };
  const rest = without(others([...to, ...cc, ...(byList ? replyTo : [])]), author);
  return { to: author, cc: rest };
}

/** The address of `List-Post: <mailto:list@a.example>`; `NO` is none. */
export function listPostOf(value: string | null): string | null {
  return /<mailto:([^?>\s]+)/i.exec(value ?? '')?.[1] ?? null;
}
