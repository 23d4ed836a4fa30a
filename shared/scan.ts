// Scans of folders, and what the scanner does right now: what a window is told. No path is ever an input; places have ids.
import type { VerdictKind } from './verdict.js';

/** Something that may be scanned, or into which infected files may be moved. */
export interface ScanPlace {
  readonly id: string;
  /** Its path or its mailbox's address, for the person. */
  readonly shown: string;
  readonly kind: 'all-mail' | 'mailbox' | 'folder' | 'file';
}
export interface ScanPlaces {
  /** The face has a dialog for folders of this machine. */
  readonly dialog: boolean;
  readonly places: readonly ScanPlace[];
}

/** What was met and not opened. */
export interface PassedOver {
  readonly links: number;
  /** Devices, pipes and sockets. */
  readonly devices: number;
  readonly excluded: number;
  /** Folders on another file system. */
  readonly elsewhere: number;
}

export interface ScanProgress {
  readonly id: string;
  readonly kind: 'mail' | 'files';
  readonly where: readonly string[];
  readonly state: 'counting' | 'scanning' | 'paused' | 'done' | 'cancelled';
  readonly files: number;
  readonly ofFiles: number;
  readonly octets: number;
  readonly ofOctets: number;
  /** Since the start, without pauses; and how many more at this pace, null while that is not known. */
  readonly seconds: number;
  readonly left: number | null;
  readonly infected: number;
  readonly suspicious: number;
  readonly clean: number;
  readonly errors: number;
  readonly passed: PassedOver;
}

export const scanLists = ['infected', 'suspicious', 'clean', 'errors'] as const;
export type ScanList = (typeof scanLists)[number];

export interface ScanLine {
  readonly id: number;
  readonly path: string;
  /** Signatures, or the reason of an error; empty where it is clean. */
  readonly detail: string;
  /** What was done with it since. */
  readonly fate: 'moved' | 'copied' | 'removed' | 'held' | null;
  /** Why that could not be done. */
  readonly failure: string | null;
}
export interface ScanLines {
  /** As many as there are; of the clean ones only the first are kept by name. */
  readonly total: number;
  readonly lines: readonly ScanLine[];
}

/** clamd's STATS. Octets; null where its build does not say. */
export interface ClamdStats {
  readonly state: string;
  readonly live: number;
  readonly idle: number;
  readonly maximum: number;
  readonly queue: number;
  readonly tasks: readonly { readonly what: string; readonly seconds: number }[];
  readonly heap: number | null;
  /** Memory of the signatures, used and held. */
  readonly poolsUsed: number | null;
  readonly poolsTotal: number | null;
}

export interface WatchedHost {
  readonly where: string;
  readonly state: 'unknown' | 'ready' | 'down' | 'blind';
  readonly version: string | null;
  /** Why it is not ready. */
  readonly why: string | null;
  readonly scanning: number;
  readonly stats: ClamdStats | null;
}
export interface WatchedMinute {
  /** ISO 8601 UTC, its start. */
  readonly minute: string;
  readonly scans: number;
  readonly octets: number;
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>;
  /** Milliseconds; null where nothing was scanned. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}
export interface ScannerWatch {
  readonly hosts: readonly WatchedHost[];
  readonly memory: number | null;
  readonly queued: number;
  readonly scanning: number;
  /** In the last sixty seconds. */
  readonly perMinute: number;
  /** Milliseconds, of the last hour. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number; readonly longest: number } | null;
  /** The last hour, oldest first, with its quiet minutes. */
  readonly minutes: readonly WatchedMinute[];
}
