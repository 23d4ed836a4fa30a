// A message that is being written: what the window edits, what the station keeps of it, and what is worth a question before
// it is sent.
import { z } from 'zod';
import type { Address } from './message.js';

/**
 * topic: answers the newest message of the thread and goes on with it; branch: answers this message in a topic of its own;
 * resend: goes on unchanged, in our name (RFC 5322 3.6.6); draft: goes on with what was saved.
 */
export const composeKinds = [
  'new',
  'reply',
  'reply-all',
  'topic',
  'branch',
  'forward',
  'forward-attached',
  'edit-as-new',
  'resend',
  'draft',
] as const;
export type ComposeKind = (typeof composeKinds)[number];

const addressText = z.string().max(200_000);
export const composeContent = z.strictObject({
  account: z.string().max(500),
  /** Address of one of the account's identities. */
  from: z.string().max(1000),
  /** As typed. */
  to: addressText,
  cc: addressText,
  bcc: addressText,
  replyTo: addressText,
  subject: z.string().max(5000),
  text: z.string().max(2_000_000),
  /** Ids, in the order in which they are sent. */
  files: z.array(z.string().min(1).max(100)).max(500),
  /** ISO-2022-JP, for programs that read nothing else. */
  japanese: z.boolean(),
});
export type ComposeContent = z.infer<typeof composeContent>;

export interface ComposeFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly octets: number;
}
export interface ComposeIdentity extends Address {
  readonly account: string;
  readonly accountName: string;
  readonly signature: string;
  readonly replyTo: string;
  /** The account has a sending server. */
  readonly canSend: boolean;
}
export interface ComposeDraft {
  readonly id: string;
  readonly kind: 'message' | 'resend';
  /** Of a reply: whether it goes on with the topic or begins one. */
  readonly topic: 'new' | 'continued' | 'branched';
  readonly content: ComposeContent;
  readonly files: readonly ComposeFile[];
  readonly identities: readonly ComposeIdentity[];
  /** ISO 8601 UTC; null: not saved yet. */
  readonly saved: string | null;
}
export interface ComposeSaved {
  readonly saved: string;
  /** Signs that ISO-2022-JP does not have, where it was asked for: the message goes as UTF-8. */
  readonly missing: string;
}
export interface ComposeSent {
  /** Its row of the outbox. */
  readonly outbox: string;
  /** ISO 8601 UTC: until then it can be undone. */
  readonly notBefore: string;
}

/** Milliseconds in which sending can be undone. */
export const undoTime = 10_000;
/** Octets of one attachment, and of all of a message. */
export const fileOctets = 100 * 1_048_576;
export const filesOctets = 200 * 1_048_576;
/** Octets of one piece of an upload. */
export const pieceOctets = 512 * 1024;

/** What the person wrote: neither quoted nor the signature, nor what was forwarded. */
export function ownWords(text: string): string {
  const [own = ''] = text.split(/^(?:-- |-{5,} ?(?:Forwarded message|転送メッセージ) ?-{5,})$/m);
  return own
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n');
}

/** The text speaks of an attachment. */
export function speaksOfFile(text: string): boolean {
  return /\battach(?:ed|ing|ments?)?\b|\benclos(?:ed|ure|ing)\b|添付|同封/i.test(ownWords(text));
}

const delimiter = '\n-- \n';
export function withSignature(text: string, signature: string): string {
  return signature === '' ? text : `${text.replace(/\n*$/, '\n')}${delimiter}${signature}`;
}

/** The signature of another identity in place of this one; a changed one stays. */
export function swapSignature(text: string, before: string, after: string): string {
  const block = before === '' ? '' : `${delimiter}${before}`;
  if (!text.trimEnd().endsWith(block.trimEnd())) return text;
  return withSignature(block === '' ? text : text.trimEnd().slice(0, -block.trimEnd().length), after);
}
