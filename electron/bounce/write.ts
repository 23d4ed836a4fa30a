// A bounce that we send: multipart/report with a delivery-status part (RFC 3462, 3464), from the null sender. LF lines.
import { randomUUID } from 'node:crypto';

export interface DsnRecipient {
  /** As the relay or the routing knew it; and as the message was addressed, where that differs. */
  readonly address: string;
  readonly original?: string | null;
  readonly action?: 'failed' | 'delayed';
  /** RFC 3463, such as 5.1.1. */
  readonly status: string;
  /** The reply as it was, with its code: `550 5.1.1 <a>: ...`. */
  readonly diagnostic: string;
  /** `smtp` for a server's reply and for ours in its form; `x-unix` and such otherwise. */
  readonly diagnosticType?: string;
  readonly remoteMta?: string | null;
}
export type DsnReason = 'recipient' | 'too-big' | 'spam' | 'loop' | 'general';
export interface Dsn {
  /** This station's host name. */
  readonly host: string;
  /** Who gets it: bounceAddress(). The envelope sender to send it from is always ''. */
  readonly to: string;
  readonly reason: DsnReason;
  readonly recipients: readonly DsnRecipient[];
  /** The header of the message it is about; it is returned, the body is not. */
  readonly header: Uint8Array;
  /** When the message was fetched, and when this is written. */
  readonly arrived: Date;
  readonly date?: Date;
  /** Makes Message-ID the same each time: a bounce written again after a crash is the same bounce. */
  readonly key?: string;
}

/** fetchmail's four, in words of our own, and the loop. */
const reasons: Readonly<Record<DsnReason, string>> = {
  recipient: 'Some addresses were rejected by the server that delivers the mail.',
  'too-big': 'This message was larger than the mailbox accepts.',
  spam: 'A spam filter rejected this message.',
  loop: 'This message has gone round in a circle.',
  general: 'The server that delivers the mail did not accept this message.',
};

/** Octets of the returned header (Postfix: bounce_size_limit 50000). */
const mostReturned = 50_000;

export interface WrittenDsn {
  readonly message: Buffer;
  readonly messageId: string;
}

export function writeDsn(dsn: Dsn): WrittenDsn {
  const id = dsn.key === undefined ? randomUUID() : dsn.key.replaceAll(/[^A-Za-z0-9.-]/g, '');
  const messageId = `<todoku-dsn-${id}@${asciiHost(dsn.host)}>`;
  const boundary = `=_todoku_${id.slice(0, 40)}_${randomUUID().slice(0, 8)}`;
  const returned = returnedHeader(dsn.header);
  const parts = [
    part('text/plain; charset=utf-8', 'Notification', Buffer.from(notification(dsn))),
    part('message/delivery-status', 'Delivery report', Buffer.from(statusBlocks(dsn), 'latin1')),
    part('text/rfc822-headers', 'Undelivered message headers', returned),
  ];
  const delimiter = Buffer.from(`--${boundary}\n`);
  const top = Buffer.from(`${topFields(dsn, messageId, boundary).join('\n')}\n\nThis is a MIME-encapsulated message.\n\n`);
  return { messageId, message: Buffer.concat([top, ...parts.flatMap((one) => [delimiter, one]), Buffer.from(`--${boundary}--\n`)]) };
}

