// Flags of a message: letters in a Maildir name, bits in the catalog, words in the contract.
import type { FlagName, MessageFlags } from '../../shared/message.js';

export const bit: Readonly<Record<FlagName, number>> = { seen: 1, flagged: 2, answered: 4, forwarded: 8, draft: 16, trashed: 32 };
export const letter: Readonly<Record<FlagName, string>> = {
  seen: 'S',
  flagged: 'F',
  answered: 'R',
  forwarded: 'P',
  draft: 'D',
  trashed: 'T',
};
const names = Object.keys(bit) as readonly FlagName[];

export function bitsOf(letters: string): number {
  return names.reduce((bits, name) => (letters.includes(letter[name]) ? bits | bit[name] : bits), 0);
}

export function flagsOf(bits: number): MessageFlags {
  const has = (name: FlagName) => (bits & bit[name]) !== 0;
  return {
    seen: has('seen'),
    flagged: has('flagged'),
    answered: has('answered'),
    forwarded: has('forwarded'),
    draft: has('draft'),
    trashed: has('trashed'),
  };
}
