// The desktop face of a running station: its window, its tray, its notifications. Closing the window keeps fetching.
import { join } from 'node:path';
import { app, type BrowserWindow, type Session, session } from 'electron';
import type { EmitEvent } from '../../shared/contract.js';
import { serve } from '../../shared/port.js';
import type { RunningStation } from '../station/context.js';
import { acceptDrops, chooseForScan } from './choose.js';
import { grantParts } from './granted.js';
import { guardContents, guardSession } from './guard.js';
import { windowPort } from './ipc.js';
import { openLink } from './link.js';
import { serveSchemes } from './protocol.js';
import { watchStation } from './watch.js';
import { makeWindow, showWindow } from './window.js';
import { type Words, wordsFor } from './words.js';

export interface DesktopPlan {
  readonly running: RunningStation;
  readonly root: string;
  readonly hidden: boolean;
  readonly deny: (kind: string, what: string) => void;
}

export interface Desktop {
  /** Opens the window, or brings it forward. */
  show(): void;
  /** Opens the window and begins a message to a `mailto:` address there. */
  write(mailto: string): void;
  /** Lets windows close for good from now on. */
  release(): void;
}

export function openDesktop({ running, root, hidden, deny }: DesktopPlan): Desktop {
  let window: BrowserWindow | null = null;
  let quitting = false;
  let words: Words = wordsFor('system', app.getLocale());
  const granted = grantParts(running, (what) => chooseForScan(window, what));
  const own = ownSession();
  const ports = { deny, openLink: (address: string) => void openLink(address, window, words) };
  guardSession(own, ports);
  guardContents(app, ports);
  serveSchemes(own, join(root, 'out', 'renderer'), granted.parts);

  const announce: EmitEvent = (name, body) => tell?.(name, body);
  let tell: ReturnType<typeof serve> | null = null;
  running.subscribe((name, body) => tell?.(name, body));

  const show = (visible = true): void => {
    if (window !== null) {
      showWindow(window);
      return;
    }
    const made = makeWindow({
      session: own,
      preload: join(root, 'out', 'preload', 'preload.cjs'),
      icon: iconPath(root, 'todoku-128'),
      show: visible,
    });
    tell = serve(
      granted.station,
      windowPort(made.webContents, (why) => deny('call', why)),
    );
    acceptDrops(
      made.webContents,
      (path) => running.grantScan?.(path) ?? Promise.reject(new Error('no scan of folders here')),
      (why) => deny('drop', why),
    );
    made.on('close', (event) => {
      if (quitting) return;
      event.preventDefault();
      made.hide();
    });
    made.on('closed', () => {
      window = null;
      tell = null;
    });
    window = made;
  };

  watchStation(running, {
    picture: (name) => iconPath(root, `tray-${name}`),
    icon: iconPath(root, 'todoku-128'),
    spoken: (next) => {
      words = next;
    },
    open: (screen, message) => {
      show();
      announce('window.open', { screen, message });
    },
  });
  show(!hidden);
  return {
    show,
    write(mailto) {
      show();
      const contents = window?.webContents;
      const ask = () => announce('window.write', { mailto });
      // A page that is still being read hears nothing yet.
      if (contents?.isLoading() === true) contents.once('did-finish-load', ask);
      else ask();
    },
    release: () => {
      quitting = true;
    },
  };
}

/** In memory only: pages leave nothing on disk, and share nothing with any other session (S7). */
function ownSession(): Session {
  return session.fromPartition('window', { cache: false });
}

function iconPath(root: string, name: string): string {
  return join(root, 'resources', 'icons', `${name}.png`);
}
