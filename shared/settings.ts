// The whole of settings.json: schema, defaults, and its version. Migrations are in electron/station.
import { z } from 'zod';
import { account, target } from './account.js';
import { verdictActions } from './verdict.js';

export const settingsVersion = 1;

export const virtualMailbox = z.strictObject({
  /** user@domain, or @domain for a catch-all mailbox. */
  address: z.string().min(1).max(1000),
  /** Below the mail folder, or absolute for a Maildir taken over in place. */
  path: z.string().min(1).max(4000),
  /** Octets one message may have; null: the routing's own limit. */
  limit: z.int().min(0).nullable().default(null),
  /** Instead of the folder: a relay, or a folder of an IMAP account. Absent: the folder. */
  target: target.optional(),
});
export const virtualAlias = z.strictObject({
  /** user@domain, user, or @domain. */
  from: z.string().min(1).max(1000),
  to: z.array(z.string().min(1).max(1000)).min(1),
});
export const routing = z.strictObject({
  /** Declared domains answer "user unknown" for what is not in `mailboxes`; others are taken as they come. */
  domains: z.array(z.string().min(1).max(255)).default([]),
  mailboxes: z.array(virtualMailbox).default([]),
  aliases: z.array(virtualAlias).default([]),
  /** Gets what nobody is named for; null: deliver to the account's own mailbox. */
  postmaster: z.string().max(1000).nullable().default(null),
  /** Domain for bare names. */
  localDomain: z.string().min(1).max(255).default('localhost'),
  recipientDelimiter: z.string().max(1).default('+'),
  /** Octets; 0: none. Postfix: 10240000 and 51200000. */
  messageSizeLimit: z.int().min(0).default(0),
  mailboxSizeLimit: z.int().min(0).default(0),
  hopLimit: z.int().min(1).default(50),
  /** Bounces to senders, an hour in all; what is over goes to the postmaster instead. */
  bouncesPerHour: z.int().min(0).max(10_000).default(20),
});
export type Routing = z.infer<typeof routing>;
export type VirtualMailbox = z.infer<typeof virtualMailbox>;
export type VirtualAlias = z.infer<typeof virtualAlias>;

const action = z.enum(verdictActions);
export const scannerModes = ['required', 'optional', 'off'] as const;
export const scannerSettings = z.strictObject({
  mode: z.enum(scannerModes).default('required'),
  /** auto: the usual sockets and clamd.conf, else our own clamd; off; unix:PATH; tcp:HOST:PORT, several by commas. */
  clamd: z
    .string()
    .regex(/^(auto|off|unix:.+|tcp:.+:\d+)$/)
    .default('auto'),
  actions: z
    .strictObject({
      infected: action.default('quarantine'),
      encrypted: action.default('mark'),
      macro: action.default('mark'),
      phishing: action.default('mark'),
      limits: action.default('mark'),
      unwanted: action.default('mark'),
      unscannable: action.default('mark'),
    })
    .prefault({}),
  /** Seconds for one message. */
  timeout: z.int().min(1).max(3600).default(300),
  parallel: z.int().min(1).max(64).default(8),
  /** Seconds between canaries while running. */
  canaryInterval: z.int().min(10).default(600),
  /** Octets that clamd takes (its StreamMaxLength). */
  streamLimit: z.int().min(1024).default(104857600),
  concurrentReload: z.boolean().default(false),
  /** Folder of signatures for our own clamd; null: the system's. */
  database: z.string().nullable().default(null),
  quarantineDays: z.int().min(0).default(0),
});
export type ScannerSettings = z.infer<typeof scannerSettings>;
export type ScannerMode = (typeof scannerModes)[number];

export const signatureSettings = z.strictObject({
  /** Hour of the day (local time) for freshclam; null: someone else keeps them fresh. */
  hour: z.int().min(0).max(23).nullable().default(1),
  mirror: z.string().nullable().default(null),
});

export const pauses = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** ISO 8601. */
  z.strictObject({ kind: z.literal('until'), time: z.string() }),
  z.strictObject({ kind: z.literal('indefinite') }),
]);

export const settings = z.strictObject({
  version: z.literal(settingsVersion).default(settingsVersion),
  language: z.enum(['system', 'en', 'ja']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  fontSize: z.int().min(11).max(20).default(13),
  keys: z.enum(['thunderbird', 'gmail', 'mutt']).default('thunderbird'),
  accounts: z.array(account).default([]),
  routing: routing.prefault({}),
  scanner: scannerSettings.prefault({}),
  signatures: signatureSettings.prefault({}),
  poll: z
    .strictObject({
      pause: pauses.default({ kind: 'none' }),
      /** Sessions at once, in all and to one host. */
      sessions: z.int().min(1).max(100).default(8),
      sessionsPerHost: z.int().min(1).max(20).default(3),
    })
    .prefault({}),
  notify: z
    .strictObject({
      style: z.enum(['full', 'count', 'silent']).default('full'),
      quietFrom: z
        .string()
        .regex(/^\d\d:\d\d$/)
        .nullable()
        .default(null),
      quietTo: z
        .string()
        .regex(/^\d\d:\d\d$/)
        .nullable()
        .default(null),
    })
    .prefault({}),
  startAtLogin: z.boolean().default(false),
  startHidden: z.boolean().default(false),
  reading: z
    .strictObject({
      prefer: z.enum(['text', 'html']).default('text'),
      /** Senders whose remote images load. */
      remoteAllowed: z.array(z.string()).default([]),
      /** Senders whose remote images are never loaded, and not offered. */
      remoteRefused: z.array(z.string()).default([]),
      /** The list of messages: two lines each, or a table over the reading pane. */
      list: z.enum(['compact', 'columns']).default('compact'),
      threads: z.enum(['references', 'subject', 'flat']).default('references'),
      /** Host names and networks that are ours: the boundary of the Received chain. */
      trustedHosts: z.array(z.string()).default([]),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settings>;
export type SettingsInput = z.input<typeof settings>;
