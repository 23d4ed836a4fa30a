// What the list needs of a message, from its header alone. Fast and tolerant: never throws.
import type { Address } from '../../shared/message.js';
import type { Verdict } from '../../shared/verdict.js';
import { parseAddresses } from './addresses.js';
import { parseDate } from './date.js';
import { decodeWords } from './encoded-word.js';
import { firstField, type HeaderField, readHeaders } from './headers.js';
import { parseParameters } from './parameters.js';
import { stampedVerdict } from './verdict.js';

/** References beyond this many are dropped from the middle: the root and the nearest ones make the thread. */
const referenceLimit = 50;
const identifierLimit = 500;

export interface MessageHead {
  readonly from: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly replyTo: readonly Address[];
  readonly subject: string;
  /** Milliseconds since 1970; null where there is no readable Date. */
  readonly date: number | null;
  /** With angle brackets. */
  readonly messageId: string | null;
  /** Message-IDs of References and In-Reply-To, the oldest first, each once. */
  readonly references: readonly string[];
  readonly verdict: Verdict;
  /** multipart/report, or a mailer-daemon that sends with a null return path. */
  readonly bounce: boolean;
}

/** Message-IDs in a field, with their brackets. */
function identifiers(value: string | null): readonly string[] {
  const found = (value ?? '').slice(0, 60_000).match(/<[^<>\s]+>/g) ?? [];
  return found.filter((id) => id.length <= identifierLimit);
}

function messageId(value: string | null): string | null {
  const [bracketed] = identifiers(value);
  if (bracketed !== undefined) return bracketed;
  const bare = value?.trim() ?? '';
  return bare === '' || /\s/.test(bare) || bare.length > identifierLimit ? null : `<${bare.replace(/^<|>$/g, '')}>`;
}

function references(fields: readonly HeaderField[]): readonly string[] {
  const all = [...identifiers(firstField(fields, 'references')), ...identifiers(firstField(fields, 'in-reply-to'))];
  const unique = [...new Set(all)];
  return unique.length <= referenceLimit ? unique : [...unique.slice(0, 1), ...unique.slice(1 - referenceLimit)];
}

function isBounce(fields: readonly HeaderField[]): boolean {
  const type = parseParameters(firstField(fields, 'content-type'));
  if (type.value === 'multipart/report') return !/disposition-notification|feedback-report/i.test(type.get('report-type') ?? '');
  const daemon = /mailer-daemon|mail delivery (sub)?system|postmaster@/i.test(firstField(fields, 'from') ?? '');
  return daemon && firstField(fields, 'return-path')?.replace(/\s/g, '') === '<>';
}

const addressesOf = (fields: readonly HeaderField[], name: string): readonly Address[] => {
  const values = fields.filter((field) => field.name === name).slice(0, 20);
  return values.length === 0 ? [] : parseAddresses(values.map((field) => field.value).join(', '));
};

export function headOf(fields: readonly HeaderField[]): MessageHead {
  const from = addressesOf(fields, 'from');
  return {
    from: from.length > 0 ? from : addressesOf(fields, 'sender'),
    to: addressesOf(fields, 'to'),
    cc: addressesOf(fields, 'cc'),
    bcc: addressesOf(fields, 'bcc'),
    replyTo: addressesOf(fields, 'reply-to'),
    subject: decodeWords(firstField(fields, 'subject') ?? '').slice(0, 2000),
    date: parseDate(firstField(fields, 'date')),
    messageId: messageId(firstField(fields, 'message-id')),
    references: references(fields),
    verdict: stampedVerdict(fields),
    bounce: isBounce(fields),
  };
}

/** `bytes`: a whole message, or at least its header. */
export function readEnvelope(bytes: Uint8Array): MessageHead {
  return headOf(readHeaders(bytes));
}
