// Every call and every event between a window and its station, once. Inputs are schemas, outputs are types;
// `Station` and `Events` are mapped from here, so a missing call does not compile.
import { z } from 'zod';
import { account } from './account.js';
import type { Card } from './card.js';
import {
  type ComposeDraft,
  type ComposeFile,
  type ComposeSaved,
  type ComposeSent,
  composeContent,
  composeKinds,
  pieceOctets,
} from './compose.js';
import type { DkimReport } from './dkim.js';
import type { DoctorReport } from './doctor.js';
import type { FetchReport, FetchStep, TranscriptLine } from './fetch.js';
import { listQuery, type MessagePage } from './list-query.js';
import {
  type Address,
  type Envelope,
  flagNames,
  type Mailbox,
  type MessageView,
  type QuarantineRow,
  type QuarantineView,
} from './message.js';
import { type OutboxRow, settlements } from './outbox.js';
import type { Rehearsal, RouteResult } from './route.js';
import { type ScanLines, type ScannerWatch, type ScanPlace, type ScanPlaces, type ScanProgress, scanLists } from './scan.js';
import { pauses, routing, type Settings, scannerSettings, settings } from './settings.js';
import type {
  AccountState,
  AccountsFile,
  BounceRow,
  Hourly,
  ImportPreview,
  LogLine,
  Problem,
  ScannerState,
  SignaturesState,
  StationStatus,
  TestReport,
  TestStep,
} from './station.js';
import type { HeaderGroup, Trace } from './trace.js';

interface Call<Input extends z.ZodType, Output> {
  readonly input: Input;
  /** Carries the type; never called. */
  readonly output?: () => Output;
}
const call =
  <Output>() =>
  <Input extends z.ZodType>(input: Input): Call<Input, Output> => ({ input });

const id = z.string().min(1).max(500);
const ids = z.array(id).min(1).max(100_000);
const none = z.strictObject({});
const shortText = z.string().max(10_000);
/** Written once, never read back (S18). */
const secret = z.string().max(20_000);

/** Each key optional, and absent where it was not given: a default would reset what the user had. */
const { shape } = settings;
const settingsChange = z.strictObject({
  language: shape.language.unwrap().optional(),
  theme: shape.theme.unwrap().optional(),
  fontSize: shape.fontSize.unwrap().optional(),
  keys: shape.keys.unwrap().optional(),
  scanner: shape.scanner.unwrap().optional(),
  signatures: shape.signatures.unwrap().optional(),
  poll: shape.poll.unwrap().optional(),
  notify: shape.notify.unwrap().optional(),
  startAtLogin: shape.startAtLogin.unwrap().optional(),
  startHidden: shape.startHidden.unwrap().optional(),
  reading: shape.reading.unwrap().optional(),
});

/** Set-ups of one file each, which a window can hand over. Those of many files (Postfix, Dovecot) are imported by the command. */
export const windowImports = ['fetchmailrc', 'thunderbird', 'autoconfig', 'mobileconfig', 'mpoprc', 'getmailrc', 'accounts'] as const;
export type WindowImport = (typeof windowImports)[number];
const importInput = z.strictObject({
  kind: z.enum(windowImports),
  text: z.string().max(1_000_000),
  /** autoconfig: whose account it will be. */
  address: z.string().max(1000).nullable().default(null),
});

