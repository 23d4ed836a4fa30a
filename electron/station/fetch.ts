// One run for one account: connect, list, retrieve what is new through a bounded window, deliver it, delete what is due, QUIT.
// DELE follows the ledger; only QUIT's +OK turns "delete sent" into "deleted". A run that fails leaves the server as it was
// for every message that is not recorded.
import type { Account } from '../../shared/account.js';
import { MailError, toFailure } from '../../shared/error.js';
import type { FetchReport, FetchStep, FetchStepName } from '../../shared/fetch.js';
import type { Verdict } from '../../shared/verdict.js';
import { deliverMessage, type MessageDeps, type Outcome } from './fetch-message.js';
import { isSettled, type Listed, listingDigest, nothingNew, type Plan, type Planned, planRun } from './fetch-plan.js';
import { beginReport, type OpenReport } from './fetch-report.js';
import { openIdentities } from './identity.js';
import { findKeys } from './keys.js';
import type { LedgerEntry } from './ledger.js';
import { type Spool, spoolBody } from './spool.js';
import { noteFailure } from './troubles.js';
import { openWindow, type Window } from './window.js';

/** A session on a maildrop, POP3 or IMAP. */
export interface Source {
  readonly remoteAddress: string | null;
  /** Seconds the server wants between logins; null: it does not say. */
  readonly loginDelay: number | null;
  list(): Promise<readonly Listed[]>;
  retrieve(entries: AsyncIterable<{ readonly number: number; readonly octets: number }>): AsyncIterable<{
    readonly number: number;
    /** This one message was refused; the session goes on. */
    readonly failure: MailError | null;
    readonly body: AsyncIterable<Uint8Array>;
  }>;
  delete(number: number): Promise<'deleted' | 'gone'>;
  /** Throws MailError `quit-refused` when deletes may not have happened. */
  quit(): Promise<void>;
  abort(): void;
}

export interface FetchDeps extends Omit<MessageDeps, 'step' | 'scanned' | 'found' | 'identities' | 'server' | 'signal'> {
  readonly open: (onStep: (step: 'connect' | 'login') => void, signal: AbortSignal) => Promise<Source>;
  /** Throws MailError `scanner-unavailable` or `scanner-blind`. */
  readonly scannerReady: () => Promise<void>;
  /** Roots of all Maildirs that may hold mail of this station. */
  readonly maildirs: () => Promise<readonly string[]>;
  readonly runFolder: string;
  readonly problems: string;
  readonly announce: (step: FetchStepName, details: Announcement) => void;
  readonly statistics: (verdict: Verdict, octets: number, milliseconds: number | null) => void;
  readonly signal: AbortSignal;
  readonly check: boolean;
  /** Every message goes into one Maildir and nowhere else: one that stands there is delivered. */
  readonly single: boolean;
}

export interface Announcement extends Pick<FetchStep, 'listed' | 'of' | 'octets' | 'ofOctets'> {
  readonly planned?: Planned;
  /** 1-based among the new messages. */
  readonly position?: number;
  readonly verdict?: Verdict;
}

/** Messages and octets under way at once: what bounds the memory of a run. */
const windowSize = { messages: 64, octets: 8_388_608 };

/** Never throws: what went wrong is in the report. */
export async function runFetch(deps: FetchDeps): Promise<FetchReport> {
  const report = beginReport(deps.account);
  const before = deps.check ? { unclean: false, digest: null } : deps.ledger.beginRun(deps.account.id);
  deps.announce('begin', {});
  let source: Source | null = null;
  try {
    if (!deps.check) await readyScanner(deps);
    for (let more = true; more; ) {
      source = await deps.open((step) => deps.announce(step, {}), deps.signal);
      more = await session(deps, source, report, before);
    }
    if (!deps.check && !report.unclean) deps.ledger.endRun(deps.account.id, report.digest);
  } catch (error) {
    source?.abort();
    report.failure = toFailure(error instanceof MailError ? error.with({ account: deps.account.name, host: deps.account.host }) : error);
  }
  const done = report.close();
  deps.announce('end', {});
  return done;
}

async function readyScanner(deps: FetchDeps): Promise<void> {
  deps.announce('scanner', {});
  if (deps.scannerSettings.mode === 'required') await deps.scannerReady();
}

