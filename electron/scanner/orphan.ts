// A clamd of ours that outlived its station all the same (its shell was killed, too) is found by the pid file and
// ended at the next start. The start time beside the pid keeps us from killing a stranger with the same number.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** A word that no other life of this pid has; null: there is none alive. */
export function startTime(pid: number): string | null {
  try {
    if (process.platform !== 'linux') return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** proc(5): resident octets; null where they cannot be read. */
export function residentOctets(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

export function writePid(path: string, pid: number): void {
  writeFileSync(path, `${pid} ${startTime(pid) ?? ''}\n`, { mode: 0o600 });
}

/** Ends what the pid file names, if it still is what it was, and removes the file. True: there was one. */
export async function reapOrphan(path: string): Promise<boolean> {
  const alive = orphan(path);
  if (alive !== null) {
    signal(alive, 'SIGKILL');
    while (orphan(path) !== null) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  rmSync(path, { force: true });
  return alive !== null;
}

function orphan(path: string): number | null {
  try {
    const [pid, started] = readFileSync(path, 'utf8').trim().split(' ');
    return started !== undefined && started !== '' && startTime(Number(pid)) === started ? Number(pid) : null;
  } catch {
    return null;
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // gone already
  }
}
