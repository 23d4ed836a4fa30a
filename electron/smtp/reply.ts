// One reply of an SMTP or LMTP server, and what it means for the message: taken, later, or never.

export interface Reply {
  readonly code: number;
  /** RFC 3463; made of the code where the server gives none. */
  readonly status: string;
  /** The whole reply on one line, without control characters. */
  readonly text: string;
  /** Without code, one a line: what EHLO lists. */
  readonly lines: readonly string[];
}

/** Lines as received, without line ends. Null when they are no reply. */
export function parseReply(lines: readonly string[]): Reply | null {
  const parts = lines.map((line) => /^(\d{3})(?:[ -](.*))?$/s.exec(line));
  const last = parts.at(-1);
  if (last?.[1] === undefined || parts.some((part) => part?.[1] !== last[1])) return null;
  const code = Number(last[1]);
  const texts = parts.map((part) => clean(part?.[2] ?? ''));
  const status = /^([245]\.\d{1,3}\.\d{1,3})(?= |$)/.exec(texts.at(-1) ?? '')?.[1];
  const rest = texts.map((text, index) => (index > 0 && status !== undefined ? text.replace(`${status} `, '') : text));
  return {
    code,
    status: status ?? `${Math.min(5, Math.max(2, Math.floor(code / 100)))}.0.0`,
    text: `${code} ${rest.join(' ')}`.trimEnd(),
    lines: texts,
  };
}

/** Nothing from a server reaches a log or a report unescaped (S22). */
export function clean(text: string): string {
  return text.replaceAll(/[\0-\x1f\x7f-\x9f]/g, ' ').slice(0, 1000);
}

export type Step = 'mail' | 'rcpt' | 'data';
export type Meaning = 'accepted' | 'deferred' | 'refused';

/**
 * As fetchmail treats them: 4xx and 530 (STARTTLS or login wanted) keep the mail for another time, every other 5xx is
 * for good. `antispam` codes are looked at in reply to MAIL FROM only, and are for good whatever their class.
 */
export function meaningOf(step: Step, code: number, antispam: readonly number[]): Meaning {
  if (step === 'mail' && antispam.includes(code)) return 'refused';
  if (code >= 200 && code < 300) return 'accepted';
  return code === 530 || code < 500 || code > 599 ? 'deferred' : 'refused';
}

export type RefusalCause = 'spam' | 'too-big' | 'bad-sender' | 'bad-recipient' | 'other';

/**
 * fetchmail's four reasons, and the recipient's. Postfix answers for the sender at RCPT (smtpd_delay_reject): what is refused
 * there for good has the sender's reason, too.
 */
export function causeOf(step: Step, { code, status }: Pick<Reply, 'code' | 'status'>, antispam: readonly number[]): RefusalCause {
  if (step !== 'data' && antispam.includes(code)) return 'spam';
  if (code === 552) return 'too-big';
  if (step === 'mail' && (code === 553 || code === 501)) return 'bad-sender';
  if (status === '5.1.7' || status === '5.1.8') return 'bad-sender';
  return step === 'rcpt' ? 'bad-recipient' : 'other';
}
