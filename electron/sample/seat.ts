// The station in use: the real one, until the sample is asked for and takes its place. Itself a running station,
// so that a face does not know which of the two it shows.
import { type CallName, contract, type EventName, type Station } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import type { Notice } from '../../shared/station.js';
import type { Keyring, RunningStation } from '../station/context.js';
import { openStation } from '../station/open.js';
import type { StoreClass } from '../station/settings.js';
import { type ChosenHome, discardHome, makeSampleHome } from './home.js';
import { openSample } from './sample.js';

export interface SeatPlan {
  readonly home: ChosenHome;
  readonly keyring: Keyring | null;
  readonly sample: boolean;
  readonly notices: readonly Notice[];
  /** The settings' class under Electron; conf's otherwise. */
  readonly store?: StoreClass;
  /** Gets the sample's one line. */
  readonly say: (line: string) => void;
}

/** Throws MailError `locked` when another station has the folder. */
export async function openSeat(plan: SeatPlan): Promise<RunningStation> {
  const listeners = new Set<(name: EventName, body: unknown) => void>();
  const tell = (name: EventName, body: unknown): void => {
    for (const listener of listeners) listener(name, body);
  };
  let current = await (plan.sample ? openSampleIn(plan, plan.home, tell) : openReal(plan, tell));
  const take = async (): Promise<void> => {
    const before = current;
    current = await openSampleIn(plan, makeSampleHome(undefined), tell);
    await before.close();
    announceAll(tell);
  };
  return {
    station: delegate(() => current.station, take),
    get home() {
      return current.home;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    part: (message, part) => current.part(message, part),
    remote: (message, url) => current.remote(message, url),
    grantScan: async (path) => {
      if (current.grantScan === undefined)
        throw new MailError('forbidden', 'this station scans what it is told of at its own machine', false);
      return current.grantScan(path);
    },
    wake: () => current.wake(),
    rest: (rest) => current.rest(rest),
    close: () => current.close(),
  };
}

async function openReal(plan: SeatPlan, tell: (name: EventName, body: unknown) => void): Promise<RunningStation> {
  const { keyring, notices, store } = plan;
  const running = await openStation({
    home: plan.home.folder,
    keyring,
    sample: false,
    schedule: true,
    notices,
    ...(store === undefined ? {} : { store }),
  });
  running.subscribe(tell);
  return running;
}

async function openSampleIn(plan: SeatPlan, home: ChosenHome, tell: (name: EventName, body: unknown) => void): Promise<RunningStation> {
  const sample = await openSample(home.folder, plan.notices);
  sample.running.subscribe(tell);
  void sample.fetched.then(plan.say, (error: unknown) => plan.say(`sample failed: ${String(error)}`));
  return {
    ...sample.running,
    close: async () => {
      await sample.running.close();
      await sample.stop();
      await discardHome(home);
    },
  };
}

/** Every call goes to the station that is current when it is made. */
function delegate(current: () => Station, startSample: () => Promise<void>): Station {
  const names = Object.keys(contract) as CallName[];
  const calls = names.map((name) => [name, (input: never) => current()[name](input)] as const);
  return { ...(Object.fromEntries(calls) as unknown as Station), 'sample.start': startSample as Station['sample.start'] };
}

/** Another station: whatever was read is of the one before. */
function announceAll(tell: (name: EventName, body: unknown) => void): void {
  tell('settings.changed', {});
  tell('account.changed', { id: null });
  tell('mailbox.changed', { folder: null });
  for (const name of ['quarantine.changed', 'problem.changed', 'bounce.changed', 'scanner.changed', 'status.changed'] as const)
    tell(name, {});
}
