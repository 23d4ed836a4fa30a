// The data folder: where everything lies, made with modes that keep others out (S18).
import { chmod, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Home } from './context.js';

/** --home, else TODOKU_HOME, else XDG's data folder. */
export function chooseHome(given: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = given ?? environment.TODOKU_HOME;
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  const base = environment.XDG_DATA_HOME;
  return join(base !== undefined && base !== '' ? base : join(homedir(), '.local', 'share'), 'todoku');
}

export function homePaths(root: string): Home {
  return {
    root,
    mail: join(root, 'mail'),
    settings: join(root, 'settings.json'),
    secrets: join(root, 'secrets.json'),
    ledger: join(root, 'ledger.db'),
    catalog: join(root, 'catalog.db'),
    quarantine: join(root, 'quarantine'),
    problems: join(root, 'problems'),
    outbox: join(root, 'outbox'),
    run: join(root, 'run'),
    log: join(root, 'log'),
  };
}

/** Makes the folders that are missing, 0700. Mail folders that exist keep their mode: they may be shared on purpose. */
export async function makeHome(root: string): Promise<Home> {
  const home = homePaths(root);
  await mkdir(root, { recursive: true, mode: 0o700 });
  for (const folder of [home.mail, home.quarantine, home.problems, home.outbox, home.run, home.log])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const folder of [home.quarantine, home.problems, home.outbox, home.run, home.log]) await chmod(folder, 0o700);
  return home;
}
