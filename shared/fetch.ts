// One run for one account: its steps as they happen, and its report when it has ended.
import type { Failure } from './error.js';
import type { VerdictKind } from './verdict.js';

/** In the order in which one message meets them. `begin`, `connect`, `login`, `list` and `quit`, `end` belong to the run. */
export const fetchSteps = [
  'begin',
  'scanner',
  'connect',
  'login',
  'list',
  'retrieve',
  'spool',
  'route',
  'scan',
  /** Handed on: about to end the message; and answered, durably. */
  'hand',
  'handed',
  'seal',
  'link',
  'synced',
  'record',
  'delete',
  'quit',
  'end',
] as const;
export type FetchStepName = (typeof fetchSteps)[number];

export interface FetchStep {
  readonly account: string;
  readonly run: number;
  readonly step: FetchStepName;
  /** Set for the steps of one message. */
  readonly uidl?: string;
  /** 1-based position among the new messages, and how many there are. */
  readonly message?: number;
  readonly of?: number;
  /** The server's number of the message, and its octets as listed. */
  readonly number?: number;
  readonly size?: number;
  /** With `list`: what lies on the server. */
  readonly listed?: { readonly messages: number; readonly seen: number; readonly octets: number };
  /** Octets so far, and in all. */
  readonly octets?: number;
  readonly ofOctets?: number;
  readonly verdict?: VerdictKind;
  /** Milliseconds since the run began. */
  readonly milliseconds: number;
}

/** The commands of Dovecot, fetchmail and ours agree on these codes (WIRE.md section 1). */
export type PollExit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 13 | 14 | 23;

export interface FetchReport {
  readonly account: string;
  readonly name: string;
  readonly user: string;
  readonly host: string;
  /** ISO 8601 UTC. */
  readonly started: string;
  readonly milliseconds: number;
  /** On the server: messages, octets, and how many of them we had before. */
  readonly messages: number;
  readonly octets: number;
  readonly seen: number;
  readonly delivered: number;
  /** Found in the Maildir by its delivery key after a crash, and entered in the ledger. */
  readonly adopted: number;
  readonly quarantined: number;
  readonly refused: number;
  /** Nothing was done; the next run tries again. */
  readonly deferred: number;
  /** Parked after three failures. */
  readonly parked: number;
  readonly oversized: number;
  readonly deleted: number;
  /** Left for the next run by a limit a run. */
  readonly left: number;
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>;
  readonly exit: PollExit;
  readonly failure: Failure | null;
  /** One line a message that did not simply arrive. */
  readonly notes: readonly FetchNote[];
}

export interface FetchNote {
  readonly kind: 'deferred' | 'parked' | 'oversized' | 'refused' | 'quarantined' | 'duplicate-uidl' | 'adopted' | 'possible-duplicate';
  readonly uidl: string;
  readonly octets: number;
  readonly failure: Failure | null;
}

export type TranscriptSide = 'station' | 'client' | 'server' | 'scanner' | 'deliver';
export interface TranscriptLine {
  readonly account: string;
  /** ISO 8601 UTC, milliseconds. */
  readonly time: string;
  readonly side: TranscriptSide;
  /** Secrets are replaced before the line exists; control characters are escaped. */
  readonly text: string;
}
