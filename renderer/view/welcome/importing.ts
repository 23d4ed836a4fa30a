// Is the import open? And the file that was chosen or dropped: its text, and what kind of set-up it is.
import type { WindowImport } from '../../../shared/contract.js';
import { createStore } from '../../state/store.js';

export const importing = createStore(false);

/** Octets; the contract takes no longer text. */
export const longestText = 1_000_000;

export interface Chosen {
  /** null: pasted. */
  readonly name: string | null;
  readonly text: string;
}

/** null: too big to be a mail configuration. */
export async function readChosen(file: File): Promise<Chosen | null> {
  return file.size > longestText ? null : { name: file.name, text: await file.text() };
}

/** By its name, else by what stands in it; a text that says nothing of itself is a fetchmailrc. */
export function kindOf({ name, text }: Chosen): WindowImport {
  const file = (name ?? '').toLowerCase();
  if (/\.mobileconfig$/.test(file) || /<plist[\s>]/.test(text)) return 'mobileconfig';
  if (/<clientConfig[\s>]/.test(text)) return 'autoconfig';
  if (/"format":\s*"todoku-accounts"/.test(text)) return 'accounts';
  if (/^\s*user_pref\(/m.test(text)) return 'thunderbird';
  if (/^\[retriever\]/im.test(text)) return 'getmailrc';
  if (/mpoprc/.test(file) || (/^\s*(defaults|account\s+\S+)\s*$/m.test(text) && /^\s*host\s+\S+/m.test(text))) return 'mpoprc';
  return 'fetchmailrc';
}
