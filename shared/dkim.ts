// What verifying a message's DKIM signatures (RFC 6376) found, one entry a signature.

export const dkimReasons = [
  'verified',
  'body-changed',
  'bad-signature',
  'no-key',
  'bad-key',
  'weak-key',
  'expired',
  'dns',
  'unsupported',
] as const;
export type DkimReason = (typeof dkimReasons)[number];

export interface DkimSignature {
  /** Null where the signature names none that can be read. */
  readonly domain: string | null;
  readonly selector: string | null;
  readonly algorithm: string | null;
  readonly pass: boolean;
  readonly reason: DkimReason;
  /** The signer's domain is the one in From, or above it. */
  readonly aligned: boolean;
  /** What the verifier said, in its own words. */
  readonly detail: string;
}
export interface DkimReport {
  /** Empty: the message is not signed. */
  readonly signatures: readonly DkimSignature[];
}
