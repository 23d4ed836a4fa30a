// Where mail to an address goes, step by step, or why it is refused.
import type { DeliveryTarget } from './account.js';

export interface RouteStep {
  readonly kind: 'start' | 'alias' | 'catch-all' | 'extension' | 'mailbox' | 'domain' | 'relay' | 'postmaster' | 'refused' | 'undeclared';
  /** What was looked up. */
  readonly key: string;
  /** What it gave; empty where the look-up found nothing. */
  readonly result: readonly string[];
  readonly note: string;
}
export type RouteTarget =
  | { readonly mailbox: string; readonly path: string }
  /** `through`: the mailbox's own target; absent: the account's. */
  | { readonly relay: string; readonly through?: Exclude<DeliveryTarget, { readonly kind: 'maildir' }> };

/** Where the mail that lies on a server would go, before anything is fetched. */
export interface Rehearsal {
  readonly account: string;
  /** On the server; `rows` may be fewer. */
  readonly messages: number;
  readonly rows: readonly RehearsedMessage[];
}
export interface RehearsedMessage {
  readonly uidl: string;
  readonly octets: number;
  readonly from: string;
  readonly subject: string;
  /** What named the recipients: the header line, or that none did. */
  readonly by: string;
  readonly drop: 'single-drop' | 'multi-drop' | 'by default';
  readonly recipients: readonly string[];
  readonly targets: readonly RouteTarget[];
  readonly refusals: readonly (Refusal & { readonly address: string })[];
}

export interface Refusal {
  /** SMTP reply code, RFC 3463 status, and Postfix's own sentence. */
  readonly code: number;
  readonly status: string;
  readonly text: string;
}
export interface RouteResult {
  readonly address: string;
  readonly steps: readonly RouteStep[];
  readonly targets: readonly RouteTarget[];
  readonly refusal: Refusal | null;
}
