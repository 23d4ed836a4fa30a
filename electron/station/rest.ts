// When polls rest: while the machine sleeps, and while it has no network. A server on this machine needs none.
import { networkInterfaces } from 'node:os';

export type Rest = 'asleep' | 'offline' | null;

/** RFC 6761 section 6.3, RFC 5735, RFC 4291: names and addresses that never leave the machine. */
export function onThisMachine(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
}

export function restsFor(rest: Rest, host: string): boolean {
  return rest === 'asleep' || (rest === 'offline' && !onThisMachine(host));
}

/** Milliseconds before the first poll after a rest: spread out, so that all the accounts of an office do not knock at once. */
export function waitAfterRest(chance: number): number {
  return Math.round(2000 + 13_000 * chance);
}

/** What the two causes come to: sleep goes before the network, and each is told once. */
export function openRest(tell: (rest: Rest) => void) {
  let [asleep, online, told]: [boolean, boolean, Rest] = [false, true, null];
  const settle = (): void => {
    const rest: Rest = asleep ? 'asleep' : online ? null : 'offline';
    if (rest === told) return;
    told = rest;
    tell(rest);
  };
  return {
    sleep(on: boolean): void {
      asleep = on;
      settle();
    },
    network(on: boolean): void {
      online = on;
      settle();
    },
  };
}

const lookEvery = 5000;
/** Milliseconds that the clock may run ahead of our timer before it is called sleep. */
const longestGap = 30_000;

/** For a station without a desktop: no address but loopback's is offline; a clock that jumped was a sleep. Returns the way to stop. */
export function watchMachine(tell: (rest: Rest) => void): () => void {
  const rest = openRest(tell);
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > lookEvery + longestGap) rest.sleep(true);
    last = now;
    rest.sleep(false);
    rest.network(hasNetwork());
  }, lookEvery);
  timer.unref();
  return () => clearInterval(timer);
}

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal) === true);
}
