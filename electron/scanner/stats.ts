// clamd's STATS taken apart: threads, queue, memory. What clamdtop shows.
import type { ClamdStats } from '../../shared/scan.js';

const mebi = 1024 * 1024;

/** Never throws: what is missing is 0 or null. */
export function readStats(answer: string): ClamdStats {
  const sum = (pattern: RegExp) => [...answer.matchAll(pattern)].reduce((total, found) => total + Number(found[1]), 0);
  const octets = (name: string) => {
    const found = new RegExp(`${name} ([\\d.]+)M`).exec(answer)?.[1];
    return found === undefined ? null : Math.round(Number(found) * mebi);
  };
  return {
    state: /STATE: (.*)/.exec(answer)?.[1]?.trim() ?? 'unknown',
    // Several pools while signatures are loaded anew: all of them work.
    live: sum(/THREADS: live (\d+)/g),
    idle: sum(/idle (\d+) max/g),
    maximum: Number(/max (\d+)/.exec(answer)?.[1] ?? 0),
    queue: sum(/QUEUE: (\d+)/g),
    tasks: answer.split('\n').flatMap(readTask),
    heap: octets('heap'),
    poolsUsed: octets('pools_used'),
    poolsTotal: octets('pools_total'),
  };
}

/** `\tINSTREAM 0.000394 fd[10]`; the question itself (STATS) is no work, nor is a thread that waits. */
function readTask(line: string): ClamdStats['tasks'] {
  const found = /^\t(\S+) ([\d.]+)\s*(.*)$/.exec(line);
  if (found?.[1] === undefined || found[1] === 'STATS' || found[1] === 'IDLE') return [];
  return [{ what: `${found[1]} ${found[3] ?? ''}`.trim(), seconds: Number(found[2]) }];
}
