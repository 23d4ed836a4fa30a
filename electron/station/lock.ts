// One station a data folder. The lock is the operating system's (an exclusive SQLite transaction), so it ends with its
// holder however that dies; the file beside it says who holds it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { MailError } from '../../shared/error.js';
import { ensurePrivateFile } from './private-file.js';

export interface Lock {
  release(): void;
}
export interface LockHolder {
  readonly pid: number;
  /** Clock ticks since boot on Linux; tells a reused pid from the holder. Null where it cannot be read. */
  readonly startTime: string | null;
  /** Where the holder serves its contract, when it does. */
  readonly url: string | null;
}

/** Field 22 of /proc/PID/stat. */
export function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

const holderFile = (root: string) => join(root, 'station.json');

/** Who holds the lock, as the file says; null when there is none or it is of a dead station. */
export function lockHolder(root: string): LockHolder | null {
  try {
    const holder = JSON.parse(readFileSync(holderFile(root), 'utf8')) as LockHolder;
    return startTime(holder.pid) === holder.startTime ? holder : null;
  } catch {
    return null;
  }
}

/** Takes the lock or throws MailError `locked` (exit code 8) naming the holder. Held until release() or the end of this program. */
export function takeLock(root: string): Lock {
  const path = join(root, 'station.lock');
  ensurePrivateFile(path);
  const database = new Database(path);
  try {
    database.exec('PRAGMA busy_timeout = 200; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    const holder = lockHolder(root);
    const who = holder === null ? 'another station' : `the station with pid ${holder.pid}`;
    throw new MailError('locked', `${who} uses ${root}`, true, {
      cause,
      path: root,
      name: holder === null ? undefined : String(holder.pid),
    });
  }
  announceHolder(root, null);
  return {
    release() {
      rmSync(holderFile(root), { force: true });
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

/** Writes who holds the lock, and where it serves. Only the holder calls this. */
export function announceHolder(root: string, url: string | null): void {
  const holder: LockHolder = { pid: process.pid, startTime: startTime(process.pid), url };
  writeFileSync(holderFile(root), JSON.stringify(holder), { mode: 0o600 });
}
