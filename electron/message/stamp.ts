// The header lines the station puts on top of a message: envelope, verdict, and our Received line (WIRE.md sections 2 and 4).
// The message itself is never touched: what stands below is what the server sent, with LF line ends.
import type { Verdict } from '../../shared/verdict.js';

export interface Stamp {
  /** '' is the null sender (`Return-Path: <>`); null: the message brought its own line. */
  readonly returnPath: string | null;
  /** null: mail that is handed on; who delivers it in the end writes these two (RFC 5321 4.4), and Bcc stays hidden. */
  readonly originalTo: string | null;
  readonly deliveredTo: string | null;
  /** Delivery key of mail that is handed on: a second copy, made because an answer was lost, carries the same one. */
  readonly key?: string;
  /** `clamd 1.4.6/27813` or null: not scanned, and then no X-Virus-Scanned line. */
  readonly scannedWith: string | null;
  readonly verdict: Verdict;
  /** null: leave no trace. */
  readonly received: Received | null;
}
export interface Received {
  readonly server: string;
  readonly serverIp: string | null;
  readonly host: string;
  /** RFC 5321 `with` word: POP3, POP3S, IMAP, IMAPS. */
  readonly protocol: 'POP3' | 'POP3S' | 'IMAP' | 'IMAPS';
  readonly version: string;
  /** null: several recipients, no `for` clause. */
  readonly recipient: string | null;
  readonly drop: 'single-drop' | 'multi-drop' | 'by default';
  /** fetchmail's tracepolls: ` polling LABEL account USER`. */
  readonly polling: string | null;
  readonly date: Date;
}

/** Anything that came from outside loses what could end a header line, and its length is bounded. */
function clean(value: string, most = 900): string {
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?').slice(0, most);
}

/** `Tue, 24 Nov 2026 01:58:20 +0000 (UTC)`: RFC 5322 date in UTC, as fetchmail writes it. */
export function mailDate(date: Date): string {
  return `${date.toUTCString().replace('GMT', '+0000')} (UTC)`;
}

/** The value of X-Virus-Status; the list reads it back. Only the topmost one is ours. */
export function virusStatus(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'clean':
      return 'Clean';
    case 'infected':
      return `Infected (${verdict.signatures.join(', ')})`;
    case 'suspicious':
      return `Suspicious (${verdict.class}: ${verdict.signatures.join(', ')})`;
    case 'unscannable':
      return `Unscannable (${verdict.reason})`;
    default:
      return `Not-Scanned (${verdict.reason})`;
  }
}

const ownHead =
  /^(?:X-Todoku-Released:[^\n]*\n)*(?:Return-Path:[^\n]*\n)?(?:X-Original-To:[^\n]*\n)?(?:Delivered-To:[^\n]*\n)?(?:X-Todoku-Delivery:[^\n]*\n)?(?:X-Virus-Scanned:[^\n]*\n)?X-Virus-Status:[^\n]*\n(?:Received:[^\n]*\n\t[^\n]*\(Todoku-[^\n]*\n\t[^\n]*\n)?/;
/** Octets of the block in which it is looked for. */
const longestHead = 8192;

/** How many octets on top of a delivered file are ours (stampHead, and a release's line); 0: another program delivered it. */
export function ownHeadOctets(raw: Uint8Array): number {
  return ownHead.exec(Buffer.from(raw.subarray(0, longestHead)).toString('latin1'))?.[0].length ?? 0;
}

function receivedLines(received: Received): string {
  const ip = received.serverIp === null ? '' : ` [${clean(received.serverIp, 100)}]`;
  const polling = received.polling === null ? '' : ` ${clean(received.polling, 300)}`;
  const recipient = received.recipient === null ? '' : `for <${clean(received.recipient, 320)}> (${received.drop}); `;
  return [
    `Received: from ${clean(received.server, 255)}${ip}`,
    `\tby ${clean(received.host, 255)} with ${received.protocol} (Todoku-${received.version}${polling})`,
    `\t${recipient}${mailDate(received.date)}`,
  ].join('\n');
}

/** Names the delivery key in mail that is handed on. */
export const keyField = 'X-Todoku-Delivery';

/** The block of our header lines, each ended by LF. */
export function stampHead(stamp: Stamp): Buffer {
  const lines = stamp.returnPath === null ? [] : [`Return-Path: <${clean(stamp.returnPath, 320)}>`];
  if (stamp.originalTo !== null) lines.push(`X-Original-To: ${clean(stamp.originalTo, 320)}`);
  if (stamp.deliveredTo !== null) lines.push(`Delivered-To: ${clean(stamp.deliveredTo, 320)}`);
  if (stamp.key !== undefined) lines.push(`${keyField}: ${stamp.key}`);
  if (stamp.scannedWith !== null) lines.push(`X-Virus-Scanned: ${clean(stamp.scannedWith, 200)}`);
  lines.push(`X-Virus-Status: ${clean(virusStatus(stamp.verdict))}`);
  if (stamp.received !== null) lines.push(receivedLines(stamp.received));
  return Buffer.from(`${lines.join('\n')}\n`, 'utf8');
}
