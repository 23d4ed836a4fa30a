// Printing the open message. Frames that must be measured first say so here.
import { createStore } from './store.js';

/** What each drawn frame does before the sheet is laid out. */
const preparations = new Set<() => Promise<void>>();

export function beforePrint(prepare: () => Promise<void>): () => void {
  preparations.add(prepare);
  return () => preparations.delete(prepare);
}

/** True while the print dialog is open: what is folded is shown. */
export const printing = createStore(false);

export async function printMessage(): Promise<void> {
  printing.set(true);
  await Promise.all([...preparations].map((prepare) => prepare()));
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  window.print();
  printing.set(false);
}
