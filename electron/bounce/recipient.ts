// One failed recipient put together from what a report or a sentence says: codes found, status derived where none is
// given, reason, permanent or temporary.
import type { BounceKind, BounceRecipient } from '../../shared/bounce.js';
import { isoDate } from '../../shared/mail-date.js';
import { recipientAddress, typed } from './address.js';
import { longestSentence } from './limits.js';
import { deriveStatus, reasonOf } from './reason.js';
import type { Fields } from './report.js';

export interface Evidence {
  readonly final: string | null;
  readonly original: string | null;
  readonly action: string | null;
  /** The Status field, or null. */
  readonly status: string | null;
  readonly diagnostic: { readonly type: string | null; readonly text: string } | null;
  readonly remoteMta: string | null;
  readonly lastAttempt: string | null;
  readonly kind: BounceKind;
  /** More words that may say why: the human part, a comment. Only where the diagnostic says nothing. */
  readonly around: string;
}
const enhanced = /(?:^|[\s#(<:;[])([245]\.\d{1,3}\.\d{1,3})(?=$|[\s)>:;,\]<-])/;
const reply = /(?:^|[\s:;(<["'#])([45]\d\d)(?:[ -](?=\S)|[ \])>"']?$)/;

export function recipientOf(evidence: Evidence): BounceRecipient {
  const { final, original, action, remoteMta, lastAttempt } = evidence;
  const text = evidence.diagnostic?.text.slice(0, longestSentence) ?? '';
  const given = statusIn(evidence.status ?? '') ?? statusIn(text);
  const success = ['delivered', 'relayed', 'expanded'].includes(evidence.kind);
  const smtpCode = success ? acceptedIn(text) : codeIn(text);
  const reason = success ? 'undefined' : reasonFrom(evidence, given, smtpCode, text);
  const permanent = success ? null : permanence(evidence, given, smtpCode, reason);
  const status = given ?? deriveStatus(reason, smtpCode, permanent);
  const diagnostic = text === '' ? null : { type: evidence.diagnostic?.type ?? null, text };
  const derived = given === null && status !== null;
  return { final, original, action, status, statusDerived: derived, smtpCode, diagnostic, remoteMta, lastAttempt, reason, permanent };
}

function reasonFrom(evidence: Evidence, status: string | null, smtpCode: number | null, text: string): BounceRecipient['reason'] {
  const comment = (evidence.status ?? '').replace(/^\s*\S+/, '');
  const first = reasonOf({ status, smtpCode, text: `${text} ${comment}` });
  const vague = first === 'undefined' || (text === '' && comment.trim() === '' && /\.0\.0$/.test(status ?? ''));
  return vague ? reasonOf({ status, smtpCode, text: evidence.around }) : first;
}

/** Delays are temporary whatever the code. Without a code, what the report calls permanent is; else by whether waiting can cure it. */
function permanence(evidence: Evidence, status: string | null, code: number | null, reason: BounceRecipient['reason']): boolean | null {
  if (evidence.kind === 'delayed') return false;
  const first = status?.[0] ?? (code === null ? undefined : String(code)[0]);
  if (first === '5') return true;
  if (first === '4') return false;
  if (/\bpermanent(?:ly)?\b/i.test(evidence.around)) return true;
  if (reason === 'undefined') return null;
  return !['expired', 'network', 'mailbox-full', 'rate-limited'].includes(reason);
}

export function statusIn(text: string): string | null {
  return enhanced.exec(text.slice(0, longestSentence))?.[1] ?? null;
}

export function codeIn(text: string): number | null {
  const found = reply.exec(text.slice(0, longestSentence).replaceAll(/\s+/g, ' '))?.[1];
  return found === undefined ? null : Number(found);
}

function acceptedIn(text: string): number | null {
  const found = /^\s*(2\d\d)\b/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** From the fields of one block of a delivery-status part. */
export function fromFields(fields: Fields, kind: BounceKind, around: string): BounceRecipient {
  const diagnostic = fields['diagnostic-code'] ?? '';
  const { type, value } = typed(diagnostic);
  const isType = type !== null && !/^\d/.test(type);
  const text = oneLine(isType ? value : diagnostic);
  const actual = recipientAddress(fields['x-actual-recipient']);
  return recipientOf({
    final: recipientAddress(fields['final-recipient']) ?? actual,
    original: recipientAddress(fields['original-recipient']),
    action: actionWord(fields.action),
    status: fields.status ?? null,
    diagnostic: text === '' ? null : { type: isType ? type : null, text },
    remoteMta: mtaName(fields['remote-mta']),
    lastAttempt: isoDate(fields['last-attempt-date'] ?? ''),
    kind,
    around,
  });
}

function actionWord(text: string | undefined): string | null {
  return /^[\s<"]*([A-Za-z][\w-]*)/.exec(text ?? '')?.[1]?.toLowerCase() ?? null;
}

/** `dns; host`: the host. */
export function mtaName(field: string | undefined): string | null {
  const { value } = typed(field ?? '');
  return value === '' ? null : value;
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The server that said no, where a sentence names it. */
export function remoteIn(text: string): string | null {
  const short = text.slice(0, longestSentence);
  const found =
    /\bhost ([\w.-]+\.[\w-]+)\s?(?:\[[\d.:a-fA-F]+\])?\s?(?:said|refused|:|\()/.exec(short) ??
    /\bhost ([\w.-]+\.[\w-]+) \[[\d.:a-fA-F]+\]/.exec(short) ??
    /\bwhile talking to ([\w.-]+?)\.?:/i.exec(short) ??
    /\bserver for the recipient domain \S+ by ([\w.-]+?)\.? \[/.exec(short) ??
    /\bConnected to ([\d.]+) but/.exec(short) ??
    /(?:^|\s)([\d.]{7,15}) (?:does not like recipient|failed after)/.exec(short) ??
    /\bRemote (?:server|host|MTA|system)(?: returned| \(?is\)?)?:? ([\w.-]+\.[a-z]{2,})\b/i.exec(short);
  return found?.[1] ?? null;
}
