// Files that hold what is nobody else's business.
import { closeSync, openSync } from 'node:fs';

/** Makes the file 0600 where it is missing, before a library makes it with the umask's mode. SQLite's -wal and -shm follow it. */
export function ensurePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}
