// The station of another program, for a face: joined, and joined again when it comes back (a restart of its service).
import type { CallName, EventName, Station } from '../../shared/contract.js';
import { contract } from '../../shared/contract.js';
import type { RunningStation } from '../station/context.js';
import { attachStation } from './attach.js';

/** Milliseconds between two attempts to join again. */
const again = 1000;

/** Throws MailError `locked`, with the reason in words, when it cannot be joined at first. */
export async function openAttached(home: string, say: (line: string) => void): Promise<RunningStation> {
  const listeners = new Set<(name: EventName, body: unknown) => void>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const join = async (): Promise<RunningStation> => {
    const joined = await attachStation(home, lost);
    joined.subscribe((name, body) => {
      for (const listener of listeners) listener(name, body);
    });
    return joined;
  };
  const lost = (): void => {
    say('the station has gone; waiting for it to come back');
    later();
  };
  const later = (): void => {
    if (!closed) timer = setTimeout(() => void join().then(back, later), again);
  };
  const back = (joined: RunningStation): void => {
    current = joined;
    say('the station is back');
    for (const listener of listeners) for (const [name, body] of stale) listener(name, body);
  };
  let current = await join();
  const names = Object.keys(contract) as CallName[];
  const calls = names.map((name) => [name, (input: never) => current.station[name](input)] as const);
  return {
    station: Object.fromEntries(calls) as unknown as Station,
    home: current.home,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    part: (message, part) => current.part(message, part),
    remote: (message, url) => current.remote(message, url),
    wake: () => current.wake(),
    rest: (rest) => current.rest(rest),
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await current.close();
    },
  };
}

/** Whatever was read is of the station before. */
const stale: readonly (readonly [EventName, unknown])[] = [
  ['settings.changed', {}],
  ['account.changed', { id: null }],
  ['mailbox.changed', { folder: null }],
  ['quarantine.changed', {}],
  ['problem.changed', {}],
  ['bounce.changed', {}],
  ['scanner.changed', {}],
  ['status.changed', {}],
];
