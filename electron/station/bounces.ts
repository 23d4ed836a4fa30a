// Bounces for the window: one row a failed recipient, from reports that arrived and from what this station refused.
// Holds nothing itself: rows come from the catalog and the ledger, marks of what was read go back there.
import type { BounceKind, BounceRecipient, OriginalMessage } from '../../shared/bounce.js';
import type { BounceRow, ReturnedBounce } from '../../shared/station.js';
import type { Calls } from './context.js';

/** A report as it was read from a message that is here. */
export interface StoredReport {
  /** Id of the message that carried it; with the recipient's index the row's id. */
  readonly message: string;
  /** ISO 8601 UTC: when the report arrived. */
  readonly when: string;
  readonly account: string | null;
  readonly kind: BounceKind;
  readonly reportingMta: string | null;
  readonly recipients: readonly BounceRecipient[];
  readonly original: OriginalMessage | null;
}
/** What the station itself did not deliver: an unknown recipient, a full mailbox, a refusing relay. */
export interface StoredRefusal {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly when: string;
  readonly account: string;
  readonly recipient: BounceRecipient;
  readonly about: OriginalMessage | null;
  /** The message it is about, where it is here. */
  readonly message: string | null;
  /** The bounce to its sender; null where the account sends none. */
  readonly returned: ReturnedBounce | null;
}
export interface BounceDeps {
  /** Reports that arrived at or after `since` (ISO 8601 UTC), in any order. */
  reports(since: string): Promise<readonly StoredReport[]>;
  refusals(since: string): Promise<readonly StoredRefusal[]>;
  /** Ids of messages of ours by Message-ID (Sent first), for those that are here. */
  findByMessageId(messageIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Row ids that the user has seen. */
  readRows(): Promise<ReadonlySet<string>>;
  markRead(ids: readonly string[]): Promise<void>;
  /** Announces `bounce.changed`. */
  changed(): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Complaints and automatic replies are no failures: they are not listed. */
const listed: ReadonlySet<BounceKind> = new Set(['failed', 'delayed', 'delivered', 'relayed', 'expanded']);

export function bounceCalls(deps: BounceDeps): Calls<'bounce.list' | 'bounce.read'> {
  return {
    'bounce.list': ({ days }) => listRows(deps, new Date(deps.now() - days * 86_400_000).toISOString()),
    'bounce.read': async ({ ids }) => {
      await deps.markRead(ids);
      deps.changed();
    },
  };
}

/** Failed recipients of so many days that the user has not looked at. */
export async function countUnread(deps: BounceDeps, days: number): Promise<number> {
  const since = new Date(deps.now() - days * 86_400_000).toISOString();
  const [reports, refusals, read] = await Promise.all([deps.reports(since), deps.refusals(since), deps.readRows()]);
  const ids = [
    ...reports.filter(isListed).flatMap((report) => report.recipients.map((_, index) => rowId(report, index))),
    ...refusals.map(({ id }) => id),
  ];
  return ids.filter((id) => !read.has(id)).length;
}

const isListed = ({ kind }: StoredReport) => listed.has(kind);
const rowId = ({ message }: StoredReport, index: number) => `${message}#${index}`;

/** Newest first; of one report in its own order. */
async function listRows(deps: BounceDeps, since: string): Promise<readonly BounceRow[]> {
  const [reports, refusals, read] = await Promise.all([deps.reports(since), deps.refusals(since), deps.readRows()]);
  const shown = reports.filter(isListed);
  const wanted = shown.flatMap((report) => report.original?.messageId ?? []);
  const here = wanted.length === 0 ? new Map<string, string>() : await deps.findByMessageId([...new Set(wanted)]);
  const rows = [...shown.flatMap((report) => reportRows(report, here, read)), ...refusals.map((refusal) => refusalRow(refusal, read))];
  return rows.sort((a, b) => (a.when === b.when ? 0 : a.when < b.when ? 1 : -1));
}

function reportRows(report: StoredReport, here: ReadonlyMap<string, string>, read: ReadonlySet<string>): BounceRow[] {
  return report.recipients.map((recipient, index) => {
    const id = rowId(report, index);
    return {
      ...recipient,
      ...{ id, source: 'report', when: report.when, kind: report.kind, reportingMta: report.reportingMta },
      ...{ about: report.original, message: report.message, originalMessage: here.get(report.original?.messageId ?? '') ?? null },
      ...{ account: report.account, returned: null, read: read.has(id) },
    };
  });
}

function refusalRow(refusal: StoredRefusal, read: ReadonlySet<string>): BounceRow {
  return {
    ...refusal.recipient,
    ...{ id: refusal.id, source: 'station', when: refusal.when, kind: 'failed', reportingMta: null },
    ...{ about: refusal.about, message: null, originalMessage: refusal.message, account: refusal.account },
    ...{ returned: refusal.returned, read: read.has(refusal.id) },
  };
}
