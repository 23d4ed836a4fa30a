// Where our own clamd puts what it unpacks. It makes and removes files for every message, and on a disk these wait
// for the same journal as our fsyncs: in memory, where there is plenty, a message takes a fraction of the time. The
// path is always run/clamd/tmp; it may be a link into /dev/shm.
import { lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, statfsSync, symlinkSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const memoryFolder = '/dev/shm';
/** What our folders in memory begin with: nothing else is ever removed there. */
export const memoryPrefix = join(memoryFolder, 'todoku-clamd-');
/** Beyond what the scans may unpack at once. */
const reserve = 536_870_912;

/** Removes the temporary folder of the last run, wherever it was, and what is in it. */
export function removeTemporary(path: string): void {
  try {
    const target = lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
    if (target?.startsWith(memoryPrefix)) rmSync(target, { recursive: true, force: true });
  } catch {
    // there was none
  }
  rmSync(path, { recursive: true, force: true });
}

/** A fresh, empty one, 0700. `most`: octets that may lie in it at once. Where it is in memory, or empty text. */
export function makeTemporary(path: string, most: number): string {
  removeTemporary(path);
  const inMemory = memoryIsPlenty(most) ? mkdtempSync(memoryPrefix) : '';
  if (inMemory === '') mkdirSync(path, { recursive: true, mode: 0o700 });
  else symlinkSync(inMemory, path);
  return inMemory;
}

function memoryIsPlenty(most: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    return bavail * bsize > most + reserve && freemem() > 2 * (most + reserve);
  } catch {
    return false;
  }
}
