// A small disk of its own for one fetcher, that can be filled to the last octet. Only root may mount one; elsewhere it never fills.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface SmallDisk {
  readonly path: string;
  /** False where no disk could be mounted. */
  readonly mounted: boolean;
  fill(): void;
  free(): void;
  remove(): void;
}

export function smallDisk(path: string, mebibytes: number): SmallDisk {
  mkdirSync(path, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'tmpfs', path]).status === 0;
  const filler = join(path, 'filler');
  return {
    path,
    mounted,
    fill: () => mounted && writeUntilFull(filler),
    free: () => rmSync(filler, { force: true }),
    remove() {
      if (mounted) spawnSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function writeUntilFull(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (let size = 1 << 20; size >= 512; ) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch {
        size >>= 1;
      }
    }
  } finally {
    closeSync(file);
  }
}
