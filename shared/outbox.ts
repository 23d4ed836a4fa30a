// What waits to be sent, and what became of it. One row a message; each recipient has an outcome of its own.
import type { Failure } from './error.js';

/** held: the server's answer was lost after the message, so only the person can say whether it is sent again. */
export type OutboxState = 'queued' | 'sending' | 'sent' | 'held' | 'failed';

export interface OutboxRecipient {
  readonly address: string;
  readonly state: 'waiting' | 'accepted' | 'refused';
  /** The server's words, where it refused. */
  readonly said: string | null;
}

export interface OutboxRow {
  readonly id: string;
  readonly account: string;
  /** bounce: a delivery status notification that the station wrote. */
  readonly kind: 'mail' | 'bounce';
  /** '' is the null sender. */
  readonly sender: string;
  readonly recipients: readonly OutboxRecipient[];
  readonly subject: string;
  readonly octets: number;
  readonly state: OutboxState;
  /** ISO 8601 UTC: when it was queued, and before when it is not sent (until then it can be undone). */
  readonly created: string;
  readonly notBefore: string;
  /** ISO 8601 UTC of the next attempt; null where none is planned. */
  readonly next: string | null;
  readonly attempts: number;
  /** Why the last attempt did not send it; of a sent one: why its copy could not be filed. */
  readonly failure: Failure | null;
}

/** now: without waiting; again: although it may arrive twice; sent: treat it as sent; edit: back to the drafts. */
export const settlements = ['now', 'again', 'sent', 'cancel', 'edit'] as const;
export type Settlement = (typeof settlements)[number];
