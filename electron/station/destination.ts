// Where one message of one account goes: Maildirs, relays, or refusals. Types and the small path arithmetic; the rules are in routing/.
import { isAbsolute, join } from 'node:path';
import type { DeliveryTarget } from '../../shared/account.js';
import type { Refusal } from '../../shared/route.js';

export interface MaildirDestination {
  readonly kind: 'maildir';
  readonly maildir: string;
  /** Final address, and the one it was looked up from. */
  readonly address: string;
  readonly originalTo: string;
}
export type OnwardTarget = Exclude<DeliveryTarget, { readonly kind: 'maildir' }>;
/** By SMTP, by LMTP, or into a folder of an IMAP account. */
export interface OnwardDestination {
  readonly kind: 'onward';
  readonly target: OnwardTarget;
  readonly address: string;
  readonly originalTo: string;
}
export type Destination = MaildirDestination | OnwardDestination;

export interface Routed {
  readonly destinations: readonly Destination[];
  readonly refusals: readonly { readonly address: string; readonly refusal: Refusal }[];
  /** How the recipient was found: the words of our Received line. */
  readonly drop: 'single-drop' | 'multi-drop' | 'by default';
}

/** A mailbox path of the settings as an absolute Maildir; relative ones lie below the mail folder. */
export function maildirPath(mailFolder: string, path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return isAbsolute(trimmed) ? trimmed : join(mailFolder, trimmed);
}

/** What makes two destinations one: a Maildir, a folder of an IMAP account, an address of a relay. */
export function placeOf(destination: Destination): string {
  if (destination.kind === 'maildir') return join(destination.maildir);
  const { target, address } = destination;
  return target.kind === 'imap' ? `imap ${target.account} ${target.folder}` : `${target.kind} ${address}`;
}
