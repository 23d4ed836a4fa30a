// Mailboxes, the rows of a list, and one message opened. All text here is decoded for display; the bytes stay in the Maildir.
import type { Failure } from './error.js';
import type { Verdict, VerdictKind } from './verdict.js';

export interface Address {
  readonly name: string;
  readonly address: string;
}

/** How an account whose folders are on a server is doing. */
export interface RemoteState {
  readonly state: 'connecting' | 'online' | 'offline' | 'failed' | 'needs-secret';
  readonly failure: Failure | null;
  /** Octets; null where the server has none. */
  readonly quota: { readonly used: number; readonly limit: number } | null;
  /** Messages of a folder that is being read for the first time; null when all folders are known. */
  readonly reading: { readonly done: number; readonly of: number } | null;
}

export type FolderRole = 'inbox' | 'drafts' | 'sent' | 'trash' | 'junk' | 'archive' | null;

export interface Folder {
  /** Opaque: what the calls take. */
  readonly id: string;
  /** Path below the mailbox, decoded, '' for the inbox; nested names joined by '/'. */
  readonly name: string;
  readonly role: FolderRole;
  readonly total: number;
  readonly unread: number;
  readonly subscribed: boolean;
}
export interface Mailbox {
  readonly id: string;
  /** local: a Maildir here; imap: folders of an account. */
  readonly kind: 'local' | 'imap';
  readonly domain: string;
  readonly user: string;
  readonly address: string;
  readonly account: string | null;
  /** imap only. */
  readonly remote?: RemoteState;
  readonly folders: readonly Folder[];
}
export const smartBoxes = ['unread', 'flagged', 'today', 'attachments'] as const;
export type SmartBox = (typeof smartBoxes)[number];

export interface MessageFlags {
  readonly seen: boolean;
  readonly flagged: boolean;
  readonly answered: boolean;
  readonly forwarded: boolean;
  readonly draft: boolean;
  readonly trashed: boolean;
}
export const flagNames = ['seen', 'flagged', 'answered', 'forwarded', 'draft', 'trashed'] as const;
export type FlagName = (typeof flagNames)[number];

/** One row of a list. */
export interface Envelope {
  /** Opaque; stable while the catalog is. */
  readonly id: string;
  readonly folder: string;
  readonly from: readonly Address[];
  readonly to: readonly Address[];
  readonly subject: string;
  /** First words of the text. */
  readonly preview: string;
  /** ISO 8601 UTC: Date header, and when it arrived here. */
  readonly date: string | null;
  readonly received: string;
  readonly octets: number;
  readonly flags: MessageFlags;
  readonly attachments: number;
  readonly verdict: VerdictKind;
  readonly messageId: string | null;
  /** Same for all messages of a thread; and how many there are in this list when threaded. */
  readonly thread: string;
  readonly threadCount: number;
  readonly bounce: boolean;
}

export interface Attachment {
  /** Index path of the MIME part, '2.1'; 'u1' for a file inside the text (uuencode, yEnc). */
  readonly part: string;
  readonly name: string;
  readonly type: string;
  readonly octets: number;
  readonly inline: boolean;
  readonly contentId: string | null;
  /** By name or type: would run if opened. */
  readonly executable: boolean;
  readonly sha256: string;
  /** message/rfc822, calendar, vCard, S/MIME, PGP, TNEF: what the pane shows instead of a file. */
  readonly special: 'message' | 'calendar' | 'contact' | 'smime' | 'pgp' | 'tnef' | null;
}
export interface HeaderLine {
  readonly name: string;
  /** Unfolded and decoded; and as it stands. */
  readonly value: string;
  readonly raw: string;
}
/** Named, never verified or opened here. */
export type Protection = 'smime-signed' | 'smime-encrypted' | 'pgp-signed' | 'pgp-encrypted';
export interface MessageView {
  readonly envelope: Envelope;
  readonly cc: readonly Address[];
  readonly replyTo: readonly Address[];
  readonly headers: readonly HeaderLine[];
  /** Plain text of the message, or text made from its HTML. */
  readonly text: string;
  readonly textFrom: 'text' | 'html' | 'raw';
  readonly hasHtml: boolean;
  readonly remoteImages: number;
  readonly attachments: readonly Attachment[];
  readonly protection: Protection | null;
  readonly verdict: Verdict;
  readonly language: string | null;
  readonly charset: string | null;
  /** Set when the message could not be parsed: why, in one sentence; `text` is then the raw message. */
  readonly unparsable: string | null;
  /** Base of the URLs of its parts: `${partsUrl}/${part}`, `${partsUrl}/html`, `${partsUrl}/source`,
   * `${partsUrl}/all` (a ZIP of the attachments); `${partsUrl}/html;CHARSET` with another charset than it claims. */
  readonly partsUrl: string;
}

export interface QuarantineRow {
  readonly id: string;
  readonly reason: Verdict;
  readonly signatures: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly octets: number;
  readonly account: string;
  /** The mailbox it was for. */
  readonly mailbox: string;
  /** ISO 8601 UTC. */
  readonly quarantined: string;
  readonly scannedWith: string;
}
export interface QuarantineView extends QuarantineRow {
  readonly headers: readonly HeaderLine[];
  readonly text: string;
  readonly sha256: string;
  readonly attachments: readonly Attachment[];
  /** Address of the message as .eml in a ZIP that opens with this password: nothing opens or scans it by accident. */
  readonly exported: { readonly url: string; readonly name: string; readonly password: string };
}
