// What a message reports of another: a bounce, a delay, a receipt, a complaint, an automatic answer, or nothing.
// Structure first (RFC 3464), words second, codes third. Pure, over bytes; what is not said stays null.
import type { BounceKind, BounceRecipient, BounceReport } from '../../shared/bounce.js';
import { headerValue, readHeaders } from '../../shared/mail-header.js';
import { mostOctets } from './limits.js';
import { allParts, contentType, type Part, partText, readMime } from './mime.js';
import { originalInText, originalOf } from './original.js';
import { linesOf, type Prose, readProse } from './prose.js';
import { recipientOf, remoteIn } from './recipient.js';
import { type Sender, senderOf } from './sender.js';
import { isReceipt, mayFail, readFeedback, readStructured, type Structured, statusText } from './structure.js';

const nothing: BounceReport = { isBounce: false, kind: null, reportingMta: null, arrivalDate: null, recipients: [], original: null };
const automatic: BounceReport = { ...nothing, kind: 'auto-reply' };

/** Never throws. A bounce is a report of failure or delay; `kind` tells the other reports apart. */
export function readBounce(raw: Uint8Array): BounceReport {
  const binary = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, mostOctets)).toString('latin1');
  const { fields } = readHeaders(binary);
  const sender = senderOf(fields);
  const { type } = contentType(headerValue(fields, 'content-type') ?? '', 'text/plain');
  const structured = type === 'multipart/report' || type === 'message/delivery-status';
  if (!structured && !mayFail(sender)) return sender.answering ? automatic : nothing;
  return readReport(readMime(binary), sender, structured);
}

/** The report of what became of a message; null for a complaint, an automatic answer, and what is no report. Never throws. */
export function deliveryReport(raw: Uint8Array): BounceReport | null {
  const report = readBounce(raw);
  return report.kind === null || report.kind === 'feedback' || report.kind === 'auto-reply' ? null : report;
}

function readReport(root: Part, sender: Sender, structured: boolean): BounceReport {
  const inner = wrapped(root, sender);
  if (inner?.isBounce) return inner;
  const feedback = readFeedback(root);
  if (feedback) return { ...report(feedback), original: originalOf(root) };
  const lines = linesOf(wordsOf(root));
  const status = statusText(root);
  if (status !== null && (structured || sender.daemon)) return fromStatus(root, sender, lines, status);
  if (sender.answering && !sender.daemon) return automatic;
  const prose = readProse(lines, sender, ownAddresses(root));
  const receipt = isReceipt(root);
  if (receipt && (prose === null || prose.failed.length === 0)) return automatic;
  if (prose === null || (prose.failed.length === 0 && !structured && !sender.daemon)) return sender.answering ? automatic : nothing;
  return { ...report(fromProse(prose, lines)), original: originalOf(root) ?? originalInText(lines) };
}

/** A gateway that puts a whole report into a message of its own: that message says nothing, and begins with the report. */
function wrapped(root: Part, sender: Sender): BounceReport | null {
  const [first] = root.parts;
  if (!sender.daemon || first?.type !== 'message/rfc822' || first.body.length >= root.body.length) return null;
  return readBounce(Buffer.from(first.body.trimStart(), 'latin1'));
}

function report({ kind, reportingMta, arrivalDate, recipients }: Structured): Omit<BounceReport, 'original'> {
  return { isBounce: kind === 'failed' || kind === 'delayed', kind, reportingMta, arrivalDate, recipients };
}

/** Fields, and the human part where they name nobody or leave out the server's words. */
function fromStatus(root: Part, sender: Sender, lines: readonly string[], status: string): BounceReport {
  const prose = readProse(lines, sender, ownAddresses(root));
  const beside = (prose?.failed ?? []).filter(({ sentence }) => sentence !== '' && sentence !== prose?.around);
  const sentences = new Map(prose?.beside ? beside.map(({ address, sentence }) => [address.toLowerCase(), sentence]) : []);
  const read = readStructured(status, sender, lines, sentences);
  const original = originalOf(root) ?? originalInText(lines);
  if (read.recipients.length > 0 || prose === null) return { ...report(read), original };
  const said = fromProse(prose, lines);
  return { ...report({ ...said, reportingMta: read.reportingMta ?? said.reportingMta, arrivalDate: read.arrivalDate }), original };
}

function fromProse(prose: Prose, lines: readonly string[]): Structured {
  const unnamed = { address: null, sentence: prose.around };
  const failed = prose.failed.length > 0 ? prose.failed : [unnamed];
  return {
    kind: prose.kind,
    reportingMta: reportingIn(lines),
    arrivalDate: null,
    recipients: failed.map(({ address, sentence }) => inWords(address, sentence, prose)),
  };
}

function inWords(address: string | null, sentence: string, { kind, around }: { kind: BounceKind; around: string }): BounceRecipient {
  const diagnostic = sentence === '' ? null : { type: null, text: sentence };
  const base = { final: address, original: null, action: null, status: null, lastAttempt: null };
  return recipientOf({ ...base, diagnostic, remoteMta: remoteIn(sentence), kind, around });
}

/** Which entry of the table words the failure, `delivery-status` where fields do, null for what is no report. For tests and the log. */
export function makerOf(raw: Uint8Array): string | null {
  if (readBounce(raw).kind === null) return null;
  const root = readMime(Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, mostOctets)).toString('latin1'));
  const prose = readProse(linesOf(wordsOf(root)), senderOf(root.fields), ownAddresses(root));
  return prose?.maker ?? (statusText(root) === null ? null : 'delivery-status');
}

/** The text in front: of the first part that has any. HTML only where there is no plain text. */
function wordsOf(root: Part): string {
  const texts = allParts(root).filter((part) => part.parts.length === 0 && !part.type.startsWith('message/'));
  const plain =
    texts.find((part) => part.type === 'text/plain' && part.body.trim() !== '') ?? texts.find((part) => part.type.startsWith('text/'));
  return partText(plain ?? root);
}

function ownAddresses(root: Part): ReadonlySet<string> {
  const headers = ['to', 'from', 'cc', 'reply-to', 'delivered-to', 'x-original-to'].map((key) => headerValue(root.fields, key) ?? '');
  return new Set(
    [
      ...headers
        .join(' ')
        .slice(0, 20_000)
        .matchAll(/[^\s<>",;:()]+@[^\s<>",;:()]+/g),
    ].map((found) => found[0].toLowerCase()),
  );
}

/** The system that speaks, where its first words name it. */
function reportingIn(lines: readonly string[]): string | null {
  const head = lines.slice(0, 60).join('\n');
  const found =
    /(?:program|server|mail system|agent|\bMTA) at (?:host )?([\w-]+(?:\.[\w-]+)+)/i.exec(head) ??
    /^(?:Generating server|Serveur de génération|Generierender Server|生成サーバー|生成服务器)\s?[:：] ?([\w.-]+)/im.exec(lines.join('\n'));
  return found?.[1]?.replace(/\.$/, '') ?? null;
}
