// Is the import open? And reading the file that was chosen or dropped.
import { createStore } from '../../state/store.js';

export const importing = createStore(false);

/** Octets; the contract takes no longer text. */
export const longestText = 1_000_000;

export interface Chosen {
  /** null: pasted. */
  readonly name: string | null;
  readonly text: string;
}

/** null: too big to be a fetchmailrc. */
export async function readChosen(file: File): Promise<Chosen | null> {
  return file.size > longestText ? null : { name: file.name, text: await file.text() };
}
