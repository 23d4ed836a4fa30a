// A bounded window over messages: an entry is handed out only while few enough messages and octets are under way.

export interface Window<Entry> {
  /** Hands out entries, waiting while the window is full. Ends early after stop(). */
  entries(): AsyncGenerator<Entry>;
  /** The entry has left the window: recorded, deferred, or failed. */
  leave(entry: Entry): void;
  /** No entry is handed out after this. */
  stop(): void;
}

/** At least one entry is always let in, however large it is. */
export function openWindow<Entry>(
  all: readonly Entry[],
  octetsOf: (entry: Entry) => number,
  most: { readonly messages: number; readonly octets: number },
): Window<Entry> {
  let messages = 0;
  let octets = 0;
  let stopped = false;
  let wake: (() => void) | null = null;
  const full = (next: Entry) => messages > 0 && (messages >= most.messages || octets + octetsOf(next) > most.octets);
  const changed = () => {
    wake?.();
    wake = null;
  };
  return {
    async *entries() {
      for (const entry of all) {
        while (!stopped && full(entry))
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        if (stopped) return;
        messages += 1;
        octets += octetsOf(entry);
        yield entry;
      }
    },
    leave(entry) {
      messages -= 1;
      octets -= octetsOf(entry);
      changed();
    },
    stop() {
      stopped = true;
      changed();
    },
  };
}
