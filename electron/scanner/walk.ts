// The files below some paths, in a steady order. Links are not followed (but a path that is named may be one),
// devices, sockets and pipes are passed over, and what cannot be looked into is told, not thrown. Names are octets:
// one that is no UTF-8 is found all the same.
import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Excludes } from './glob.js';

export type Found =
  | { readonly kind: 'file'; readonly path: Buffer; readonly shown: string; readonly octets: number }
  | { readonly kind: 'error'; readonly shown: string; readonly reason: string };

export interface WalkOptions {
  readonly excludes: Excludes;
  readonly followLinks: boolean;
  /** Folders on other file systems than the path that was named. */
  readonly otherDevices: boolean;
  /** Counts what is met and not opened. */
  readonly passed: { links: number; devices: number; excluded: number; elsewhere: number };
}

interface Walk extends WalkOptions {
  readonly seen: Set<string>;
  /** Of the path that was named. */
  readonly device: number;
}

const slash = Buffer.from('/');

export async function* walk(roots: readonly string[], options: WalkOptions): AsyncGenerator<Found> {
  const seen = new Set<string>();
  for (const root of roots) {
    const shown = resolve(root);
    try {
      const path = await realpath(shown, 'buffer');
      const facts = await stat(path);
      if (facts.isDirectory()) yield* below(path, shown, { ...options, seen, device: facts.dev });
      else if (facts.isFile()) yield { kind: 'file', path, shown, octets: facts.size };
      else yield { kind: 'error', shown, reason: 'not a regular file' };
    } catch (error) {
      yield { kind: 'error', shown, reason: reasonOf(error) };
    }
  }
}

async function* below(folder: Buffer, shown: string, options: Walk): AsyncGenerator<Found> {
  let entries: readonly Dirent<Buffer>[];
  try {
    if (options.followLinks && !(await firstVisit(folder, options.seen))) return;
    entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    yield { kind: 'error', shown, reason: reasonOf(error) };
    return;
  }
  for (const entry of [...entries].sort((a, b) => Buffer.compare(a.name, b.name))) {
    const path = Buffer.concat([folder, slash, entry.name]);
    const name = `${shown === '/' ? '' : shown}/${entry.name.toString('utf8')}`;
    if (options.excludes(name)) options.passed.excluded += 1;
    else yield* one(entry, path, name, options);
  }
}

async function* one(entry: Dirent<Buffer>, path: Buffer, shown: string, options: Walk): AsyncGenerator<Found> {
  const { passed } = options;
  if (entry.isSymbolicLink() && !options.followLinks) {
    passed.links += 1;
    return;
  }
  try {
    // clamd answers OK to the path of a link, without a look behind it.
    const real = entry.isSymbolicLink() ? await realpath(path, 'buffer') : path;
    const facts = await lstat(real);
    if (facts.isDirectory() && !options.otherDevices && facts.dev !== options.device) passed.elsewhere += 1;
    else if (facts.isDirectory()) yield* below(real, shown, options);
    else if (facts.isFile()) yield { kind: 'file', path: real, shown, octets: facts.size };
    else passed.devices += 1;
  } catch (error) {
    yield { kind: 'error', shown, reason: reasonOf(error) };
  }
}

async function firstVisit(folder: Buffer, seen: Set<string>): Promise<boolean> {
  const { dev, ino } = await stat(folder);
  const key = `${dev}:${ino}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or folder',
  ELOOP: 'too many links',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk cannot be read',
};

/** In words, short enough for a list. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}
