// What lies over the window: the palette, the list of keys, the choice of a folder, or a question.
import { createStore } from './store.js';

export interface Question {
  readonly title: string;
  /** The consequence, in one sentence. */
  readonly text: string;
  readonly verb: string;
  readonly destructive: boolean;
  /** There is a reason not to: cancel has the focus. */
  readonly doubtful?: boolean;
  /** Shown in full, in mono: an address, a file name, a link's target. */
  readonly named?: string;
}
export interface FolderOverlay {
  readonly kind: 'folder';
  readonly how: 'create' | 'rename' | 'subscriptions';
  readonly mailbox: string;
  readonly folder: string;
}
export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'folders'; readonly copy?: boolean }
  | FolderOverlay
  | null;

export const overlay = createStore<Overlay>(null);

interface Asked extends Question {
  readonly answer: (yes: boolean) => void;
}
export const question = createStore<Asked | null>(null);

/** Asks, and resolves once answered. A second question answers the first with no. */
export function confirm(asked: Question): Promise<boolean> {
  question.get()?.answer(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      question.set(null);
      resolve(yes);
    };
    question.set({ ...asked, answer });
  });
}
