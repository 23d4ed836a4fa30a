// What the pane shows of a calendar entry or a contact instead of a file. All texts are decoded; nothing is looked up.

/** ISO 8601 UTC where the zone is known; `local` as it was written: 2026-11-24T10:00, or a date alone. */
export interface CardTime {
  readonly instant: string | null;
  readonly local: string;
  /** The zone's name as it was written; null: the reader's own. */
  readonly zone: string | null;
}
export interface CalendarEvent {
  readonly summary: string;
  readonly start: CardTime | null;
  readonly end: CardTime | null;
  readonly location: string;
  readonly organizer: string;
  readonly attendees: readonly { readonly name: string; readonly answer: 'accepted' | 'declined' | 'tentative' | 'open' }[];
  readonly description: string;
  /** RRULE's FREQ, lower case: 'daily', 'weekly', 'monthly', 'yearly'; null: once. */
  readonly repeats: string | null;
  readonly cancelled: boolean;
}
export interface Contact {
  readonly name: string;
  readonly organization: string;
  readonly title: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly addresses: readonly string[];
  readonly links: readonly string[];
  readonly birthday: string;
  readonly note: string;
}
export type Card =
  | {
      readonly kind: 'calendar';
      /** REQUEST, REPLY, CANCEL, PUBLISH, or '' (RFC 5546). */
      readonly method: string;
      readonly events: readonly CalendarEvent[];
    }
  | { readonly kind: 'contacts'; readonly contacts: readonly Contact[] };
