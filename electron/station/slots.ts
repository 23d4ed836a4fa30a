// How many sessions may be open at once, in all and to one host. Those that must wait come in order.

export interface Slots {
  /** Resolves to the way to give the place back. */
  take(host: string): Promise<() => void>;
}

export function openSlots(most: () => { readonly all: number; readonly perHost: number }): Slots {
  const inUse = new Map<string, number>();
  let all = 0;
  let waiting: { host: string; start: () => void }[] = [];
  const free = (host: string) => all < most().all && (inUse.get(host) ?? 0) < most().perHost;
  const seat = (host: string) => {
    all += 1;
    inUse.set(host, (inUse.get(host) ?? 0) + 1);
  };
  const leave = (host: string) => {
    all -= 1;
    inUse.set(host, (inUse.get(host) ?? 1) - 1);
    const next = waiting.find((candidate) => free(candidate.host));
    if (next === undefined) return;
    waiting = waiting.filter((candidate) => candidate !== next);
    seat(next.host);
    next.start();
  };
  return {
    take: (host) =>
      new Promise((resolve) => {
        let given = false;
        const release = () => {
          if (given) return;
          given = true;
          leave(host);
        };
        const start = () => resolve(release);
        if (!free(host)) return void waiting.push({ host, start });
        seat(host);
        start();
      }),
  };
}
