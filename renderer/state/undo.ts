// The last thing done to messages, and how to take it back. One step deep.
import type { TextKey } from '../text/words.js';
import { createStore } from './store.js';

export interface Done {
  /** A sentence with `count` in it, and `folder` where there is one. */
  readonly said: TextKey;
  readonly count: number;
  readonly folder: string | null;
  readonly undo: () => Promise<void>;
}
export const lastDone = createStore<Done | null>(null);

/** Takes back the last thing. Does nothing when there is none. */
export async function undoLast(): Promise<void> {
  const done = lastDone.get();
  lastDone.set(null);
  await done?.undo();
}
