// What no page may do, whatever it is: leave, open, attach, ask, download, reach the network (S7 to S12).
import type { App, DownloadItem, Event, Session, WebContents } from 'electron';
import { isOwnBlob, isPart, isWindowPage } from './address.js';

export interface GuardPorts {
  /** Asks the person, and opens; called for a link that wanted to leave. */
  openLink(address: string): void;
  deny(kind: string, what: string): void;
}

/** Schemes a page may load from; all else is cancelled before it leaves. */
const ours = new Set(['app:', 'mailpart:', 'data:', 'blob:', 'devtools:']);

export function guardSession(session: Session, ports: GuardPorts): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = ours.has(schemeOf(details.url));
    if (!allowed) ports.deny('request', details.url);
    answer({ cancel: !allowed });
  });
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    ports.deny('permission', permission);
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    ports.deny('capture', 'display');
    answer({});
  });
  session.on('will-download', (event, download) => {
    if (startedByUs(download)) return;
    event.preventDefault();
    ports.deny('download', download.getURL());
  });
}

/** A person saves a part, or a list that the window wrote: its address is ours, and a click or a key began it. */
function startedByUs(download: DownloadItem): boolean {
  const address = download.getURL();
  return (isPart(address) || isOwnBlob(address)) && download.hasUserGesture();
}

export function guardContents(app: App, ports: GuardPorts): void {
  app.on('web-contents-created', (_created, contents) => {
    const stay = (event: Event, address: string, allowed: boolean): void => {
      if (allowed) return;
      event.preventDefault();
      ports.deny('navigation', address);
    };
    contents.on('will-navigate', (event) => stay(event, event.url, isWindowPage(event.url)));
    contents.on('will-redirect', (event) => stay(event, event.url, false));
    contents.on('will-frame-navigate', (event) => stay(event, event.url, frameMay(event.url, event.isMainFrame)));
    contents.on('will-attach-webview', (event) => stay(event, 'webview', false));
    contents.setWindowOpenHandler(({ url }) => {
      ports.deny('open', url);
      ports.openLink(url);
      return { action: 'deny' };
    });
    refuseDevices(contents);
  });
}

function frameMay(address: string, main: boolean): boolean {
  return main ? isWindowPage(address) : address === 'about:srcdoc' || address === 'about:blank';
}

function refuseDevices(contents: WebContents): void {
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault();
    answer('');
  });
  contents.on('select-client-certificate', (event) => event.preventDefault());
  contents.on('login', (event) => event.preventDefault());
}

function schemeOf(address: string): string {
  try {
    return new URL(address).protocol;
  } catch {
    return '';
  }
}