function topFields(dsn: Dsn, messageId: string, boundary: string): readonly string[] {
  const about = originalId(dsn.header);
  return [
    `Date: ${mailDate(dsn.date ?? new Date())}`,
    `From: Mail Delivery System <MAILER-DAEMON@${asciiHost(dsn.host)}>`,
    `To: <${oneLine(dsn.to)}>`,
    `Subject: ${dsn.recipients.every(({ action }) => action === 'delayed') ? 'Delayed Mail (still being retried)' : 'Undelivered Mail Returned to Sender'}`,
    `Message-ID: ${messageId}`,
    ...(about === null ? [] : [`In-Reply-To: ${about}`, `References: ${about}`]),
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status;\n\tboundary="${boundary}"`,
  ];
}

function part(type: string, description: string, body: Buffer): Buffer {
  const encoding = body.some((octet) => octet > 127) ? '8bit' : '7bit';
  const head = `Content-Type: ${type}\nContent-Description: ${description}\nContent-Transfer-Encoding: ${encoding}\n\n`;
  return Buffer.concat([Buffer.from(head), body, Buffer.from(body.at(-1) === 10 ? '\n' : '\n\n')]);
}

function notification({ reason, recipients, host }: Dsn): string {
  const delayed = recipients.every(({ action }) => action === 'delayed');
  return [
    `This message was created automatically by the mail station at ${oneLine(host)}.`,
    '',
    'A message that you sent could not be delivered to one or more of its',
    delayed ? 'recipients yet. It will be tried again.' : 'recipients. This is a permanent error.',
    '',
    `Reason: ${reasons[reason]}`,
    '',
    'The following address(es) failed:',
    '',
    ...recipients.flatMap(({ address, diagnostic }) => [`  ${oneLine(address)}`, `    SMTP error: ${oneLine(diagnostic)}`, '']),
  ].join('\n');
}

function statusBlocks(dsn: Dsn): string {
  const message = [`Reporting-MTA: dns; ${asciiHost(dsn.host)}`, `Arrival-Date: ${mailDate(dsn.arrived)}`];
  const blocks = dsn.recipients.map((one) => [
    ...(one.original === undefined || one.original === null ? [] : [`Original-Recipient: ${typed(one.original)}`]),
    `Final-Recipient: ${typed(one.address)}`,
    `Action: ${one.action ?? 'failed'}`,
    `Status: ${/^[245]\.\d{1,3}\.\d{1,3}$/.test(one.status) ? one.status : '5.0.0'}`,
    ...(one.remoteMta === undefined || one.remoteMta === null ? [] : [`Remote-MTA: dns; ${asciiHost(one.remoteMta)}`]),
    fold(`Diagnostic-Code: ${one.diagnosticType ?? 'smtp'}; ${escaped(oneLine(one.diagnostic))}`),
    `Last-Attempt-Date: ${mailDate(dsn.date ?? new Date())}`,
  ]);
  return [message, ...blocks].map((block) => `${block.join('\n')}\n`).join('\n');
}

/** RFC 6533 3: an address that is not ASCII is utf-8, its other characters as \x{HEX}. */
function typed(address: string): string {
  const text = oneLine(address);
  return /^[\x21-\x7e]+$/.test(text)
    ? `rfc822; ${text}`
    : `utf-8; ${escaped(text.replaceAll(/[ \\]/g, (sign) => `\\x{${sign.charCodeAt(0).toString(16).toUpperCase()}}`))}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, (sign) => `\\x{${(sign.codePointAt(0) ?? 63).toString(16).toUpperCase()}}`);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\0-\x1f\x7f-\x9f]+/g, ' ').slice(0, 1000);
}

function asciiHost(host: string): string {
  return host.replaceAll(/[^A-Za-z0-9.\-[\]:]/g, '').slice(0, 255) || 'localhost';
}

/** At blanks, so that no line passes 78 where words allow it. */
function fold(line: string): string {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= 78) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : ` ${word}`);
  }
  return lines.join('\n');
}

/** Whole lines only, and no empty one: what stands in this part is a header. */
function returnedHeader(header: Uint8Array): Buffer {
  const text = Buffer.from(header.buffer, header.byteOffset, header.byteLength)
    .toString('latin1')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', ' ');
  const block = text.split('\n\n', 1)[0] ?? '';
  const cut = block.length <= mostReturned ? block : block.slice(0, block.lastIndexOf('\n', mostReturned));
  return Buffer.from(`${cut.replace(/^\n+/, '').replace(/\n+$/, '')}\n`, 'latin1');
}

function originalId(header: Uint8Array): string | null {
  const text = Buffer.from(header.buffer, header.byteOffset, Math.min(header.byteLength, mostReturned)).toString('latin1');
  return /^Message-ID:\s*(<[\x21-\x3b\x3d\x3f-\x7e]{1,200}>)/im.exec(text)?.[1] ?? null;
}

/** RFC 5322 3.3, in UTC. */
function mailDate(date: Date): string {
  return date.toUTCString().replace(/GMT$/, '+0000');
}
