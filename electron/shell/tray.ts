// The tray icon and its menu: what the station does, and the few things one asks of it. Never the only way back.
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { AccountState, StationStatus } from '../../shared/station.js';
import type { Words } from './words.js';

export interface TrayActions {
  open(screen: 'mail' | 'station'): void;
  fetch(account: string | null): void;
  pause(kind: 'hour' | 'tomorrow' | 'indefinite' | 'none'): void;
  quit(): void;
}

export interface TrayState {
  readonly status: StationStatus;
  readonly accounts: readonly AccountState[];
}

export type TrayPicture = 'idle' | 'unread' | 'trouble' | 'paused';

export function trayPicture({ status, accounts }: TrayState): TrayPicture {
  if (status.paused) return 'paused';
  if (accounts.some(({ state }) => state === 'failed' || state === 'needs-secret')) return 'trouble';
  return status.unread > 0 ? 'unread' : 'idle';
}

/** Rebuilt as a whole at each change: Linux shows what setContextMenu was last given, and reports no clicks. */
export function trayMenu(state: TrayState, words: Words, actions: TrayActions): MenuItemConstructorOptions[] {
  const line = { type: 'separator' as const };
  return [
    { label: words.open, click: () => actions.open('mail') },
    line,
    ...accountLines(state.accounts, words, actions),
    line,
    { label: words.fetchNow, enabled: state.accounts.length > 0, click: () => actions.fetch(null) },
    pauseLine(state.status, words, actions),
    line,
    { label: words.quit, click: () => actions.quit() },
  ];
}

function accountLines(accounts: readonly AccountState[], words: Words, actions: TrayActions): MenuItemConstructorOptions[] {
  if (accounts.length === 0) return [{ label: words.noAccounts, click: () => actions.open('station') }];
  return accounts.slice(0, 20).map(({ account, state, next }) => ({
    label: `${account.name.replaceAll('&', '&&')} — ${words.states[state]}${state === 'waiting' && next !== null ? ` (${clock(next)})` : ''}`,
    click: () => actions.fetch(account.id),
    enabled: state !== 'fetching',
  }));
}

function pauseLine(status: StationStatus, words: Words, actions: TrayActions): MenuItemConstructorOptions {
  if (status.paused) return { label: words.resume, click: () => actions.pause('none') };
  const kinds = [
    ['hour', words.pauseHour],
    ['tomorrow', words.pauseTomorrow],
    ['indefinite', words.pauseUntilResumed],
  ] as const;
  return { label: words.pause, submenu: kinds.map(([kind, label]) => ({ label, click: () => actions.pause(kind) })) };
}

/** Local hours and minutes of an ISO 8601 time. */
function clock(time: string): string {
  const date = new Date(time);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

export interface ShownTray {
  show(state: TrayState, words: Words): void;
  /** The menu as last shown; tests click in it. */
  readonly menu: Menu;
  destroy(): void;
}

/** `picture` gives the file of an icon. */
export function makeTray(picture: (name: TrayPicture) => string, actions: TrayActions): ShownTray {
  const tray = new Tray(nativeImage.createFromPath(picture('idle')));
  let menu = new Menu();
  return {
    get menu() {
      return menu;
    },
    show(state, words) {
      menu = Menu.buildFromTemplate(trayMenu(state, words, actions));
      tray.setImage(nativeImage.createFromPath(picture(trayPicture(state))));
      tray.setToolTip(state.status.paused ? words.paused : words.unread(state.status.unread));
      tray.setContextMenu(menu);
    },
    destroy: () => tray.destroy(),
  };
}
