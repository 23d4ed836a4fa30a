// What the station says of itself: accounts, scanner, problems, statistics, log.
import type { Account } from './account.js';
import type { BounceRecipient, OriginalMessage } from './bounce.js';
import type { Failure } from './error.js';
import type { FetchReport, FetchStep } from './fetch.js';
import type { ScannerMode } from './settings.js';
import type { VerdictKind } from './verdict.js';

export interface AccountState {
  readonly account: Account;
  /** A secret can be had without asking (it says nothing of its value). */
  readonly secretKnown: boolean;
  readonly state: 'waiting' | 'fetching' | 'failed' | 'paused' | 'needs-secret' | 'offline';
  readonly step: FetchStep | null;
  readonly last: FetchReport | null;
  /** ISO 8601 UTC; null while paused, or fetching. */
  readonly next: string | null;
  /** Runs that failed in a row. */
  readonly failures: number;
  readonly deliveredToday: number;
}

export interface ScannerState {
  readonly mode: ScannerMode;
  readonly state: 'ready' | 'starting' | 'down' | 'blind' | 'off' | 'missing';
  /** Where clamd is, in words: a socket path or host:port; and whether we run it. */
  readonly where: string;
  readonly managed: boolean;
  readonly pid: number | null;
  /** Octets resident, of our own clamd. */
  readonly memory: number | null;
  readonly engine: string | null;
  readonly database: string | null;
  /** ISO 8601 UTC of the database's build; and when the canary was last found. */
  readonly databaseDate: string | null;
  readonly canary: string | null;
  readonly queued: number;
  readonly scanning: number;
  readonly failure: Failure | null;
}

export interface SignaturesState {
  readonly state: 'fresh' | 'old' | 'stale' | 'unknown' | 'updating' | 'cooling';
  readonly databases: readonly {
    readonly name: string;
    readonly version: number | null;
    readonly built: string | null;
    readonly signatures: number | null;
  }[];
  readonly lastRun: string | null;
  readonly nextRun: string | null;
  readonly coolDownUntil: string | null;
  readonly progress: number | null;
  readonly log: readonly string[];
  readonly failure: Failure | null;
}

export interface Problem {
  readonly id: string;
  readonly account: string;
  readonly uidl: string;
  readonly octets: number;
  readonly failure: Failure;
  readonly attempts: number;
  /** Raw bytes are kept here. */
  readonly hasBytes: boolean;
  readonly onServer: boolean;
  readonly since: string;
}

/** What became of the bounce to the sender of a refused message. */
export interface ReturnedBounce {
  /** not: none is sent, and why; lost: it went out, and the answer did not come. */
  readonly state: 'not' | 'queued' | 'sending' | 'sent' | 'failed' | 'lost';
  /** Of `not`: forbidden, quiet, rate or no-way; else the server's words. */
  readonly why: string;
  /** Who is told; '' for nobody. */
  readonly to: string;
}

/** One failed recipient, from a report that arrived or from a refusal of our own. */
export interface BounceRow extends BounceRecipient {
  readonly id: string;
  readonly source: 'report' | 'station';
  /** ISO 8601 UTC. */
  readonly when: string;
  readonly kind: string;
  readonly reportingMta: string | null;
  /** The message the report is about, as the report describes it. */
  readonly about: OriginalMessage | null;
  /** Message that carried the report; and ours that it is about, where it is here. */
  readonly message: string | null;
  readonly originalMessage: string | null;
  readonly account: string | null;
  /** Of a refusal of ours: the bounce to its sender; null where none was to be sent. */
  readonly returned: ReturnedBounce | null;
  readonly read: boolean;
}

export interface Hourly {
  /** ISO 8601 UTC, start of the hour. */
  readonly hour: string;
  readonly delivered: number;
  readonly octets: number;
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>;
  readonly scanMedian: number | null;
  readonly scanP95: number | null;
  readonly failures: number;
}

export interface LogLine {
  readonly time: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly account: string | null;
  readonly text: string;
}

export interface Notice {
  readonly kind:
    | 'evaluation-runtime'
    | 'running-as-root'
    | 'weak-keyring'
    | 'settings-restored'
    | 'settings-mode'
    | 'catalog-rebuilding'
    | 'ledger-rebuilt'
    | 'sample';
  readonly text: string;
}

export interface StationStatus {
  readonly version: string;
  readonly home: string;
  readonly pid: number;
  readonly started: string;
  readonly sample: boolean;
  readonly paused: boolean;
  /** ISO 8601 UTC, when the pause ends by itself. */
  readonly pausedUntil: string | null;
  readonly scanner: ScannerState;
  readonly signatures: SignaturesState;
  readonly next: string | null;
  readonly unread: number;
  readonly quarantined: number;
  readonly problems: number;
  readonly bounces: number;
  readonly indexing: { readonly done: number; readonly of: number } | null;
  readonly notices: readonly Notice[];
}

export interface TestStep {
  readonly step:
    | 'secret'
    | 'dns'
    | 'tcp'
    | 'tls'
    | 'greeting'
    | 'capabilities'
    | 'starttls'
    | 'login'
    | 'mailbox'
    | 'smtp-dns'
    | 'smtp-tcp'
    | 'smtp-tls'
    | 'smtp-greeting'
    | 'smtp-starttls'
    | 'smtp-login';
  readonly ok: boolean;
  readonly milliseconds: number;
  readonly detail: string;
  readonly hint: string | null;
  readonly certificate?: Certificate;
}
export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly from: string;
  readonly to: string;
  /** SHA-256, hex with colons. */
  readonly fingerprint: string;
  readonly pem: string;
}
export interface TestReport {
  readonly ok: boolean;
  readonly steps: readonly TestStep[];
  readonly failure: Failure | null;
  readonly exit: number;
}

/** Accounts without their secrets, to be kept or taken elsewhere. */
export interface AccountsFile {
  readonly name: string;
  readonly text: string;
}

/** What an import found, before and after it is applied. */
export interface ImportPreview {
  readonly accounts: readonly Account[];
  readonly routing: { readonly domains: readonly string[]; readonly mailboxes: number; readonly aliases: number };
  /** One line for each thing taken, and for each not taken, with where it stands and why. */
  readonly taken: readonly string[];
  readonly notTaken: readonly { readonly line: number | null; readonly text: string; readonly why: string }[];
}

export interface ScanSummary {
  readonly files: number;
  readonly octets: number;
  readonly seconds: number;
  readonly infected: readonly { readonly path: string; readonly signatures: readonly string[] }[];
  readonly suspicious: readonly { readonly path: string; readonly class: string; readonly signatures: readonly string[] }[];
  readonly errors: readonly { readonly path: string; readonly reason: string }[];
}