export const contract = {
  'status.read': call<StationStatus>()(none),
  'settings.read': call<Settings>()(none),
  /** Only the top-level keys that are given; accounts and routing have calls of their own. */
  'settings.write': call<Settings>()(settingsChange),

  'account.list': call<readonly AccountState[]>()(none),
  /** Create or replace. Always saves; nothing is contacted. `secret` null: leave what is stored. */
  'account.save': call<AccountState>()(
    z.strictObject({
      account,
      secret: secret.nullable().default(null),
      sendingSecret: secret.nullable().default(null),
      relaySecret: secret.nullable().optional(),
    }),
  ),
  /** mail: what to do with the local mailbox of the account. */
  'account.remove': call<void>()(z.strictObject({ id, mail: z.enum(['keep', 'delete']).default('keep') })),
  'account.pause': call<AccountState>()(z.strictObject({ id, paused: z.boolean() })),
  /** Everything of the accounts (no ids: all) but their secrets, as a JSON text that `import` takes (kind `accounts`). */
  'account.export': call<AccountsFile>()(z.strictObject({ ids: z.array(id).max(10_000).default([]) })),
  'account.order': call<void>()(z.strictObject({ ids: z.array(id).max(10_000) })),
  /** Steps come as `account.test` events while it runs. */
  'account.test': call<TestReport>()(
    z.strictObject({
      account,
      secret: secret.nullable().default(null),
      sendingSecret: secret.nullable().default(null),
      relaySecret: secret.nullable().optional(),
      run: id,
    }),
  ),
  'account.unlock': call<AccountState>()(z.strictObject({ id, secret })),
  'account.transcript': call<readonly TranscriptLine[]>()(z.strictObject({ id })),

  /** Returns when the run has ended. No id: all enabled accounts. `check`: count only. */
  'fetch.now': call<readonly FetchReport[]>()(z.strictObject({ id: id.nullable().default(null), check: z.boolean().default(false) })),
  'fetch.stop': call<void>()(z.strictObject({ id })),
  'poll.pause': call<StationStatus>()(z.strictObject({ pause: pauses })),

  'mailbox.list': call<readonly Mailbox[]>()(none),
  'folder.create': call<readonly Mailbox[]>()(z.strictObject({ mailbox: id, name: z.string().min(1).max(255) })),
  'folder.rename': call<readonly Mailbox[]>()(z.strictObject({ folder: id, name: z.string().min(1).max(255) })),
  'folder.remove': call<readonly Mailbox[]>()(z.strictObject({ folder: id })),
  'folder.subscribe': call<readonly Mailbox[]>()(z.strictObject({ folder: id, subscribed: z.boolean() })),

  'message.list': call<MessagePage>()(listQuery),
  'message.thread': call<readonly Envelope[]>()(z.strictObject({ thread: id })),
  'message.open': call<MessageView>()(z.strictObject({ id, charset: z.string().max(50).nullable().default(null) })),
  /** What a calendar or contact part says; null: nothing that a card could show. */
  'message.card': call<Card | null>()(z.strictObject({ id, part: z.string().max(500) })),
  'message.flag': call<void>()(z.strictObject({ ids, flag: z.enum(flagNames), on: z.boolean() })),
  'message.move': call<readonly string[]>()(z.strictObject({ ids, folder: id })),
  'message.copy': call<readonly string[]>()(z.strictObject({ ids, folder: id })),
  /** For good. The window asks first; moving to Trash is `message.move`. */
  'message.remove': call<void>()(z.strictObject({ ids })),
  /** Remote images: for this once, always or never for its sender; ask: the sender's choice is forgotten. */
  'message.images': call<{ readonly allow: 'once' | 'sender' | 'never' | 'ask' }>()(
    z.strictObject({ id, allow: z.enum(['once', 'sender', 'never', 'ask']) }),
  ),
  'message.trace': call<Trace & { readonly groups: readonly HeaderGroup[]; readonly text: string }>()(z.strictObject({ id })),
  /** Asks DNS for the signers' keys; nothing else of the window's own does. */
  'message.dkim': call<DkimReport>()(z.strictObject({ id })),

  'route.read': call<z.infer<typeof routing>>()(none),
  'route.write': call<z.infer<typeof routing>>()(routing),
  /** The password of the relay that a mailbox hands its mail to; durable when it returns. */
  'route.secret': call<void>()(
    z.strictObject({ host: shortText, port: z.int().min(1).max(65_535), user: shortText, kind: z.enum(['file', 'keyring']), secret }),
  ),
  'route.try': call<RouteResult>()(z.strictObject({ address: shortText, routing: routing.nullable().default(null) })),

  /** Reads headers on the server, newest first; nothing is fetched, marked or deleted. The account need not be saved. */
  'route.rehearse': call<Rehearsal>()(
    z.strictObject({
      account,
      secret: secret.nullable().default(null),
      limit: z.int().min(1).max(5000).default(100),
      /** Not saved yet; null: as saved. */
      routing: routing.nullable().default(null),
    }),
  ),

  'bounce.list': call<readonly BounceRow[]>()(z.strictObject({ days: z.int().min(1).max(36_500).default(30) })),
  'bounce.read': call<void>()(z.strictObject({ ids: z.array(id).max(100_000) })),

  'problem.list': call<readonly Problem[]>()(none),
  /** retry: forget the failures; deliver: the bytes we have, as they are; delete: on the server, at the next run. */
  'problem.settle': call<readonly Problem[]>()(z.strictObject({ id, how: z.enum(['retry', 'deliver', 'delete']) })),

  /** What waits, what needs the person, and what was sent in the last day. Newest first. */
  'outbox.list': call<readonly OutboxRow[]>()(none),
  /** `message`: of `edit`, the draft that it has become. Throws `conflict` where the message is on its way already. */
  'outbox.settle': call<{ readonly message: string | null }>()(z.strictObject({ id, how: z.enum(settlements) })),

  /** `message`: what is answered, forwarded or gone on with. Nothing is saved yet. Throws `sending-missing` without an account. */
  'compose.start': call<ComposeDraft>()(
    z.strictObject({
      kind: z.enum(composeKinds),
      message: id.nullable().default(null),
      mailto: z.string().max(100_000).nullable().default(null),
      language: z.enum(['en', 'ja']).default('en'),
    }),
  ),
  /** One that was started or saved before, also by a station that has ended since. Throws `not-found`. */
  'compose.open': call<ComposeDraft>()(z.strictObject({ draft: id })),
  /** Into the Drafts of the account's mailbox; durable when it returns, and only then the older copy goes. */
  'compose.save': call<ComposeSaved>()(z.strictObject({ draft: id, content: composeContent })),
  /** A piece of a file; `file` null with the first one. The next piece begins at `octets` of the answer. */
  'compose.attach': call<ComposeFile>()(
    z.strictObject({
      draft: id,
      file: id.nullable().default(null),
      name: z.string().max(1000),
      type: z.string().max(200),
      offset: z.int().min(0),
      data: z.base64().max(Math.ceil(pieceOctets / 3) * 4),
      last: z.boolean(),
    }),
  ),
  /** Into the outbox; durable there when it returns. Throws `usage` without a recipient, `sending-missing`. */
  'compose.send': call<ComposeSent>()(z.strictObject({ draft: id, content: composeContent })),
  /** The draft and its file are deleted. */
  'compose.drop': call<void>()(z.strictObject({ draft: id })),
  'compose.people': call<readonly Address[]>()(z.strictObject({ typed: shortText, limit: z.int().min(1).max(50).default(8) })),

  'quarantine.list': call<readonly QuarantineRow[]>()(none),
  'quarantine.open': call<QuarantineView>()(z.strictObject({ id })),
  'quarantine.rescan': call<readonly QuarantineRow[]>()(z.strictObject({ ids })),
  /** Returns when the file stands in the mailbox, fsynced and read back. */
  'quarantine.release': call<{ readonly mailbox: string; readonly message: string | null }>()(z.strictObject({ id })),
  'quarantine.remove': call<void>()(z.strictObject({ ids })),

  'scanner.read': call<ScannerState>()(none),
  'scanner.test': call<ScannerState>()(none),
  'scanner.restart': call<ScannerState>()(none),
  'scanner.settings': call<ScannerState>()(scannerSettings),
  'signatures.read': call<SignaturesState>()(none),
  'signatures.update': call<SignaturesState>()(none),
  'scanner.watch': call<ScannerWatch>()(none),
  'scan.places': call<ScanPlaces>()(none),
  /** The face's own dialog: what was chosen may be scanned from now on. Throws `forbidden` where the face has none. */
  'scan.choose': call<readonly ScanPlace[]>()(z.strictObject({ what: z.enum(['folder', 'files']) })),
  'scan.start': call<ScanProgress>()(
    z.strictObject({
      places: z.array(id).min(1).max(100),
      exclude: z.array(z.string().max(1000)).max(100).default([]),
      followLinks: z.boolean().default(false),
      otherDevices: z.boolean().default(true),
    }),
  ),
  'scan.read': call<{ readonly mail: ScanProgress | null; readonly files: ScanProgress | null }>()(none),
  'scan.control': call<ScanProgress>()(z.strictObject({ scan: id, action: z.enum(['pause', 'resume', 'cancel']) })),
  'scan.list': call<ScanLines>()(
    z.strictObject({
      scan: id,
      list: z.enum(scanLists),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(200),
    }),
  ),
  /** Infected or suspicious files of a scan, by their lines: messages go into the quarantine, files elsewhere. `to`: a place, for move and copy. */
  'scan.settle': call<ScanLines>()(
    z.strictObject({
      scan: id,
      lines: z.array(z.int().min(0)).min(1).max(100_000),
      how: z.enum(['move', 'copy', 'remove', 'quarantine']),
      to: id.nullable().default(null),
    }),
  ),

  /** Looks at everything and changes nothing; connects to clamd and to the mail servers. */
  'doctor.run': call<DoctorReport>()(none),

  'statistics.read': call<readonly Hourly[]>()(
    z.strictObject({
      hours: z
        .int()
        .min(1)
        .max(24 * 400)
        .default(24),
    }),
  ),
  'log.read': call<readonly LogLine[]>()(
    z.strictObject({ lines: z.int().min(1).max(5000).default(500), account: id.nullable().default(null) }),
  ),

  /** The text comes from the window (a dropped or chosen file), never a path. */
  'import.preview': call<ImportPreview>()(importInput),
  'import.apply': call<ImportPreview>()(importInput),
  'sample.start': call<void>()(none),
} as const;

