// What each account's run is doing now, gathered from its steps.
import type { FetchStep } from '../../shared/fetch.js';
import { on } from './link.js';
import { createStore } from './store.js';

export const steps = createStore<ReadonlyMap<string, FetchStep>>(new Map());

/** Starts listening: once, by the entry. */
export function followSteps(): void {
  on('fetch.step', (step) => steps.set((before) => withStep(before, step)));
  on('fetch.report', (report) => steps.set((before) => without(before, report.account)));
}

function withStep(before: ReadonlyMap<string, FetchStep>, step: FetchStep): ReadonlyMap<string, FetchStep> {
  if (step.step === 'end') return without(before, step.account);
  const known = before.get(step.account);
  // Steps of the run itself carry no counts: keep the last ones of the same run.
  const merged = known?.run === step.run ? { ...pick(known), ...step } : step;
  return new Map(before).set(step.account, merged);
}
function pick({ message, of, octets, ofOctets }: FetchStep): Partial<FetchStep> {
  return { message, of, octets, ofOctets };
}
function without(before: ReadonlyMap<string, FetchStep>, account: string): ReadonlyMap<string, FetchStep> {
  const after = new Map(before);
  after.delete(account);
  return after;
}

/** Messages done and to do over all runs that know their counts; null when nothing is being fetched. */
export function overall(all: ReadonlyMap<string, FetchStep>): { done: number; of: number; accounts: readonly string[] } | null {
  if (all.size === 0) return null;
  let done = 0;
  let of = 0;
  for (const step of all.values()) {
    done += step.message ?? 0;
    of += step.of ?? 0;
  }
  return { done, of, accounts: [...all.keys()] };
}
