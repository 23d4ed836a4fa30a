// Mail that goes round in circles, told by what it carries: too many hops, a Delivered-To of ours, our own Received line.
import { type HeaderField, readHeaders } from '../../shared/mail-header.js';
import type { Refusal } from '../../shared/route.js';
import { parseAddress, written } from './address.js';

export interface LoopOptions {
  /** Postfix: hopcount_limit. */
  readonly hopLimit: number;
  /** This station's name in its Received lines. */
  readonly host: string;
  /** The account's name, which stands in our Received line where the account says so; and its server's name. */
  readonly account: string;
  readonly server?: string;
  /** The envelope header of a multidrop account: where it is Delivered-To, the maildrop's own line is no loop. */
  readonly envelope?: string | null;
}

/** Null: no loop. */
export function loopRefusal(header: Uint8Array, address: string, options: LoopOptions): Refusal | null {
  const text = Buffer.from(header.buffer, header.byteOffset, header.byteLength).toString('latin1');
  const { fields } = readHeaders(text);
  const received = fields.filter(({ key }) => key === 'received');
  if (received.length >= options.hopLimit) return { code: 554, status: '5.4.0', text: '554 5.4.0 Error: too many hops' };
  if (received.some(({ value }) => isOwn(value, address, options))) return forwardingLoop(address);
  return deliveredBefore(fields, address, options) ? forwardingLoop(address) : null;
}

function forwardingLoop(address: string): Refusal {
  return { code: 554, status: '5.4.6', text: `554 5.4.6 <${address}>: mail forwarding loop for ${address}` };
}

/**
 * A Delivered-To below a Received line was written before the message travelled on. One above all of them is the work of
 * the maildrop that we fetch from, which often has the very name of the mailbox here: that is no loop.
 */
function deliveredBefore(fields: readonly HeaderField[], address: string, { envelope }: LoopOptions): boolean {
  const firstHop = fields.findIndex(({ key }) => key === 'received');
  const top = firstHop < 0 && envelope?.toLowerCase() === 'delivered-to' ? fields.findIndex(({ key }) => key === 'delivered-to') : firstHop;
  return fields.some(({ key, value }, index) => key === 'delivered-to' && index > top && same(value, address));
}

/** `by HOST with POP3 (Todoku-VERSION[ polling ACCOUNT account USER])`: this station fetched it before, from the same account. */
function isOwn(received: string, address: string, { host, account, server }: LoopOptions): boolean {
  const found = /^from (\S+) .*?\bby (\S+) with \S+ \(Todoku-\S+?(?: polling (.*) account [^()]*)?\)(.*)$/i.exec(received.slice(0, 2000));
  if (found === null || found[2]?.toLowerCase() !== host.toLowerCase()) return false;
  const [, from, , polling, rest] = found;
  if (polling !== undefined) return polling === account;
  if (server !== undefined && from?.toLowerCase() !== server.toLowerCase()) return false;
  const to = /\bfor <([^<>]*)>/.exec(rest ?? '')?.[1];
  return to === undefined ? server !== undefined : same(to, address);
}

function same(one: string, other: string): boolean {
  const [a, b] = [parseAddress(one, ''), parseAddress(other, '')];
  return a !== null && b !== null && written(a) === written(b);
}
