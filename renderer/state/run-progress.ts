// A run gathered from its steps: which phases have been reached, and how far each is.
import type { FetchStep, FetchStepName } from '../../shared/fetch.js';
import { on } from './link.js';
import { createStore } from './store.js';

export const phases = ['connect', 'login', 'list', 'retrieve', 'scan', 'deliver', 'delete'] as const;
export type Phase = (typeof phases)[number];

export interface Run {
  readonly run: number;
  /** Milliseconds since 1970. */
  readonly started: number;
  /** The phase of the latest step. */
  readonly phase: Phase;
  /** Milliseconds since the run began at which a phase of the run itself was reached. */
  readonly at: Readonly<Partial<Record<Phase, number>>>;
  /** Messages that have passed a phase. */
  readonly passed: Readonly<Record<'retrieve' | 'scan' | 'deliver' | 'delete', number>>;
  readonly held: number;
  readonly of: number | null;
  readonly octets: number;
  readonly ofOctets: number;
  readonly milliseconds: number;
}

const phaseOf: Readonly<Record<FetchStepName, Phase>> = {
  begin: 'connect',
  scanner: 'connect',
  connect: 'connect',
  login: 'login',
  list: 'list',
  retrieve: 'retrieve',
  spool: 'retrieve',
  route: 'retrieve',
  scan: 'scan',
  hand: 'deliver',
  handed: 'deliver',
  seal: 'deliver',
  link: 'deliver',
  synced: 'deliver',
  record: 'deliver',
  delete: 'delete',
  quit: 'delete',
  end: 'delete',
};
/** The step that ends a message's phase. */
const endsPhase: Readonly<Partial<Record<FetchStepName, keyof Run['passed']>>> = {
  spool: 'retrieve',
  scan: 'scan',
  record: 'deliver',
  delete: 'delete',
};
const quarantined = new Set(['infected', 'suspicious']);

export function beginRun(step: FetchStep, now: number): Run {
  return {
    run: step.run,
    started: now - step.milliseconds,
    phase: phaseOf[step.step],
    at: {},
    passed: { retrieve: 0, scan: 0, deliver: 0, delete: 0 },
    held: 0,
    of: null,
    octets: 0,
    ofOctets: 0,
    milliseconds: 0,
  };
}

/** Steps may be missed (the window opened later): what a position says counts for those before it. */
export function withStep(before: Run | undefined, step: FetchStep, now: number): Run {
  const run = before?.run === step.run ? before : beginRun(step, now);
  const phase = phaseOf[step.step];
  const ended = endsPhase[step.step];
  const passed = ended === undefined ? run.passed : { ...run.passed, [ended]: Math.max(run.passed[ended] + 1, atLeast(step, ended)) };
  return {
    ...run,
    phase,
    passed: atLeastBefore(passed, step, phase),
    at: step.message === undefined ? { ...run.at, [phase]: step.milliseconds } : run.at,
    held: run.held + (step.step === 'scan' && quarantined.has(step.verdict ?? '') ? 1 : 0),
    of: step.of ?? run.of,
    octets: step.octets ?? run.octets,
    ofOctets: step.ofOctets ?? run.ofOctets,
    milliseconds: step.milliseconds,
  };
}

/** A message that is scanned has been retrieved, and those before it have been delivered. */
function atLeastBefore(passed: Run['passed'], { message = 0 }: FetchStep, phase: Phase): Run['passed'] {
  if (phase !== 'scan' && phase !== 'deliver') return passed;
  return { ...passed, retrieve: Math.max(passed.retrieve, message), deliver: Math.max(passed.deliver, message - 1) };
}

function atLeast(step: FetchStep, ended: keyof Run['passed']): number {
  return ended === 'delete' ? 0 : (step.message ?? 0);
}

/** Seconds to go at the pace so far; null before a tenth is done. */
export function secondsLeft(run: Run): number | null {
  if (run.ofOctets === 0 || run.octets < run.ofOctets / 10) return null;
  return ((run.milliseconds / run.octets) * (run.ofOctets - run.octets)) / 1000;
}

export const runs = createStore<ReadonlyMap<string, Run>>(new Map());

/** Starts listening: once, by the entry. */
export function followRuns(): void {
  on('fetch.step', (step) => runs.set((before) => new Map(before).set(step.account, withStep(before.get(step.account), step, Date.now()))));
  on('fetch.report', ({ account }) =>
    runs.set((before) => {
      const after = new Map(before);
      after.delete(account);
      return after;
    }),
  );
}
