// mailto: addresses (RFC 6068): recipients, subject and text. Every other field is ignored, `attach` above all.
import { parseTyped } from '../../shared/address-text.js';
import type { Address } from '../../shared/message.js';

export interface Mailto {
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly subject: string;
  readonly text: string;
  /** A list's web archive names the message that is answered. */
  readonly inReplyTo: string | null;
}

/** Never throws; what is no mailto: says nothing. `+` is a plus here. */
export function parseMailto(address: string): Mailto {
  const [, path = '', query = ''] = /^mailto:([^?]*)(?:\?(.*))?$/is.exec(address.trim()) ?? [];
  const fields = query.split(/&(?:amp;)?/).map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [decoded(name).toLowerCase(), decoded(value.join('='))] as const;
  });
  const all = (name: string) => fields.filter(([key]) => key === name).map(([, value]) => value);
  const people = (values: readonly string[]) => parseTyped(values.map((value) => value.replace(/[\r\n]+/g, ' ')).join(',')).addresses;
  return {
    // The path's commas divide; those that are encoded belong to an address.
    to: people([...path.split(',').map(decoded), ...all('to')]),
    cc: people(all('cc')),
    bcc: people(all('bcc')),
    subject: (all('subject')[0] ?? '').replace(/\s+/g, ' ').slice(0, 2000),
    text: (all('body')[0] ?? '').replace(/\r\n?/g, '\n'),
    inReplyTo: /^<[^<>\s]+>$/.exec(all('in-reply-to')[0] ?? '')?.[0] ?? null,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
