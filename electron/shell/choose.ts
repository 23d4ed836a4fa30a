// Files and folders for a scan, chosen in the system's dialog or dropped on the window. Their paths stay on this side;
// the window gets ids (S15).
import { type BrowserWindow, dialog, type WebContents } from 'electron';
import type { ScanPlace } from '../../shared/scan.js';
import { reasonToRefuseSender } from './ipc.js';

export async function chooseForScan(window: BrowserWindow | null, what: 'folder' | 'files'): Promise<readonly string[]> {
  const properties = what === 'folder' ? (['openDirectory', 'createDirectory'] as const) : (['openFile', 'multiSelections'] as const);
  const options = { properties: [...properties] };
  const { filePaths } = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return filePaths;
}

/** Dropped at once, at most. */
const most = 100;

/** What the preload found dropped; from the main frame of our own page only (S14). */
export function acceptDrops(contents: WebContents, grant: (path: string) => Promise<ScanPlace>, refused: (why: string) => void): void {
  contents.ipc.handle('dropped', async (event, paths: unknown) => {
    const why = reasonToRefuseSender(contents, event.senderFrame);
    if (why !== null) {
      refused(why);
      return [];
    }
    const named = Array.isArray(paths) ? paths.filter((path): path is string => typeof path === 'string').slice(0, most) : [];
    const places = await Promise.allSettled(named.map(grant));
    return places.flatMap((place) => (place.status === 'fulfilled' ? [place.value.id] : []));
  });
}
