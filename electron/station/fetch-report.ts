// The report of one run while it is being counted, and fetchmail's exit code for it.
import type { Account } from '../../shared/account.js';
import { type Failure, type FailureCode, MailError } from '../../shared/error.js';
import type { FetchNote, FetchReport, PollExit } from '../../shared/fetch.js';
import type { VerdictKind } from '../../shared/verdict.js';
import type { Outcome } from './fetch-message.js';
import type { Listed, Plan, Planned } from './fetch-plan.js';
import type { Trouble } from './troubles.js';

export interface OpenReport {
  failure: Failure | null;
  deleted: number;
  /** Something may stand in a Maildir without standing in the ledger: the next run looks. */
  unclean: boolean;
  /** Of the listing, when nothing in it was left to do. */
  digest: string | null;
  /** A message failed or was deferred. */
  troubled: boolean;
  listed(listing: readonly Listed[], plan: Plan): void;
  outcome(planned: Planned, outcome: Exclude<Outcome, { readonly kind: 'deferred' }>): void;
  count(trouble: Trouble): void;
  note(note: FetchNote): void;
  close(): FetchReport;
}

const notesKept = 200;

export function beginReport(account: Account): OpenReport {
  const began = Date.now();
  const counts = {
    messages: 0,
    octets: 0,
    seen: 0,
    delivered: 0,
    adopted: 0,
    quarantined: 0,
    refused: 0,
    deferred: 0,
    parked: 0,
    oversized: 0,
    left: 0,
  };
  const verdicts: Partial<Record<VerdictKind, number>> = {};
  const notes: FetchNote[] = [];
  const note = (entry: FetchNote) => void (notes.length < notesKept && notes.push(entry));
  const about = (planned: Planned, kind: FetchNote['kind'], failure: Failure | null) =>
    note({ kind, uidl: planned.uidl ?? String(planned.number), octets: planned.octets, failure });
  return {
    failure: null,
    deleted: 0,
    unclean: false,
    digest: null,
    troubled: false,
    note,
    listed(listing, plan) {
      if (counts.messages > 0) return;
      counts.messages = listing.length;
      counts.octets = listing.reduce((sum, { octets }) => sum + octets, 0);
      counts.seen = plan.seen;
      counts.left = plan.left;
      counts.oversized = plan.oversized.length;
      for (const uidl of plan.duplicateUidls) note({ kind: 'duplicate-uidl', uidl, octets: 0, failure: null });
    },
    outcome(planned, outcome) {
      if ('doubtful' in outcome && outcome.doubtful.length > 0) about(planned, 'possible-duplicate', doubt(outcome.doubtful, account));
      if (outcome.kind === 'known') counts.seen += 1;
      else if (outcome.kind === 'kept') counts.refused += 1;
      else counts[outcome.kind] += 1;
      if ('verdict' in outcome) verdicts[outcome.verdict.kind] = (verdicts[outcome.verdict.kind] ?? 0) + 1;
      if (outcome.kind === 'quarantined' || outcome.kind === 'adopted') about(planned, outcome.kind, null);
      if ('refused' in outcome && outcome.refused.length > 0) about(planned, 'refused', refusalFailure(outcome.refused));
    },
    count({ kind, entry, error }) {
      counts[kind] += 1;
      this.troubled = true;
      about(entry, kind, error.with({ account: account.name }).toJSON());
    },
    close() {
      const rest = { failure: this.failure, deleted: this.deleted };
      const exit = exitCode({ ...counts, ...rest });
      return {
        account: account.id,
        name: account.name,
        user: account.user,
        host: account.host,
        started: new Date(began).toISOString(),
        milliseconds: Date.now() - began,
        ...counts,
        ...rest,
        verdicts,
        notes,
        exit,
      };
    },
  };
}

function doubt(addresses: readonly string[], { name }: Account): Failure {
  const said = addresses.join(', ');
  return new MailError('relay-doubt', `${said} may have it twice: an answer was lost, and it was sent again`, false, {
    account: name,
    said,
  }).toJSON();
}

function refusalFailure(
  refused: readonly { readonly address: string; readonly code: number; readonly status: string; readonly text: string }[],
): Failure {
  const said = refused.map(({ code, status, text }) => `${code} ${status} ${text}`).join('; ');
  return { code: 'recipient-refused', message: said, temporary: false, said, name: refused.map(({ address }) => address).join(', ') };
}

const exits: Readonly<Record<FailureCode, PollExit>> = {
  dns: 11,
  refused: 2,
  unreachable: 2,
  'connection-lost': 2,
  timeout: 7,
  proxy: 2,
  tls: 2,
  'tls-untrusted': 2,
  'tls-name': 2,
  'tls-expired': 2,
  'tls-pin-changed': 2,
  'tls-not-spoken': 2,
  'tls-on-plain-port': 2,
  'starttls-missing': 2,
  'starttls-refused': 2,
  greeting: 7,
  protocol: 4,
  limit: 4,
  'server-refused': 7,
  'server-busy': 14,
  'mailbox-busy': 9,
  'login-delay': 9,
  'server-temporary': 14,
  'server-permanent': 7,
  auth: 3,
  'auth-in-clear': 3,
  'auth-unsupported': 3,
  'quit-refused': 7,
  'disk-full': 10,
  'not-writable': 10,
  maildir: 10,
  locked: 8,
  permissions: 6,
  'settings-corrupt': 5,
  'settings-newer': 5,
  'ledger-corrupt': 23,
  'ledger-newer': 5,
  'secret-missing': 3,
  'secret-command': 3,
  'credentials-invalid': 3,
  io: 10,
  'scanner-unavailable': 10,
  'scanner-blind': 10,
  'scan-failed': 10,
  'recipient-refused': 10,
  'relay-temporary': 10,
  'relay-permanent': 10,
  'relay-doubt': 10,
  'sending-missing': 10,
  'sending-unknown': 10,
  'sending-refused': 10,
  delivery: 10,
  'message-refused': 7,
  'message-too-big': 10,
  unparsable: 10,
  usage: 5,
  'not-found': 5,
  conflict: 5,
  forbidden: 5,
  cancelled: 7,
  internal: 23,
};

/** fetchmail's code for a failure (WIRE.md section 1). */
export const failureExit = (code: FailureCode): PollExit => exits[code];

/** fetchmail's code for one run. */
export function exitCode(
  run: Pick<FetchReport, 'failure' | 'left' | 'deferred' | 'delivered' | 'adopted' | 'quarantined' | 'refused' | 'parked'>,
): PollExit {
  if (run.failure !== null) return exits[run.failure.code];
  if (run.left > 0) return 13;
  if (run.deferred > 0) return 10;
  return run.delivered + run.adopted + run.quarantined + run.refused > 0 ? 0 : 1;
}

/** Several accounts: 0 if any brought mail, else the last error, else 1. */
export function exitOfAll(reports: readonly FetchReport[]): PollExit {
  if (reports.some(({ exit }) => exit === 0)) return 0;
  return reports.filter(({ exit }) => exit !== 1).at(-1)?.exit ?? 1;
}
