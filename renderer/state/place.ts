// Where the person is: one screen, and what is open in it. It is the page's address, so that back,
// forward and reload work, and a link can name a place.
import { createStore } from './store.js';

export const screens = [
  'mail',
  'compose',
  'outbox',
  'station',
  'account',
  'quarantine',
  'scan',
  'bounces',
  'problems',
  'routes',
  'welcome',
  'settings',
  'log',
  'doctor',
] as const;
export type ScreenName = (typeof screens)[number];

export interface Place {
  readonly screen: ScreenName;
  /** What follows the screen's name: a folder, an account; percent-decoded. */
  readonly path: readonly string[];
}

export function parsePlace(hash: string): Place {
  const [screen, ...path] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map((part) => safeDecode(part));
  const known = screens.find((name) => name === screen);
  return known === undefined ? { screen: 'mail', path: [] } : { screen: known, path: path.filter((part) => part !== '') };
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function formatPlace(place: Place): string {
  return `#/${[place.screen, ...place.path].map(encodeURIComponent).join('/')}`;
}

export const place = createStore<Place>(parsePlace(globalThis.location?.hash ?? ''));

/** Goes somewhere. `replace` leaves no step to go back to. */
export function go(screen: ScreenName, path: readonly string[] = [], replace = false): void {
  const hash = formatPlace({ screen, path });
  if (hash === location.hash) return;
  if (replace) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
  place.set({ screen, path });
}

export function followAddress(): void {
  const read = () => place.set(parsePlace(location.hash));
  addEventListener('popstate', read);
  addEventListener('hashchange', read);
}