/** True when a batch limit ended it before everything new was retrieved: the deletes have taken effect, and another session follows. */
async function session(
  deps: FetchDeps,
  source: Source,
  report: OpenReport,
  { unclean, digest }: { readonly unclean: boolean; readonly digest: string | null },
): Promise<boolean> {
  const { account, ledger } = deps;
  const listing = await source.list();
  const now = listingDigest(listing);
  // The same listing as last time, when everything in it was known and is kept: 100,000 rows need not be read to say so.
  const failures = ledger.failures(account.id);
  const same = now !== null && now === digest && account.fetch.retention.kind === 'keep' && failures.length === 0;
  const known = same ? new Map<string, LedgerEntry>() : ledger.entries(account.id);
  const whole = same ? nothingNew(listing) : planRun(account, listing, known, failures, Date.now());
  report.digest = isSettled(account, whole, failures) ? now : null;
  report.listed(listing, whole);
  const { batchLimit } = account.fetch;
  const plan = batchLimit > 0 && !deps.check ? { ...whole, fresh: whole.fresh.slice(0, batchLimit) } : whole;
  deps.announce('list', {
    listed: { messages: listing.length, seen: whole.seen, octets: listing.reduce((sum, { octets }) => sum + octets, 0) },
    of: plan.fresh.length,
    ofOctets: plan.fresh.reduce((sum, { octets }) => sum + octets, 0),
  });
  if (deps.check) {
    await source.quit();
    return false;
  }
  const deletes = new Deletes(source, account);
  for (const { number, key } of plan.due) deletes.send(number, key);
  await noteOversized(deps, plan, known, report);
  const found = unclean ? await findKeys([...(await deps.maildirs()), deps.quarantine]) : null;
  await retrieveAll({ deps, source, report, plan, deletes, found, known, announce: () => undefined });
  await finish(deps, source, deletes, report, plan);
  return whole.fresh.length > plan.fresh.length && !report.troubled;
}

/** Larger than the account takes: stays on the server, and is reported once. */
async function noteOversized(deps: FetchDeps, plan: Plan, known: ReadonlyMap<string, unknown>, report: OpenReport): Promise<void> {
  for (const { listed, key } of plan.oversized) {
    if (known.has(key)) continue;
    await deps.ledger.record({
      account: deps.account.id,
      key,
      uidl: listed.uidl ?? '',
      octets: listed.octets,
      state: 'oversized',
      sha256: null,
      firstSeen: Date.now(),
    });
    report.note({ kind: 'oversized', uidl: listed.uidl ?? String(listed.number), octets: listed.octets, failure: null });
  }
}

interface Run {
  readonly deps: FetchDeps;
  readonly source: Source;
  readonly report: OpenReport;
  readonly plan: Plan;
  readonly deletes: Deletes;
  readonly found: MessageDeps['found'];
  readonly known: ReadonlyMap<string, LedgerEntry>;
  /** Tells a step of one message; set once the positions are known. */
  announce: MessageDeps['step'];
}

async function retrieveAll(run: Run): Promise<void> {
  const { deps, source, plan } = run;
  const remaining = await adopt(run);
  const window = openWindow(remaining, ({ octets }) => octets, windowSize);
  const planned = new Map(remaining.map((entry, index) => [entry.number, { entry, position: index + 1 }]));
  const messageDeps = perMessage(run, planned, plan);
  run.announce = messageDeps.step;
  const under = new Set<Promise<void>>();
  const faults: unknown[] = [];
  try {
    for await (const retrieved of source.retrieve(window.entries())) {
      const entry = planned.get(retrieved.number)?.entry;
      if (entry === undefined) throw new MailError('protocol', `message ${retrieved.number} came without being asked for`, true);
      if (retrieved.failure !== null) {
        run.report.count(await noteFailure(deps, entry, retrieved.failure, null));
        window.leave(entry);
        continue;
      }
      const spool = await spoolBody(retrieved.body, deps.runFolder);
      messageDeps.step('retrieve', entry);
      messageDeps.step('spool', entry);
      const work = one(run, messageDeps, entry, spool, window, faults).finally(() => under.delete(work));
      under.add(work);
      if (faults.length > 0 || deps.signal.aborted) break;
    }
  } finally {
    window.stop();
    await Promise.all(under);
  }
  if (faults.length > 0) throw faults[0];
  if (deps.signal.aborted) throw new MailError('cancelled', 'the run was stopped', true);
}

/** One message to its end. A fault that no message is to blame for stops the window. */
async function one(run: Run, deps: MessageDeps, entry: Planned, spool: Spool, window: Window<Planned>, faults: unknown[]): Promise<void> {
  try {
    const outcome = await deliverMessage(deps, entry, spool);
    if (outcome.kind === 'deferred') await defer(run, entry, outcome.error, spool);
    else settle(run, entry, outcome, spool);
  } catch (error) {
    faults.push(error);
    run.report.unclean = true;
    window.stop();
  } finally {
    await spool.drop();
    window.leave(entry);
  }
}

