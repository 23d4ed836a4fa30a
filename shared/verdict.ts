// What the scanner said of one message, as a value. Only `clean` is clean: a limit, an error or an
// empty answer never is.

export const suspiciousClasses = ['encrypted', 'macro', 'phishing', 'limits', 'unwanted'] as const;
export type SuspiciousClass = (typeof suspiciousClasses)[number];

export type Verdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'infected'; readonly signatures: readonly string[] }
  | { readonly kind: 'suspicious'; readonly class: SuspiciousClass; readonly signatures: readonly string[] }
  /** This message cannot be scanned (too big for clamd, clamd said ERROR). Scanning it again will not help. */
  | { readonly kind: 'unscannable'; readonly reason: string }
  /** The scanner could not be asked (no connection, time-out, no answer). Try again later. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  /** Scanning is off, or optional and down. */
  | { readonly kind: 'not-scanned'; readonly reason: string };

export type VerdictKind = Verdict['kind'];

export const verdictClasses = ['infected', ...suspiciousClasses, 'unscannable'] as const;
/** What an action is chosen for. */
export type VerdictClass = (typeof verdictClasses)[number];

export const verdictActions = ['deliver', 'mark', 'quarantine'] as const;
/** deliver: as it is; mark: deliver, flagged with a badge; quarantine: to the quarantine Maildir. */
export type VerdictAction = (typeof verdictActions)[number];

/** The class an action is looked up by, or null where there is nothing to decide. */
export function verdictClass(verdict: Verdict): VerdictClass | null {
  switch (verdict.kind) {
    case 'infected':
      return 'infected';
    case 'suspicious':
      return verdict.class;
    case 'unscannable':
      return 'unscannable';
    default:
      return null;
  }
}
