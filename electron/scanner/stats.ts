// clamd's STATS taken apart: threads, queue, memory. What clamdtop shows.

export interface ClamdStats {
  readonly state: string;
  readonly live: number;
  readonly idle: number;
  readonly maximum: number;
  readonly queue: number;
  /** Scans in progress, in clamd's words. */
  readonly tasks: readonly string[];
  /** Octets clamd's allocator holds; null where the build does not say (glibc's N/A). */
  readonly heap: number | null;
}

/** Never throws: what is missing is 0 or null. */
export function readStats(answer: string): ClamdStats {
  const number = (pattern: RegExp) => Number(pattern.exec(answer)?.[1] ?? 0);
  const heap = /MEMSTATS: heap ([\d.]+)M/.exec(answer)?.[1];
  return {
    state: /STATE: (.*)/.exec(answer)?.[1]?.trim() ?? 'unknown',
    live: number(/THREADS: live (\d+)/),
    idle: number(/idle (\d+) max/),
    maximum: number(/max (\d+)/),
    queue: number(/QUEUE: (\d+)/),
    tasks: answer
      .split('\n')
      .filter((line) => line.startsWith('\t'))
      .map((line) => line.trim()),
    heap: heap === undefined ? null : Math.round(Number(heap) * 1024 * 1024),
  };
}
