// What the parts of a station are given: folders, settings, a log, a way to announce. Types only.
import type { CallName, EmitEvent, EventName, Station } from '../../shared/contract.js';
import type { Settings } from '../../shared/settings.js';
import type { LogLine } from '../../shared/station.js';

/** Absolute paths below the data folder. All folders are 0700, files 0600. */
export interface Home {
  readonly root: string;
  /** Maildirs: mail/<domain>/<user>/ unless a mailbox says otherwise. */
  readonly mail: string;
  readonly settings: string;
  readonly secrets: string;
  readonly ledger: string;
  readonly catalog: string;
  /** A Maildir, with NAME.json beside each message's base name in quarantine/reason/. */
  readonly quarantine: string;
  /** Raw bytes of parked messages. */
  readonly problems: string;
  /** Messages that wait to be sent, 0600. */
  readonly outbox: string;
  /** Sockets, pids, generated configuration: nothing here outlives the station. */
  readonly run: string;
  readonly log: string;
}

export interface SettingsStore {
  read(): Settings;
  /** Durable when it resolves; listeners of `settings.changed` have been called. */
  update(change: (current: Settings) => Settings): Promise<Settings>;
}

export type WriteLog = (level: LogLine['level'], text: string, account?: string) => void;

export interface Context {
  readonly home: Home;
  readonly settings: SettingsStore;
  readonly log: WriteLog;
  readonly emit: EmitEvent;
}

/** One part of the contract; the station is the union of its parts. */
export type Calls<Names extends CallName> = Pick<Station, Names>;

/** Bytes of a message by URL: a MIME part, 'html' (sanitised), 'source' (raw), or an attachment. */
export interface Part {
  readonly type: string;
  readonly name: string | null;
  readonly octets: number | null;
  readonly body: AsyncIterable<Uint8Array>;
}

/** A station that runs: what a face (Electron, web, command) holds. */
export interface RunningStation {
  readonly station: Station;
  readonly home: Home;
  /** Called synchronously at the moment of the event. Returns the way to stop. */
  subscribe(listener: (name: EventName, body: unknown) => void): () => void;
  /** Throws MailError `not-found`. */
  part(message: string, part: string): Promise<Part>;
  /** A remote image that the message names and that may be loaded. Throws MailError `not-found`, `forbidden`, or why it could not be had. */
  remote(message: string, url: string): Promise<Part>;
  /** What the person chose in a face's own dialog, or dropped, may be scanned from now on. Throws MailError `not-found`. Absent where the station is another program's. */
  grantScan?(path: string): Promise<import('../../shared/scan.js').ScanPlace>;
  /** Poll every account now (SIGUSR1), and send what is due. */
  wake(): void;
  /** Sends what is due; resolves when nothing is under way, with what was tried. Absent where the station is another program's. */
  send?(): Promise<readonly import('../../shared/outbox.js').OutboxRow[]>;
  /** Sleep and network, as the face or the machine says: scheduled polls are suspended until null. */
  rest(rest: import('./rest.js').Rest): void;
  /** Ends running fetches at the next safe point, stops our clamd, releases the lock. */
  close(): Promise<void>;
}

/** Seals secrets with the desktop's keyring; only the Electron face has one. */
export interface Keyring {
  /** False where only Chromium's fixed key is there (`basic_text`): said to the user, not used silently. */
  readonly strong: boolean;
  seal(secret: string): Promise<string>;
  /** Throws MailError `secret-missing` when the keyring has gone or the text was sealed elsewhere. */
  open(sealed: string): Promise<string>;
}

export interface OpenStation {
  readonly home: string;
  readonly keyring: Keyring | null;
  readonly sample: boolean;
  /** electron-store's class under Electron; conf's otherwise. */
  readonly store?: import('./settings.js').StoreClass;
  /** Base of the URLs of a message's parts; default: the web face's. */
  readonly partsUrl?: (message: string) => string;
  /** A command polls once and goes; a face polls on schedule. */
  readonly schedule: boolean;
  /** Evaluation runtime, running as root: what the face knows and the window must say. */
  readonly notices: readonly import('../../shared/station.js').Notice[];
}
