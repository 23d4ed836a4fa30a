// The schedule of all accounts: one session an account, several accounts at once, a cap a host. Knows when, not how.
import { setMaxListeners } from 'node:events';
import type { Account } from '../../shared/account.js';
import { MailError, toFailure } from '../../shared/error.js';
import type { FetchReport, FetchStep } from '../../shared/fetch.js';
import type { RemoteState } from '../../shared/message.js';
import type { AccountState } from '../../shared/station.js';
import type { Context } from './context.js';
import { beginReport } from './fetch-report.js';
import type { Ledger } from './ledger.js';
import { type Rest, restsFor, waitAfterRest } from './rest.js';
import { pausedAt, waitAfterRun } from './schedule.js';
import { openSlots } from './slots.js';

export interface FetchOne {
  readonly report: FetchReport;
  /** Seconds, from CAPA. */
  readonly loginDelay: number | null;
}
export interface PollerDeps extends Context {
  readonly ledger: Ledger;
  readonly fetch: (
    account: Account,
    options: { readonly check: boolean; readonly signal: AbortSignal; readonly run: number },
  ) => Promise<FetchOne>;
  readonly secretKnown: (account: Account) => boolean;
  /** Of an account whose folders are shown and not fetched. */
  readonly remoteState: (account: string) => RemoteState | null;
  readonly deliveredToday: (account: string) => number;
  /** False: nothing is polled unless asked (a command). */
  readonly schedule: boolean;
}

interface Live {
  running: Promise<FetchReport> | null;
  stop: AbortController | null;
  timer: NodeJS.Timeout | null;
  next: number | null;
  step: FetchStep | null;
  last: FetchReport | null;
  failures: number;
}

export interface Poller {
  states(): readonly AccountState[];
  state(id: string): AccountState;
  /** Runs now, or joins the run that is under way. Never rejects: failures are in the report. */
  fetch(id: string, check: boolean): Promise<FetchReport>;
  stop(id: string): void;
  /** Resolves when no run of it is under way, and none can begin until what it gives is called. */
  retire(id: string): Promise<() => void>;
  /** Called by the run for each of its steps. */
  onStep(step: FetchStep): void;
  /** Accounts, pause or intervals changed: plan anew. */
  replan(): void;
  /** Suspends polls and ends runs at the next safe point; null: they go on, each after a moment of its own. */
  rest(rest: Rest): void;
  /** Poll every enabled account now. */
  wake(): void;
  /** Milliseconds since 1970 of the next poll of any account. */
  next(): number | null;
  close(): Promise<void>;
}

/** A first poll comes soon after the start, spread out so that many accounts do not knock at once. */
const firstPoll = 1500;

