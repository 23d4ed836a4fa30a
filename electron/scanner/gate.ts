// At most so many at once, first come first served.

export interface Gate {
  readonly running: number;
  readonly waiting: number;
  /** Resolves with the way to leave. Rejects when the signal fires first. */
  enter(signal?: AbortSignal): Promise<() => void>;
}

export function openGate(width: number): Gate {
  const queue: (() => void)[] = [];
  let running = 0;
  const leave = () => {
    running -= 1;
    queue.shift()?.();
  };
  const admit = () => {
    running += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      leave();
    };
  };
  return {
    get running() {
      return running;
    },
    get waiting() {
      return queue.length;
    },
    async enter(signal) {
      signal?.throwIfAborted();
      if (running < width && queue.length === 0) return admit();
      return await new Promise((resolve, reject) => {
        const turn = () => {
          signal?.removeEventListener('abort', onAbort);
          resolve(admit());
        };
        const onAbort = () => {
          queue.splice(queue.indexOf(turn), 1);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.push(turn);
      });
    },
  };
}
