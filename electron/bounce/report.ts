// message/delivery-status (RFC 3464, RFC 6533) in the shapes it is found in: indented or misspelt fields, blank lines
// missing or doubled between blocks, wrapped lines without indent. Fields in, blocks out; nothing is concluded here.

import { mostLines, mostRecipients } from './limits.js';

/** Lower-case names; the first of each name. */
export type Fields = Readonly<Record<string, string>>;
export interface StatusReport {
  readonly message: Fields;
  readonly recipients: readonly Fields[];
}

const messageNames = new Set([
  'reporting-mta',
  'arrival-date',
  'received-from-mta',
  'dsn-gateway',
  'original-envelope-id',
  'x-postfix-queue-id',
  'x-postfix-sender',
]);
const recipientNames = new Set([
  'original-recipient',
  'final-recipient',
  'action',
  'status',
  'remote-mta',
  'diagnostic-code',
  'last-attempt-date',
  'final-log-id',
  'will-retry-until',
  'x-actual-recipient',
  'x-display-name',
  'x-supplementary-info',
  'x-smtp-server-host',
]);
/** Twice in one block is one block too few: the next recipient begins. */
const onceEach = new Set(['original-recipient', 'final-recipient', 'action', 'status']);
/** Seen in the wild. */
const misspelt: Readonly<Record<string, string>> = {
  ction: 'action',
  'final-recpient': 'final-recipient',
  'final-recipent': 'final-recipient',
  'orignal-recipient': 'original-recipient',
  'diagnostic code': 'diagnostic-code',
  'diagnostics-code': 'diagnostic-code',
};

interface Line {
  /** Null: a continuation, or a blank line with an empty value. */
  readonly name: string | null;
  readonly value: string;
}

function lineOf(text: string): Line {
  if (text.trim() === '') return { name: null, value: '' };
  const found = /^([ \t]*)([A-Za-z][\w-]{1,60}|diagnostic code)[ \t]*:[ \t]*([\s\S]*)$/i.exec(text);
  const name = found ? (found[2] ?? '').toLowerCase() : '';
  const known = misspelt[name] ?? name;
  const isField = messageNames.has(known) || recipientNames.has(known) || (found !== null && found[1] === '' && /-/.test(known));
  return isField ? { name: known, value: found?.[3] ?? '' } : { name: null, value: text.trim() };
}

/** Never throws; a text without any such field gives no recipients. */
export function readStatus(text: string): StatusReport {
  const message: Record<string, string> = {};
  const recipients: Record<string, string>[] = [];
  let target: Record<string, string> = message;
  let open: string | null = null;
  let blank = false;
  for (const raw of text.split('\n', mostLines)) {
    const { name, value } = lineOf(raw);
    if (name === null && value === '') {
      blank = true;
      open = null;
    } else if (name === null) {
      if (open !== null) target[open] = `${target[open]} ${value}`;
    } else {
      if (messageNames.has(name)) target = message;
      else if (recipientNames.has(name) || recipients.length > 0) target = blockFor(recipients, name, blank);
      open = Object.hasOwn(target, name) ? null : name;
      if (open !== null) target[open] = value;
      blank = false;
    }
  }
  return { message, recipients: recipients.filter(hasSubstance) };
}

/** The block this field belongs to: the last one, or a new one. */
function blockFor(recipients: Record<string, string>[], name: string, blank: boolean): Record<string, string> {
  const last = recipients.at(-1);
  const repeated = last !== undefined && Object.hasOwn(last, name) && onceEach.has(name);
  const nextOriginal = blank && name === 'original-recipient' && last !== undefined && Object.hasOwn(last, 'final-recipient');
  if (last !== undefined && !repeated && !nextOriginal) return last;
  const fresh: Record<string, string> = {};
  if (recipients.length < mostRecipients) recipients.push(fresh);
  return fresh;
}

function hasSubstance(fields: Fields): boolean {
  return ['final-recipient', 'original-recipient', 'x-actual-recipient', 'action', 'status'].some((name) => Object.hasOwn(fields, name));
}

/** Prose that carries the fields of a report, as fetchmail's does when its MIME is lost. */
export function holdsStatus(text: string): boolean {
  return /^[ \t]*Final-Recipient[ \t]*:/im.test(text) && /^[ \t]*(?:Action|Status)[ \t]*:/im.test(text);
}