export function openPoller(deps: PollerDeps): Poller {
  const live = new Map<string, Live>();
  const slots = openSlots(() => ({ all: deps.settings.read().poll.sessions, perHost: deps.settings.read().poll.sessionsPerHost }));
  const saved = deps.ledger.reports();
  const retired = new Set<string>();
  let runs = 0;
  let closed = false;
  let resting: Rest = null;

  const accounts = () => deps.settings.read().accounts;
  const find = (id: string): Account => {
    const account = accounts().find((candidate) => candidate.id === id);
    if (account === undefined) throw new MailError('not-found', `there is no account ${id}`, false, { name: id });
    return account;
  };
  const of = (id: string): Live => {
    const known = live.get(id);
    if (known !== undefined) return known;
    const report = saved.get(id);
    const made: Live = {
      running: null,
      stop: null,
      timer: null,
      next: null,
      step: null,
      last: report?.report ?? null,
      failures: report?.failures ?? 0,
    };
    live.set(id, made);
    return made;
  };
  const paused = () => pausedAt(deps.settings.read().poll.pause, Date.now()).paused;

  const plan = (id: string, wait: number | null) => {
    const state = of(id);
    if (state.timer !== null) clearTimeout(state.timer);
    state.timer = null;
    state.next = null;
    if (wait === null || closed || retired.has(id) || !deps.schedule) return;
    state.next = Date.now() + wait;
    state.timer = setTimeout(() => void due(id), Math.min(wait, 2_000_000_000));
  };
  const due = async (id: string) => {
    const account = accounts().find((candidate) => candidate.id === id);
    if (account === undefined || !account.enabled || !account.source) return;
    // Looked at again in a minute: the pause may end by itself.
    if (paused()) return plan(id, 60_000);
    if (restsFor(resting, account.host)) return plan(id, null);
    await poller.fetch(id, false);
  };

  const run = async (account: Account, check: boolean): Promise<FetchReport> => {
    const state = of(account.id);
    const stop = new AbortController();
    // Every scan under way listens for the stop: as many as the window lets in.
    setMaxListeners(200, stop.signal);
    state.stop = stop;
    const release = await slots.take(account.host);
    deps.emit('account.changed', { id: account.id });
    let loginDelay: number | null = null;
    try {
      runs += 1;
      const result = await deps.fetch(account, { check, signal: stop.signal, run: runs });
      loginDelay = result.loginDelay;
      return ended(account, result.report, check, loginDelay);
    } catch (error) {
      const open = beginReport(account);
      open.failure = toFailure(error);
      return ended(account, open.close(), check, loginDelay);
    } finally {
      release();
    }
  };
  const ended = (account: Account, report: FetchReport, check: boolean, loginDelay: number | null): FetchReport => {
    const state = of(account.id);
    state.step = null;
    state.stop = null;
    if (!check) {
      state.last = report;
      state.failures = report.failure === null || report.failure.code === 'cancelled' ? 0 : state.failures + 1;
      deps.ledger.saveReport(report, state.failures);
      const timing = {
        interval: account.fetch.interval,
        loginDelay,
        failures: state.failures,
        code: report.failure?.code ?? null,
        chance: Math.random(),
      };
      plan(account.id, account.enabled ? waitAfterRun(timing) : null);
      deps.emit('fetch.report', report);
    }
    return report;
  };

  const stateOf = (account: Account): AccountState => {
    const state = of(account.id);
    const secretKnown = deps.secretKnown(account);
    return {
      account,
      secretKnown,
      state: account.source ? word(account, state, secretKnown, paused(), resting) : shownWord(account, deps.remoteState(account.id)),
      step: state.step,
      last: state.last,
      next: state.next === null || state.running !== null ? null : new Date(state.next).toISOString(),
      failures: state.failures,
      deliveredToday: deps.deliveredToday(account.id),
    };
  };

  const poller: Poller = {
    states: () => accounts().map(stateOf),
    state: (id) => stateOf(find(id)),
    fetch(id, check) {
      const account = find(id);
      if (retired.has(id)) return Promise.resolve(cancelled(account));
      const state = of(id);
      if (state.running !== null) return state.running;
      if (state.timer !== null) clearTimeout(state.timer);
      const running = run(account, check).finally(() => {
        state.running = null;
        deps.emit('account.changed', { id });
        deps.emit('status.changed', {});
      });
      state.running = running;
      return running;
    },
    stop: (id) => of(id).stop?.abort(),
    async retire(id) {
      const state = of(id);
      retired.add(id);
      plan(id, null);
      state.stop?.abort();
      await state.running;
      live.delete(id);
      return () => {
        retired.delete(id);
        poller.replan();
      };
    },
    onStep(step) {
      of(step.account).step = step;
      deps.emit('fetch.step', step);
    },
    replan() {
      const ids = new Set(accounts().map(({ id }) => id));
      for (const [id, state] of live) if (!ids.has(id) && state.timer !== null) clearTimeout(state.timer);
      for (const [index, account] of accounts().entries()) {
        const state = of(account.id);
        if (!account.enabled || !account.source || restsFor(resting, account.host)) plan(account.id, null);
        else if (state.running === null && state.next === null) plan(account.id, firstPoll + index * 150);
      }
    },
    rest(rest) {
      resting = rest;
      for (const { id, enabled, host } of accounts().filter(({ source }) => source)) {
        if (restsFor(rest, host)) {
          plan(id, null);
          of(id).stop?.abort();
        } else if (rest === null && enabled && of(id).running === null) plan(id, waitAfterRest(Math.random()));
      }
      deps.emit('account.changed', { id: null });
      deps.emit('status.changed', {});
    },
    wake() {
      for (const account of accounts()) if (account.enabled && account.source) void poller.fetch(account.id, false);
    },
    next: () =>
      [...live.values()].reduce<number | null>((soonest, { next }) => (next === null ? soonest : Math.min(soonest ?? next, next)), null),
    async close() {
      closed = true;
      for (const state of live.values()) {
        if (state.timer !== null) clearTimeout(state.timer);
        state.stop?.abort();
      }
      await Promise.all([...live.values()].map(({ running }) => running));
    },
  };
  return poller;
}

function shownWord({ enabled }: Account, remote: RemoteState | null): AccountState['state'] {
  if (!enabled) return 'paused';
  const { state } = remote ?? { state: 'connecting' };
  return state === 'online' || state === 'connecting' ? 'waiting' : state;
}

function cancelled(account: Account): FetchReport {
  const open = beginReport(account);
  open.failure = toFailure(new MailError('cancelled', 'the account is being removed', true, { account: account.name }));
  return open.close();
}

function word(account: Account, state: Live, secretKnown: boolean, paused: boolean, resting: Rest): AccountState['state'] {
  if (state.running !== null) return 'fetching';
  if (!account.enabled || paused) return 'paused';
  if (restsFor(resting, account.host)) return 'offline';
  if (!secretKnown) return 'needs-secret';
  const code = state.last?.failure?.code;
  if (code === undefined) return 'waiting';
  // One refused login may be the server's bad day: it is told after the second (WIRE.md section 1).
  if (code === 'auth' && state.failures < 2) return 'waiting';
  return code === 'unreachable' ? 'offline' : 'failed';
}
