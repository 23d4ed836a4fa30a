// The one error of the house: a closed code, whether trying again can help, and the facts a
// sentence needs. The sentences themselves, in English and Japanese, are in failure-text.ts.

export const failureCodes = [
  // reaching the server
  'dns',
  'refused',
  'unreachable',
  'connection-lost',
  'timeout',
  'proxy',
  // TLS
  'tls',
  'tls-untrusted',
  'tls-name',
  'tls-expired',
  'tls-pin-changed',
  'tls-not-spoken',
  'tls-on-plain-port',
  'starttls-missing',
  'starttls-refused',
  // what the server said
  'greeting',
  'protocol',
  'limit',
  'server-refused',
  'server-busy',
  'mailbox-busy',
  'login-delay',
  'server-temporary',
  'server-permanent',
  'auth',
  'auth-in-clear',
  'auth-unsupported',
  'quit-refused',
  // this machine
  'disk-full',
  'not-writable',
  'maildir',
  'locked',
  'permissions',
  'settings-corrupt',
  'settings-newer',
  'ledger-corrupt',
  'ledger-newer',
  'secret-missing',
  'secret-command',
  'credentials-invalid',
  'io',
  // scanning
  'scanner-unavailable',
  'scanner-blind',
  'scan-failed',
  // delivering
  'recipient-refused',
  'relay-temporary',
  'relay-permanent',
  'relay-doubt',
  'sending-missing',
  'sending-unknown',
  'sending-refused',
  'delivery',
  // one message
  'message-refused',
  'message-too-big',
  'unparsable',
  // asking
  'usage',
  'not-found',
  'conflict',
  'forbidden',
  'cancelled',
  'internal',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** Facts for the sentence. `said` is the other side's own words, already stripped of control characters. */
export interface FailureFacts {
  readonly account?: string;
  readonly step?: string;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly path?: string;
  readonly said?: string;
  readonly limit?: string;
  readonly seconds?: number;
  readonly fingerprint?: string;
  readonly name?: string;
}

/** JSON-safe form of a MailError, for reports, events and the wire. */
export interface Failure extends FailureFacts {
  readonly code: FailureCode;
  /** English, complete; for the log. A face shows explain(failure, language) instead. */
  readonly message: string;
  readonly temporary: boolean;
}

export interface MailErrorOptions extends FailureFacts {
  readonly cause?: unknown;
}

/** Temporary means: do nothing, keep the mail, try again at the next poll. Unknown is temporary. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly facts: FailureFacts;

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly temporary: boolean,
    options: MailErrorOptions = {},
  ) {
    const { cause, ...facts } = options;
    super(message, cause === undefined ? undefined : { cause });
    this.facts = facts;
  }

  /** A copy that also knows what an outer layer knows (the account, the step). Inner facts win. */
  with(outer: FailureFacts): MailError {
    return new MailError(this.code, this.message, this.temporary, { cause: this.cause, ...outer, ...this.facts });
  }

  toJSON(): Failure {
    return { ...this.facts, code: this.code, message: this.message, temporary: this.temporary };
  }
}

/** Any thrown value as a Failure. What we do not know is `internal` and temporary. */
export function toFailure(error: unknown): Failure {
  if (error instanceof MailError) return error.toJSON();
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, temporary: true };
}
