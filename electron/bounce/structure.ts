// Reports with a structure: where their parts are, and what their fields say. Parts of an enclosed message do not count:
// a report that someone forwards is not a report.
import type { BounceKind, BounceRecipient } from '../../shared/bounce.js';
import { isoDate } from '../../shared/mail-date.js';
import { cleanAddress, recipientAddress } from './address.js';
import { allParts, type Part, partText } from './mime.js';
import { fromFields, mtaName } from './recipient.js';
import { type Fields, holdsStatus, readStatus } from './report.js';
import { failureSubject, type Sender } from './sender.js';

export interface Structured {
  readonly kind: BounceKind;
  readonly reportingMta: string | null;
  readonly arrivalDate: string | null;
  readonly recipients: readonly BounceRecipient[];
}
const statusTypes = new Set(['message/delivery-status', 'message/global-delivery-status']);

/** The text of the delivery-status part; its type may be lost. Null where there is none. */
export function statusText(root: Part): string | null {
  const parts = allParts(root);
  const typed = parts.find((part) => statusTypes.has(part.type));
  if (typed) return partText(typed);
  const looks = parts.find(
    (part) => part.parts.length === 0 && !part.type.startsWith('message/') && holdsStatus(part.body.slice(0, 50_000)),
  );
  return looks ? partText(looks) : null;
}

/** `words`: the lines of the human part, for what the fields leave open. */
export function readStructured(text: string, sender: Sender, words: readonly string[], sentences: Sentences): Structured {
  const around = words.join(' ').slice(0, 3000);
  const { message, recipients } = readStatus(text);
  const kinds = recipients.map((fields) => kindOf(fields, sender));
  return {
    kind: worst(kinds) ?? wholeKind(sender),
    reportingMta: mtaName(message['reporting-mta']),
    arrivalDate: isoDate(message['arrival-date'] ?? ''),
    recipients: recipients
      .map((fields, index) => fromFields(withSentence(fields, words, sentences), kinds[index] ?? 'failed', around))
      .filter(named)
      .filter(first),
  };
}

/** Lower-case address to the server's words on it, as the human part has them. */
export type Sentences = ReadonlyMap<string, string>;

/** Exim, OpenSMTPD and others give the server's words only in the human part. */
function withSentence(fields: Fields, words: readonly string[], sentences: Sentences): Fields {
  const address = recipientAddress(fields['final-recipient']) ?? recipientAddress(fields['original-recipient']);
  if (address === null || fields['diagnostic-code'] !== undefined) return fields;
  const start = (line: string): string => line.trimStart().replace(/^<([^<>]*)>/, '$1');
  const line = words.find((each) => start(each).startsWith(`${address}: `));
  const sentence = line === undefined ? sentences.get(address.toLowerCase()) : start(line).slice(address.length + 2);
  return sentence === undefined || sentence.trim() === '' ? fields : { ...fields, 'diagnostic-code': sentence };
}

/** Some servers repeat a block for each hop of their own. */
function first(recipient: BounceRecipient, index: number, all: readonly BounceRecipient[]): boolean {
  const key = JSON.stringify(recipient);
  return all.findIndex((each) => each.final === recipient.final && JSON.stringify(each) === key) === index;
}

function named(recipient: BounceRecipient): boolean {
  return recipient.final !== null || recipient.original !== null;
}

const order: readonly BounceKind[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'];

/** One failure makes the report a failure. */
function worst(kinds: readonly BounceKind[]): BounceKind | null {
  return order.find((kind) => kinds.includes(kind)) ?? null;
}

const actions: readonly (readonly [BounceKind, RegExp])[] = [
  ['failed', /^\W*(?:fail|error|expired|undeliver|bounce|reject|permanent)/i],
  ['delayed', /^\W*(?:delay|defer|transient|warning|retry)/i],
  ['delivered', /^\W*(?:deliver|success)/i],
  ['relayed', /^\W*relay/i],
  ['expanded', /^\W*expan/i],
];

function kindOf(fields: Fields, sender: Sender): BounceKind {
  const action = fields.action ?? '';
  const said = actions.find(([, shape]) => shape.test(action))?.[0];
  if (said !== undefined) return said;
  const first = /\b([245])\.\d{1,3}\.\d{1,3}\b/.exec(fields.status ?? '')?.[1];
  if (first === '2') return 'delivered';
  return first === '5' ? 'failed' : wholeKind(sender);
}

function wholeKind(sender: Sender): BounceKind {
  if (/delay|warning|still being retried|遅延|遅れ|verzöger|retard/i.test(sender.subject)) return 'delayed';
  return /success|delivered|relayed/i.test(sender.subject) && !/un|not|fail/i.test(sender.subject) ? 'delivered' : 'failed';
}

/** RFC 5965: a complaint about a message that did arrive. Null where there is no such part. */
export function readFeedback(root: Part): Structured | null {
  const part = allParts(root).find((each) => each.type === 'message/feedback-report');
  if (!part) return null;
  const fields = looseFields(partText(part));
  const address = recipientAddress(fields['original-rcpt-to']) ?? cleanAddress(fields['removal-recipient'] ?? '');
  const type = fields['feedback-type'] ?? 'abuse';
  const recipient: BounceRecipient = {
    ...{ final: address, original: null, action: null, status: null, statusDerived: false, smtpCode: null },
    diagnostic: { type: 'feedback', text: type },
    ...{ remoteMta: null, lastAttempt: null, reason: 'undefined', permanent: null },
  };
  return {
    kind: 'feedback',
    reportingMta: mtaName(fields['reporting-mta']),
    arrivalDate: isoDate(fields['arrival-date'] ?? fields['received-date'] ?? ''),
    recipients: address === null ? [] : [recipient],
  };
}

function looseFields(text: string): Fields {
  const fields: Record<string, string> = {};
  for (const line of text.split('\n', 200)) {
    const found = /^([A-Za-z][\w-]{1,60}):[ \t]*(.*)$/.exec(line);
    if (found?.[1] && !Object.hasOwn(fields, found[1].toLowerCase())) fields[found[1].toLowerCase()] = found[2] ?? '';
  }
  return fields;
}

/** Read receipts (RFC 8098) are reports too, of a person's program. */
export function isReceipt(root: Part): boolean {
  return allParts(root).some((part) => part.type === 'message/disposition-notification');
}

export function mayFail(sender: Sender): boolean {
  return sender.daemon || (failureSubject.test(sender.subject) && !sender.conversation);
}
