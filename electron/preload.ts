// All that a window is given: one frozen port to its station (S13). Texts only; the gate is on the other side.
import { contextBridge, ipcRenderer, webUtils } from 'electron';

let listener: ((message: unknown) => void) | null = null;
ipcRenderer.on('station', (_event, text: string) => listener?.(JSON.parse(text)));

contextBridge.exposeInMainWorld(
  'station',
  Object.freeze({
    send: (message: unknown): void => ipcRenderer.send('station', JSON.stringify(message)),
    listen: (next: (message: unknown) => void): void => {
      listener = next;
    },
    close: (): void => {
      listener = null;
    },
    // Ids of what was dropped from outside; a file that a page made has no path, and is none.
    dropped: (files: readonly File[]): Promise<readonly string[]> =>
      ipcRenderer.invoke(
        'dropped',
        files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
      ),
  }),
);
