// Addresses as a person types them: `Ann <ann@a.example>, joe@b.example`. Used by the field and by what sends the message.
import type { Address } from './message.js';

export interface TypedAddresses {
  readonly addresses: readonly Address[];
  /** What is no address, as it was typed. */
  readonly wrong: readonly string[];
}

/** The pieces between commas, semicolons and line ends that stand outside quotes and angle brackets. */
export function splitTyped(text: string): readonly string[] {
  return text.match(/(?:"(?:[^"\\\n]|\\.)*"?|<[^>\n]*>?|[^,;、\n"<])+/g)?.map((piece) => piece.trim()) ?? [];
}

const plain = /^[^\s@<>()",;:\\[\]]+@[^\s@<>()",;:\\[\]]+$/;

export function parseTyped(text: string): TypedAddresses {
  const addresses: Address[] = [];
  const wrong: string[] = [];
  for (const piece of splitTyped(text)) {
    if (piece === '') continue;
    const [, name = '', address = piece] = /^(.*?)\s*<([^<>]*)>$/.exec(piece) ?? [];
    const found = address.trim().replace(/^mailto:/i, '');
    if (plain.test(found)) addresses.push({ name: unquoted(name), address: found });
    else wrong.push(piece);
  }
  return { addresses: unique(addresses), wrong };
}

function unquoted(name: string): string {
  return name
    .trim()
    .replace(/^"([\s\S]*)"$/, '$1')
    .replace(/\\(.)/g, '$1');
}

/** Each address once; the first mention counts. */
export function unique(addresses: readonly Address[]): readonly Address[] {
  const seen = new Set<string>();
  return addresses.filter(({ address }) => {
    const key = address.toLowerCase();
    return seen.has(key) ? false : seen.add(key);
  });
}

export function typedAddress({ name, address }: Address): string {
  if (name === '' || name === address) return address;
  const quoted = /[",;<>()@:\\[\]、]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
  return `${quoted} <${address}>`;
}

export function typedAddresses(addresses: readonly Address[]): string {
  return addresses
    .filter(({ address }) => address !== '')
    .map(typedAddress)
    .join(', ');
}
