// Which folder of signatures is in use, and which one freshclam may fill: the named one, the system's where this
// user may write it, else the station's own.
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { holdsDatabase, type Places } from './discover.js';
import { resourcesFolder } from './resources.js';

export interface FolderChoice {
  /** What is looked at for versions and ages. */
  readonly folder: string;
  /** Where an update goes. */
  readonly writableFolder: string;
  /** False where someone else (the system's freshclam) keeps the folder fresh: no run on schedule. */
  readonly ours: boolean;
}

export function chooseFolder(named: string | null, own: string, places: Places): FolderChoice {
  // The test signatures that ship with the app are nobody's to update.
  if (named?.startsWith(resourcesFolder())) return { folder: named, writableFolder: own, ours: false };
  if (named !== null) return { folder: named, writableFolder: named, ours: true };
  if (holdsDatabase(own)) return { folder: own, writableFolder: own, ours: true };
  const system = places.databases.find(holdsDatabase) ?? places.databases.find((folder) => existsSync(folder));
  if (system === undefined) return { folder: own, writableFolder: own, ours: true };
  if (mayWrite(system)) return { folder: system, writableFolder: system, ours: true };
  return { folder: system, writableFolder: own, ours: !holdsDatabase(system) };
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(existsSync(folder) ? folder : dirname(folder), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
