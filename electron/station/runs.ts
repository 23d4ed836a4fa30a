// One run of one account with everything it needs, put together from the station's parts.
import type { Account } from '../../shared/account.js';
import type { FetchReport, FetchStep } from '../../shared/fetch.js';
import type { Context } from './context.js';
import { type Announcement, type FetchDeps, runFetch, type Source } from './fetch.js';
import type { Ledger } from './ledger.js';
import type { FetchOne } from './poller.js';
import type { Statistics } from './statistics.js';

export interface RunDeps extends Context {
  readonly ledger: Ledger;
  readonly statistics: Statistics;
  readonly host: string;
  readonly scanner: FetchDeps['scanner'];
  readonly scannerReady: () => Promise<void>;
  readonly openSource: (account: Account, onStep: (step: 'connect' | 'login') => void, signal: AbortSignal) => Promise<Source>;
  readonly routerOf: (account: Account) => FetchDeps['resolve'];
  readonly refusalsOf: (account: Account) => FetchDeps['onRefused'];
  readonly onward: FetchDeps['onward'];
  readonly singleOf: (account: Account) => boolean;
  readonly maildirs: () => Promise<readonly string[]>;
  readonly arrived: FetchDeps['arrived'];
  readonly onStep: (step: FetchStep) => void;
}

export async function runAccount(
  deps: RunDeps,
  account: Account,
  { check, signal, run }: { readonly check: boolean; readonly signal: AbortSignal; readonly run: number },
): Promise<FetchOne> {
  let loginDelay: number | null = null;
  const began = performance.now();
  const report = await runFetch({
    account,
    check,
    signal,
    ledger: deps.ledger,
    scanner: deps.scanner,
    scannerReady: deps.scannerReady,
    scannerSettings: deps.settings.read().scanner,
    quarantine: deps.home.quarantine,
    problems: deps.home.problems,
    runFolder: deps.home.run,
    host: deps.host,
    resolve: deps.routerOf(account),
    onRefused: deps.refusalsOf(account),
    onward: deps.onward,
    single: deps.singleOf(account),
    maildirs: deps.maildirs,
    arrived: deps.arrived,
    announce: (step, details) => deps.onStep(toStep(account, run, step, details, performance.now() - began)),
    statistics(verdict, octets, milliseconds) {
      if (milliseconds !== null) deps.statistics.scanned(milliseconds);
      else deps.statistics.delivered(account.id, verdict, octets);
    },
    async open(onStep, stop) {
      const source = await deps.openSource(account, onStep, stop);
      loginDelay = source.loginDelay;
      return source;
    },
  });
  if (report.failure !== null) deps.statistics.failed();
  deps.statistics.flush();
  tell(deps, report);
  return { report, loginDelay };
}

function toStep(account: Account, run: number, step: FetchStep['step'], details: Announcement, milliseconds: number): FetchStep {
  const { planned, position, verdict, ...rest } = details;
  return {
    account: account.id,
    run,
    step,
    milliseconds: Math.round(milliseconds),
    ...rest,
    ...(planned === undefined ? {} : { uidl: planned.uidl ?? String(planned.number), number: planned.number, size: planned.octets }),
    ...(position === undefined ? {} : { message: position }),
    ...(verdict === undefined ? {} : { verdict: verdict.kind }),
  };
}

/** What fetchmail's log says, for ours. */
function tell(deps: RunDeps, report: FetchReport): void {
  const { account, user, host, messages, seen, octets, delivered, quarantined, deferred, parked, deleted, failure } = report;
  if (failure !== null) {
    deps.log(failure.temporary ? 'warn' : 'error', `${user} at ${host}: ${failure.message}`, account);
    return;
  }
  const counts = `${messages} messages (${seen} seen) for ${user} at ${host} (${octets} octets)`;
  deps.log(
    'info',
    `${counts}: ${delivered} delivered, ${quarantined} quarantined, ${deferred} deferred, ${parked} parked, ${deleted} deleted`,
    account,
  );
  for (const note of report.notes)
    deps.log(
      note.failure === null ? 'info' : 'warn',
      `message ${note.uidl} (${note.octets} octets): ${note.kind}${note.failure === null ? '' : `: ${note.failure.message}`}`,
      account,
    );
}
