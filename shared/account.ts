// One account: a maildrop on a server, how to reach it, and where its mail goes. Schema with defaults.
import { z } from 'zod';

export const protocols = ['pop3', 'imap'] as const;
export const securities = ['tls', 'starttls', 'none'] as const;
export const authMethods = ['auto', 'password', 'apop', 'cram-md5', 'scram-sha-256', 'plain', 'login', 'xoauth2', 'oauthbearer'] as const;

const text = z
  .string()
  .max(1000)
  .refine((value) => !/[\r\n\0]/.test(value), { message: 'line breaks are not allowed' });
export const hostName = text.min(1);
export const portNumber = z.int().min(1).max(65535);

/** Where the secret is. The value itself never appears in settings or in the contract's outputs. */
export const secretReference = z.discriminatedUnion('kind', [
  /** Sealed by the desktop's keyring (Electron safeStorage); only the desktop app can open it. */
  z.strictObject({ kind: z.literal('keyring') }),
  /** In secrets.json, mode 0600, readable by whoever can read the file. */
  z.strictObject({ kind: z.literal('file') }),
  /** First line of the command's standard output. For OAuth2 it prints an access token. */
  z.strictObject({ kind: z.literal('command'), command: text.min(1) }),
  /** Asked for, kept in memory until the station stops. */
  z.strictObject({ kind: z.literal('session') }),
]);
export type SecretReference = z.infer<typeof secretReference>;

export const retention = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('delete') }),
  /** Deleted from the server this many days after it was first delivered here. */
  z.strictObject({ kind: z.literal('days'), days: z.int().min(1).max(3650) }),
]);

export const fetchOptions = z.strictObject({
  retention: retention.default({ kind: 'keep' }),
  /** Retrieve what was retrieved before, too. Delivered messages are still not delivered twice. */
  all: z.boolean().default(false),
  /** Octets; larger messages stay on the server and are reported once. 0: no limit. */
  sizeLimit: z.int().min(0).default(0),
  /** Messages and octets a run; what is left waits for the next one. 0: no limit. */
  maxMessages: z.int().min(0).default(0),
  maxOctets: z.int().min(0).default(0),
  /** Deletes after which the session is closed and opened again, so that they take effect. 0: never. */
  batchLimit: z.int().min(0).default(0),
  /** Seconds without an answer from the server. */
  timeout: z.int().min(1).max(86400).default(300),
  /** Seconds between polls. */
  interval: z.int().min(1).max(2592000).default(180),
  /** Leave no trace: no Received line of ours. */
  invisible: z.boolean().default(false),
  /** Retrieve by TOP, for servers that mark RETR as seen. */
  top: z.boolean().default(false),
  /** Name the account in our Received line, as fetchmail's tracepolls does. */
  tracePolls: z.boolean().default(false),
});

export const multidrop = z.strictObject({
  kind: z.literal('multidrop'),
  /** Envelope header that names the recipient; null: none, go on to Received. */
  envelope: text.nullable().default('X-Original-To'),
  /** How many occurrences of that header to skip, top down. */
  skip: z.int().min(0).max(100).default(0),
  /** Prefix to strip from the local part (qmail's `user-`). */
  qvirtual: text.default(''),
  /** Domains that are ours besides the virtual domains. */
  localDomains: z.array(text).default([]),
  /** Local parts that are mapped: their name there -> address here. */
  names: z.record(z.string(), z.string()).default({}),
  useReceived: z.boolean().default(true),
  /** To and Cc miss Bcc and list mail: only on request. */
  useToCc: z.boolean().default(false),
});
export const singledrop = z.strictObject({ kind: z.literal('singledrop'), to: z.array(text.min(1)).min(1) });
export const drop = z.discriminatedUnion('kind', [singledrop, multidrop]);
export type Drop = z.infer<typeof drop>;
export type Multidrop = z.infer<typeof multidrop>;

const relayOptions = { batchLimit: z.int().min(0).default(0), antispam: z.array(z.int().min(400).max(599)).default([]) };
export const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('maildir') }),
  z.strictObject({
    kind: z.literal('smtp'),
    host: hostName,
    port: portNumber.default(25),
    ...relayOptions,
    /** Absent: not encrypted, as on one machine. */
    security: z.enum(securities).optional(),
    /** Absent: no login, a relay that knows us by address. */
    login: z.strictObject({ user: text.min(1), secret: secretReference }).optional(),
    /** SHA-256 of the certificate to trust besides the system's authorities, and its PEM. */
    pin: text.optional(),
    pinnedPem: z.string().max(20000).optional(),
  }),
  /** `socket` wins over host and port. */
  z.strictObject({
    kind: z.literal('lmtp'),
    host: hostName.default('127.0.0.1'),
    port: portNumber.default(24),
    socket: text.nullable().default(null),
    ...relayOptions,
  }),
  /** Append to a folder of an IMAP account of ours. */
  z.strictObject({ kind: z.literal('imap'), account: text, folder: text.default('INBOX') }),
]);
export type DeliveryTarget = z.infer<typeof target>;

export const refusalPolicies = ['postmaster', 'keep', 'bounce'] as const;

export const sending = z.strictObject({
  host: hostName,
  port: portNumber.default(587),
  security: z.enum(securities).default('starttls'),
  /** null: the account's own user and secret. */
  user: text.nullable().default(null),
  secret: secretReference.nullable().default(null),
  /** No login at all (a relay that knows us by address). */
  anonymous: z.boolean().default(false),
  pin: text.nullable().default(null),
  /** Its PEM, without which a certificate that no authority has signed cannot be trusted. */
  pinnedPem: z.string().max(20000).nullable().optional(),
});
export const identity = z.strictObject({
  name: text.default(''),
  address: text.min(1),
  replyTo: text.default(''),
  signature: z.string().max(20000).default(''),
});

export const account = z.strictObject({
  /** Stable; also part of the delivery key, so it is never reused. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: text.min(1),
  protocol: z.enum(protocols).default('pop3'),
  host: hostName,
  port: portNumber,
  security: z.enum(securities).default('tls'),
  user: text.min(1),
  auth: z.enum(authMethods).default('auto'),
  secret: secretReference.default({ kind: 'session' }),
  /** SHA-256 of the certificate to trust besides the system's authorities, hex with colons; with its PEM. */
  pin: text.nullable().default(null),
  pinnedPem: z.string().max(20000).nullable().default(null),
  enabled: z.boolean().default(true),
  drop: drop,
  target: target.default({ kind: 'maildir' }),
  refusal: z.enum(refusalPolicies).default('postmaster'),
  fetch: fetchOptions.default(() => fetchOptions.parse({})),
  /** IMAP: also shown as a mailbox tree; POP3: always a source. */
  source: z.boolean().default(true),
  folder: text.default('INBOX'),
  sending: sending.nullable().default(null),
  identities: z.array(identity).default([]),
});
export type Account = z.infer<typeof account>;
/** What a caller may leave out. */
export type AccountInput = z.input<typeof account>;
export type Security = (typeof securities)[number];
export type Protocol = (typeof protocols)[number];
export type FetchOptions = z.infer<typeof fetchOptions>;
export type Identity = z.infer<typeof identity>;

/** The port that a choice of protocol and security implies (RFC 8314). */
export function defaultPort(protocol: Protocol | 'smtp', security: Security): number {
  const ports = {
    pop3: { tls: 995, starttls: 110, none: 110 },
    imap: { tls: 993, starttls: 143, none: 143 },
    smtp: { tls: 465, starttls: 587, none: 25 },
  };
  return ports[protocol][security];
}
