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

interface Life {
  readonly pid: number;
  /** startTime(pid) when it was written down. */
  readonly started: string | null;
}
interface PidFile {
  readonly clamd: Life;
  /** The station whose clamd it is. */
  readonly station: Life;
  readonly socket: string;
}

const life = (pid: number): Life => ({ pid, started: startTime(pid) });
const alive = ({ pid, started }: Life): boolean => started !== null && startTime(pid) === started;

export function writePid(path: string, pid: number, socket: string): void {
  const text: PidFile = { clamd: life(pid), station: life(process.pid), socket };
  writeFileSync(path, `${JSON.stringify(text)}\n`, { mode: 0o600 });
}

/** The socket of a clamd that another living station keeps in this folder; null: there is none. */
export function neighbourSocket(path: string): string | null {
  const file = readPid(path);
  return file !== null && file.station.pid !== process.pid && alive(file.station) && alive(file.clamd) ? file.socket : null;
}

/** Ends what the pid file names, if it still is what it was, and removes the file. True: there was one. */
export async function reapOrphan(path: string): Promise<boolean> {
  const clamd = readPid(path)?.clamd;
  const found = clamd !== undefined && alive(clamd);
  if (found) signal(clamd.pid, 'SIGKILL');
  while (found && alive(clamd)) await new Promise((resolve) => setTimeout(resolve, 20));
  rmSync(path, { force: true });
  return found;
}

function readPid(path: string): PidFile | null {
  try {
    const file: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isPidFile(file) ? file : null;
  } catch {
    return null;
  }
}

function isPidFile(value: unknown): value is PidFile {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'clamd' in value &&
    isLife(value.clamd) &&
    'station' in value &&
    isLife(value.station) &&
    'socket' in value &&
    typeof value.socket === 'string'
  );
}

function isLife(value: unknown): value is Life {
  return typeof value === 'object' && value !== null && 'pid' in value && Number.isInteger(value.pid) && 'started' in value;
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // gone already
  }
}
