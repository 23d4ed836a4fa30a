// The sample's data folder: thrown away at the end unless it was named, and never one that holds real settings.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MailError } from '../../shared/error.js';

export interface ChosenHome {
  readonly folder: string;
  /** Removed when the station has closed. */
  readonly throwAway: boolean;
}

const mark = 'sample';

/** A named folder is kept. Throws MailError `conflict` when it holds anything that is not a sample. */
export function makeSampleHome(named: string | undefined, environment: NodeJS.ProcessEnv = process.env): ChosenHome {
  const folder = named === undefined ? mkdtempSync(join(tmpdir(), 'todoku-sample-')) : resolve(named);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const marker = join(folder, mark);
  if (!existsSync(marker) && readdirSync(folder).length > 0)
    throw new MailError('conflict', `${folder} is not empty and not a sample; the sample never mixes with real settings`, false, {
      path: folder,
    });
  writeFileSync(marker, '', { mode: 0o600 });
  return { folder, throwAway: named === undefined && environment.TODOKU_KEEP_SAMPLE !== '1' };
}

export async function discardHome(home: ChosenHome): Promise<void> {
  if (home.throwAway && existsSync(join(home.folder, mark))) await rm(home.folder, { recursive: true, force: true, maxRetries: 5 });
}
