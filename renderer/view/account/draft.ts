// An account as it is being edited: everything as typed. It becomes an Account in draft-account.ts.
import { type Account, defaultPort, type Protocol, type Security } from '../../../shared/account.js';

/** Where the secret is, as the dialog asks it. `token`: a command that prints an OAuth2 access token. */
export const secretKinds = ['keyring', 'file', 'command', 'session', 'token'] as const;
export type SecretKind = (typeof secretKinds)[number];
export const sendLogins = ['same', 'own', 'none'] as const;
export type SendLogin = (typeof sendLogins)[number];

export interface Draft {
  /** What is edited; null for a new one. Keeps what the dialog does not show. */
  readonly base: Account | null;
  readonly id: string;
  /** A password is stored under this id. */
  readonly stored: boolean;
  readonly name: string;
  readonly protocol: Protocol;
  readonly host: string;
  /** null: follows protocol and security. */
  readonly port: string | null;
  readonly security: Security;
  readonly user: string;
  readonly auth: Account['auth'];
  readonly secretKind: SecretKind;
  /** Never read back: empty leaves what is stored. */
  readonly secret: string;
  readonly command: string;
  readonly pin: string | null;
  readonly pinnedPem: string | null;
  readonly source: boolean;
  readonly folder: string;

  readonly multidrop: boolean;
  /** null: follows the user name. */
  readonly to: string | null;
  readonly envelope: string;
  readonly skip: string;
  readonly qvirtual: string;
  readonly localDomains: string;
  readonly names: string;
  readonly useReceived: boolean;
  readonly useToCc: boolean;

  readonly retention: Account['fetch']['retention']['kind'];
  readonly days: string;
  readonly minutes: string;
  readonly limited: boolean;
  readonly megabytes: string;
  readonly maxMessages: string;
  readonly maxMegabytes: string;
  readonly batchLimit: string;
  readonly timeout: string;
  readonly all: boolean;
  readonly invisible: boolean;
  readonly top: boolean;
  readonly tracePolls: boolean;

  readonly target: Account['target']['kind'];
  readonly targetHost: string;
  readonly targetPort: string;
  readonly socket: string;
  readonly targetSecurity: Security;
  readonly targetLogin: boolean;
  readonly targetUser: string;
  readonly targetSecret: string;
  readonly targetBatch: string;
  /** Codes, by commas. */
  readonly antispam: string;
  readonly targetAccount: string;
  readonly targetFolder: string;
  readonly refusal: Account['refusal'];

  readonly sending: boolean;
  readonly fromName: string;
  readonly signature: string;
  /** null: follows where mail is delivered. */
  readonly fromAddress: string | null;
  readonly sendHost: string;
  readonly sendPort: string | null;
  readonly sendSecurity: Security;
  readonly sendLogin: SendLogin;
  readonly sendUser: string;
  readonly sendSecret: string;
  readonly sendPin: string | null;
  readonly sendPinnedPem: string | null;
}

export function blankDraft(id: string, secretKind: SecretKind): Draft {
  return {
    base: null,
    id,
    stored: false,
    name: '',
    protocol: 'pop3',
    host: '',
    port: null,
    security: 'tls',
    user: '',
    auth: 'auto',
    secretKind,
    secret: '',
    command: '',
    pin: null,
    pinnedPem: null,
    source: true,
    folder: 'INBOX',
    multidrop: false,
    to: null,
    envelope: 'X-Original-To',
    skip: '0',
    qvirtual: '',
    localDomains: '',
    names: '',
    useReceived: true,
    useToCc: false,
    retention: 'keep',
    days: '14',
    minutes: '3',
    limited: false,
    megabytes: '50',
    maxMessages: '0',
    maxMegabytes: '0',
    batchLimit: '0',
    timeout: '300',
    all: false,
    invisible: false,
    top: false,
    tracePolls: false,
    target: 'maildir',
    targetHost: '127.0.0.1',
    targetPort: '',
    socket: '',
    targetSecurity: 'none',
    targetLogin: false,
    targetUser: '',
    targetSecret: '',
    targetBatch: '0',
    antispam: '',
    targetAccount: '',
    targetFolder: 'INBOX',
    refusal: 'postmaster',
    sending: false,
    fromName: '',
    signature: '',
    fromAddress: null,
    sendHost: '',
    sendPort: null,
    sendSecurity: 'starttls',
    sendLogin: 'same',
    sendUser: '',
    sendSecret: '',
    sendPin: null,
    sendPinnedPem: null,
  };
}

/** Its folders are shown as they are on the server: nothing is fetched, routed or delivered. */
export function isShown({ protocol, source }: Pick<Draft, 'protocol' | 'source'>): boolean {
  return protocol === 'imap' && !source;
}

export function portOf(draft: Draft): string {
  return draft.port ?? String(defaultPort(draft.protocol, draft.security));
}
export function sendPortOf(draft: Draft): string {
  return draft.sendPort ?? String(defaultPort('smtp', draft.sendSecurity));
}

/** The mailbox here that a user name suggests: the name itself where it is an address, else at the server's domain. */
export function addressOf({ to, user, host }: Pick<Draft, 'to' | 'user' | 'host'>): string {
  if (to !== null) return to;
  const name = user.trim();
  if (name === '' || name.includes('@')) return name;
  const labels = host.trim().split('.');
  const domain = labels.length > 2 ? labels.slice(1).join('.') : host.trim();
  return domain === '' ? '' : `${name}@${domain}`;
}

export function nameOf(draft: Draft): string {
  if (draft.name.trim() !== '') return draft.name.trim();
  const user = draft.user.trim();
  return user.includes('@') || user === '' ? user : [user, draft.host.trim()].filter(Boolean).join('@');
}

export function fromAddressOf(draft: Draft): string {
  return draft.fromAddress ?? (draft.multidrop ? '' : addressOf(draft));
}

/** A free id made of user and host. The tail keeps an id from ever being used again after its account was removed. */
export function newId(taken: readonly string[], seed: string, tail: string): string {
  const base =
    seed
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'account';
  const id = `${base}-${tail}`;
  return taken.includes(id) ? newId(taken, `${base}-2`, tail) : id;
}
