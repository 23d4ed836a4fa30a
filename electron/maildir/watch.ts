// Notices that other programs changed a Maildir. fs.watch tells at once where the system can; a look at the folders'
// mtimes every so often finds what it missed (network file systems, watches used up).
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { folderStamp } from './list.js';

export interface WatchTimes {
  /** Milliseconds of quiet before the change is told, and the longest it may be held back. */
  readonly quiet: number;
  readonly longest: number;
  /** Milliseconds between looks, with and without a working fs.watch. */
  readonly look: number;
  readonly lookBlind: number;
}
const defaultTimes: WatchTimes = { quiet: 60, longest: 500, look: 60_000, lookBlind: 3_000 };

/** Calls `changed` at most once in `quiet` milliseconds, at the latest `longest` after the first. */
function debounce(changed: () => void, times: WatchTimes): { touch(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  let first = 0;
  const fire = () => {
    timer = null;
    changed();
  };
  return {
    touch() {
      const now = Date.now();
      if (timer === null) first = now;
      else clearTimeout(timer);
      timer = setTimeout(fire, Math.max(0, Math.min(times.quiet, first + times.longest - now)));
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

function watchPart(path: string, touch: () => void): FSWatcher | null {
  try {
    const watcher = watch(path, { persistent: false }, touch);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}

/** Watches new/ and cur/ of one folder. Returns the way to stop; nothing is told after that. */
export function watchFolder(folder: string, changed: () => void, times: WatchTimes = defaultTimes): () => void {
  const told = debounce(changed, times);
  const watchers = ['new', 'cur'].map((part) => watchPart(join(folder, part), told.touch));
  const blind = watchers.some((watcher) => watcher === null);
  let stamp: string | null = null;
  const look = setInterval(
    async () => {
      const now = await folderStamp(folder);
      if (stamp !== null && stamp !== now) told.touch();
      stamp = now;
    },
    blind ? times.lookBlind : times.look,
  );
  look.unref();
  return () => {
    clearInterval(look);
    told.stop();
    for (const watcher of watchers) watcher?.close();
  };
}

/** Watches for folders that come and go below a mailbox, or mailboxes below the mail folder. */
export function watchTree(root: string, changed: () => void, times: WatchTimes = defaultTimes): () => void {
  const told = debounce(changed, times);
  const watcher = watchPart(root, told.touch);
  return () => {
    told.stop();
    watcher?.close();
  };
}
