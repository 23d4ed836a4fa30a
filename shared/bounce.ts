// A delivery report as read from a message. The shape is also what `todoku bounce --json` prints.

export const bounceKinds = ['failed', 'delayed', 'delivered', 'relayed', 'expanded', 'feedback', 'auto-reply'] as const;
export type BounceKind = (typeof bounceKinds)[number];

export const bounceReasons = [
  'user-unknown',
  'mailbox-full',
  'host-unknown',
  'domain-not-accepting',
  'too-big',
  'policy',
  'blocked',
  'content',
  'virus',
  'authentication',
  'rate-limited',
  'expired',
  'network',
  'disabled',
  'moved',
  'loop',
  'syntax',
  'undefined',
] as const;
export type BounceReason = (typeof bounceReasons)[number];

export interface BounceRecipient {
  readonly final: string | null;
  readonly original: string | null;
  readonly action: string | null;
  readonly status: string | null;
  /** The status was concluded from a reply code or from words, not read. */
  readonly statusDerived: boolean;
  readonly smtpCode: number | null;
  readonly diagnostic: { readonly type: string | null; readonly text: string } | null;
  readonly remoteMta: string | null;
  /** ISO 8601 UTC. */
  readonly lastAttempt: string | null;
  readonly reason: BounceReason;
  readonly permanent: boolean | null;
}
export interface OriginalMessage {
  readonly messageId: string | null;
  readonly subject: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly date: string | null;
}
export interface BounceReport {
  readonly isBounce: boolean;
  readonly kind: BounceKind | null;
  readonly reportingMta: string | null;
  readonly arrivalDate: string | null;
  readonly recipients: readonly BounceRecipient[];
  readonly original: OriginalMessage | null;
}
