// Multidrop: who a message in a shared maildrop is for. The envelope header the server wrote, else the `for` of a
// Received line, else, on request only, To and Cc, which miss Bcc and list mail.
import type { Multidrop } from '../../shared/account.js';
import { type HeaderField, readHeaders } from '../../shared/mail-header.js';
import type { Routing } from '../../shared/settings.js';
import { type Address, parseAddress, written } from './address.js';
import { addressesIn } from './address-list.js';

export interface Recipients {
  /** Each once; empty when nobody of ours is named. */
  readonly addresses: readonly string[];
  readonly from: 'envelope' | 'received' | 'to-cc' | 'none';
  /** English, for the dry run and the log. */
  readonly why: string;
}

export function recipients(header: Uint8Array, drop: Multidrop, routing: Routing): Recipients {
  const { fields } = readHeaders(Buffer.from(header.buffer, header.byteOffset, header.byteLength).toString('utf8'));
  const ours = (texts: readonly string[]): readonly string[] => [
    ...new Set(texts.map((text) => local(text, drop, routing)).filter((one) => one !== null)),
  ];
  const envelope = drop.envelope === null ? null : nth(fields, drop.envelope, drop.skip);
  if (envelope !== null) {
    const addresses = ours(addressesIn(envelope));
    if (addresses.length > 0) return { addresses, from: 'envelope', why: `${drop.envelope}: ${envelope}` };
    return { addresses: [], from: 'none', why: `${drop.envelope} names nobody here: ${envelope}` };
  }
  for (const { value } of drop.useReceived ? fields.filter(({ key }) => key === 'received') : []) {
    const addresses = ours(receivedFor(value));
    if (addresses.length > 0) return { addresses, from: 'received', why: `Received: ${value}` };
  }
  const addresses = drop.useToCc ? ours(headerRecipients(fields)) : [];
  if (addresses.length > 0) return { addresses, from: 'to-cc', why: 'To and Cc; Bcc and list mail cannot be told this way' };
  return { addresses: [], from: 'none', why: `no ${drop.envelope ?? 'envelope header'}, and nothing else names an address here` };
}

function nth(fields: readonly HeaderField[], name: string, skip: number): string | null {
  return fields.filter(({ key }) => key === name.toLowerCase())[skip]?.value ?? null;
}

/** `for <a>`, or `for a` as fetchmail up to 5.9 wrote it. */
function receivedFor(value: string): readonly string[] {
  const plain = value.replaceAll(/\([^()]*\)/g, ' ');
  const found = /\bfor\s+(?:<([^<>\s]+)>|([^\s;<>]+@[^\s;<>]+))/i.exec(plain);
  return found === null ? [] : [found[1] ?? found[2] ?? ''];
}

/** What was sent again is for whom it was sent again to (RFC 5322 3.6.6). */
function headerRecipients(fields: readonly HeaderField[]): readonly string[] {
  const of = (names: readonly string[]) => fields.filter(({ key }) => names.includes(key)).flatMap(({ value }) => addressesIn(value));
  const again = of(['resent-to', 'resent-cc', 'resent-bcc']);
  return again.length > 0 ? again : of(['to', 'cc', 'bcc', 'apparently-to']);
}

/**
 * The address here, or null where it is not ours. `names` maps local parts and whole addresses; `*` lets names pass
 * that are not in it, `@domain` those of one domain. Without names, everybody in a domain of ours passes.
 */
function local(text: string, drop: Multidrop, routing: Routing): string | null {
  const parsed = parseAddress(text, routing.localDomain);
  if (parsed === null) return null;
  const address = { ...parsed, local: stripped(parsed.local, drop.qvirtual.toLowerCase()) };
  const names = new Map(Object.entries(drop.names).map(([there, here]) => [there.toLowerCase(), here]));
  const whole = names.get(written(address));
  if (whole !== undefined) return whole;
  if (text.includes('@') && !isOurs(address, drop, routing)) return null;
  const mapped = names.get(address.local);
  if (mapped !== undefined && address.local !== '*') return mapped;
  return names.size === 0 || names.has('*') || names.has(`@${address.domain}`) ? written(address) : null;
}

function stripped(name: string, prefix: string): string {
  return prefix !== '' && name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
}

/** Domains match as suffixes, as fetchmail's do. Where none is named at all, the envelope's word is taken. */
function isOurs({ domain }: Address, drop: Multidrop, routing: Routing): boolean {
  const domains = [...routing.domains, ...drop.localDomains].map((one) => one.toLowerCase());
  if (domains.length === 0) return true;
  return domain === routing.localDomain.toLowerCase() || domains.some((one) => domain === one || domain.endsWith(`.${one}`));
}