export type CallName = keyof typeof contract;
export type CallInput<Name extends CallName> = z.input<(typeof contract)[Name]['input']>;
export type CallParsed<Name extends CallName> = z.output<(typeof contract)[Name]['input']>;
export type CallOutput<Name extends CallName> = ReturnType<NonNullable<(typeof contract)[Name]['output']>>;

/** What a station implements: inputs are parsed before it sees them. */
export type Station = { readonly [Name in CallName]: (input: CallParsed<Name>) => Promise<CallOutput<Name>> };

/** Events announce that something changed; what it is now is read by a call. */
export interface Events {
  'fetch.step': FetchStep;
  'fetch.report': FetchReport;
  'account.changed': { readonly id: string | null };
  'account.test': { readonly run: string; readonly step: TestStep };
  'account.transcript': TranscriptLine;
  'status.changed': Record<string, never>;
  'settings.changed': Record<string, never>;
  /** folder null: the tree itself changed. */
  'mailbox.changed': { readonly folder: string | null };
  'quarantine.changed': Record<string, never>;
  'problem.changed': Record<string, never>;
  'bounce.changed': Record<string, never>;
  'outbox.changed': Record<string, never>;
  'scanner.changed': Record<string, never>;
  'scan.progress': ScanProgress;
  'log.line': LogLine;
  /** The face asks the window to do something: a tray item, a menu, a clicked notification. */
  'window.open': { readonly screen: 'mail' | 'station' | 'account' | 'quarantine' | 'welcome'; readonly message: string | null };
  /** A `mailto:` address was opened with this app: a message to it is begun. */
  'window.write': { readonly mailto: string };
}
export type EventName = keyof Events;
export const eventNames: readonly EventName[] = [
  'fetch.step',
  'fetch.report',
  'account.changed',
  'account.test',
  'account.transcript',
  'status.changed',
  'settings.changed',
  'mailbox.changed',
  'quarantine.changed',
  'problem.changed',
  'bounce.changed',
  'outbox.changed',
  'scanner.changed',
  'scan.progress',
  'log.line',
  'window.open',
  'window.write',
];
export type EmitEvent = <Name extends EventName>(name: Name, event: Events[Name]) => void;
