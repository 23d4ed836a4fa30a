// The sample's maildrops: the files of resources/sample by the first word of their names, as bytes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SampleMaildrop {
  /** First word of its files' names, and the account's id. */
  readonly id: string;
  readonly user: string;
  readonly password: string;
  readonly messages: readonly Buffer[];
}

const people = [
  { id: 'mori', user: 'ayumi', password: 'sample-ayumi' },
  { id: 'maya', user: 'maya', password: 'sample-maya' },
  { id: 'kumiai', user: 'all@kumiai.example', password: 'sample-kumiai' },
] as const;

/** `folder` is resources/sample. In the order of the files' names. */
export function loadMaildrops(folder: string): readonly SampleMaildrop[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort();
  return people.map((person) => ({
    ...person,
    messages: files.filter((name) => name.startsWith(`${person.id}-`)).map((name) => unreverse(readFileSync(join(folder, name)))),
  }));
}

/** The test virus is stored backwards, so that scanners of the checkout have nothing to find. */
export function unreverse(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  return Buffer.from(
    text.replace(/@@REVERSED ([^@\n]+)@@/g, (_whole, backwards: string) => [...backwards].reverse().join('')),
    'latin1',
  );
}
