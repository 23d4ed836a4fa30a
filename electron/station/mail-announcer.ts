// `mailbox.changed`: told at once, and not too often.

/** Milliseconds between two of one folder. */
const quiet = 150;

/** Tells each folder's change at once, and then at most every `quiet` milliseconds. */
export function announcer(tell: (folder: string | null) => void): { announce(folder: string | null): void; stop(): void } {
  const waiting = new Map<string | null, NodeJS.Timeout>();
  const again = new Set<string | null>();
  const announce = (folder: string | null) => {
    if (waiting.has(folder)) {
      again.add(folder);
      return;
    }
    tell(folder);
    const timer = setTimeout(() => {
      waiting.delete(folder);
      if (again.delete(folder)) announce(folder);
    }, quiet).unref();
    waiting.set(folder, timer);
  };
  return {
    announce,
    stop: () => {
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}
