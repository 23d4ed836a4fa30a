// How another program of the same user finds this start's web face: its address in station.json, its token in a file of its own.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { announceHolder } from '../station/lock.js';

export const tokenFile = (home: string): string => join(home, 'station.token');

/** Both 0600; the token first, so that whoever reads the address can come in. */
export function announceWeb(home: string, url: string): void {
  const { origin, searchParams } = new URL(url);
  const temporary = `${tokenFile(home)}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, searchParams.get('t') ?? '');
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, tokenFile(home));
  announceHolder(home, origin);
}

export function withdrawWeb(home: string): void {
  rmSync(tokenFile(home), { force: true });
}
