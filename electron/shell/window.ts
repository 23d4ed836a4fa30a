// The one place where a window is made (S1).
import { BrowserWindow, type Session } from 'electron';
import { windowOrigin } from './address.js';

export interface WindowPlan {
  readonly session: Session;
  readonly preload: string;
  readonly icon: string;
  readonly show: boolean;
}

export function makeWindow(plan: WindowPlan): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Todoku',
    width: 1240,
    height: 820,
    minWidth: 640,
    minHeight: 420,
    show: false,
    icon: plan.icon,
    autoHideMenuBar: true,
    webPreferences: {
      session: plan.session,
      preload: plan.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (plan.show) window.once('ready-to-show', () => window.show());
  void window.loadURL(`${windowOrigin}/index.html`);
  return window;
}

/** Brings it forward from wherever it is: hidden, minimised, behind. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