/** The scanner is down: the run ends. It is not: this message is to blame, is counted, and the next one goes on. */
async function defer(run: Run, entry: Planned, error: MailError, spool: Spool): Promise<void> {
  run.report.unclean = true;
  // The relay asked for patience (4xx): that is no fault of the message.
  if (error.code === 'relay-temporary') return run.report.count({ kind: 'deferred', entry, error });
  if (error.code === 'scan-failed') await run.deps.scannerReady();
  run.report.count(await noteFailure(run.deps, entry, error, spool));
}

function settle(run: Run, entry: Planned, outcome: Exclude<Outcome, { kind: 'deferred' }>, spool: Spool): void {
  run.report.outcome(entry, outcome);
  if (outcome.kind === 'kept') return;
  if ('verdict' in outcome) run.deps.statistics(outcome.verdict, spool.octets, null);
  run.deletes.afterDelivery(entry.number, entry.key ?? outcome.key, (step) => run.announce(step, entry));
}

/** After a run that did not end: what already stands in the Maildirs is entered in the ledger without being retrieved again. */
async function adopt(run: Run): Promise<readonly Planned[]> {
  const { deps, found, plan, report } = run;
  if (found === null) return plan.fresh;
  const single = deps.single;
  const adopted = plan.fresh.filter(
    ({ key, recheck }) => key !== null && recheck === null && found.has(key) && (single || found.get(key)?.has(deps.quarantine)),
  );
  await Promise.all(
    adopted.map((entry) =>
      deps.ledger.record({
        account: deps.account.id,
        key: entry.key ?? '',
        uidl: entry.uidl ?? '',
        octets: entry.octets,
        state: 'delivered',
        sha256: null,
        firstSeen: Date.now(),
      }),
    ),
  );
  for (const entry of adopted) {
    report.outcome(entry, { kind: 'adopted', key: entry.key ?? '' });
    run.deletes.afterDelivery(entry.number, entry.key ?? '', () => undefined);
  }
  const gone = new Set(adopted);
  return plan.fresh.filter((entry) => !gone.has(entry));
}

function perMessage(run: Run, planned: ReadonlyMap<number, { readonly position: number }>, plan: Plan): MessageDeps {
  const { deps, source } = run;
  let octets = 0;
  const ofOctets = plan.fresh.reduce((sum, entry) => sum + entry.octets, 0);
  return {
    ...deps,
    found: run.found,
    identities: openIdentities(deps.account.id, run.known),
    server: { name: deps.account.host, ip: source.remoteAddress, protocol: protocolWord(deps.account) },
    step(step, entry, verdict) {
      if (step === 'record') octets += entry.octets;
      deps.announce(step, { planned: entry, position: planned.get(entry.number)?.position, of: planned.size, octets, ofOctets, verdict });
    },
    scanned: (verdict, milliseconds) => deps.statistics(verdict, -1, milliseconds),
  };
}

export function protocolWord(account: Account): 'POP3' | 'POP3S' | 'IMAP' | 'IMAPS' {
  const word = account.protocol === 'imap' ? 'IMAP' : 'POP3';
  return account.security === 'none' ? word : `${word}S`;
}

async function finish(deps: FetchDeps, source: Source, deletes: Deletes, report: OpenReport, plan: Plan): Promise<void> {
  const sent = await deletes.answered();
  deps.ledger.mark(deps.account.id, sent, 'delete-sent');
  try {
    await source.quit();
  } catch (error) {
    if (sent.length > 0) throw error;
    return;
  }
  deps.announce('quit', {});
  deps.ledger.mark(deps.account.id, sent, 'deleted');
  const gone = new Set(sent);
  for (const { key } of plan.due) if (gone.has(key)) deps.ledger.forgetFailure(deps.account.id, key);
  report.deleted += sent.length;
}

/** DELEs of one session: sent as soon as a message is recorded, counted when answered. */
class Deletes {
  readonly #answers: Promise<string | null>[] = [];

  constructor(
    private readonly source: Source,
    private readonly account: Account,
  ) {}

  send(number: number, key: string, done: (step: FetchStepName) => void = () => undefined): void {
    const answer = this.source.delete(number).then(
      () => {
        done('delete');
        return key;
      },
      () => null,
    );
    this.#answers.push(answer);
  }

  afterDelivery(number: number, key: string, done: (step: FetchStepName) => void): void {
    if (this.account.fetch.retention.kind === 'delete') this.send(number, key, done);
  }

  /** Keys whose DELE got +OK. One that failed is tried again by the next run. */
  async answered(): Promise<readonly string[]> {
    return (await Promise.all(this.#answers)).filter((key): key is string => key !== null);
  }
}
