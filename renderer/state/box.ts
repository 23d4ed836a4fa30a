// Which list of messages is shown: a folder, a smart box, all mailboxes, or what a search found. Read off the place.
import { type SmartBox, smartBoxes } from '../../shared/message.js';
import { go, type Place, place } from './place.js';

export type Box =
  /** Nothing named: the first inbox. */
  | { readonly kind: 'first' }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'smart'; readonly smart: SmartBox }
  | { readonly kind: 'search'; readonly words: string };

export function boxOf({ screen, path }: Place): Box {
  const [kind, name = ''] = screen === 'mail' ? path : [];
  const smart = smartBoxes.find((one) => one === name);
  if (kind === 'folder' && name !== '') return { kind, folder: name };
  if (kind === 'smart' && smart !== undefined) return { kind, smart };
  if (kind === 'search' && name !== '') return { kind, words: name };
  return { kind: 'first' };
}

export function boxPath(box: Box): readonly string[] {
  switch (box.kind) {
    case 'folder':
      return ['folder', box.folder];
    case 'smart':
      return ['smart', box.smart];
    case 'search':
      return ['search', box.words];
    case 'first':
      return [];
  }
}

/** The message that is open, if one is. */
export function openMessage({ screen, path }: Place): string | null {
  return screen === 'mail' ? (path[2] ?? null) : null;
}

export function showMessage(box: Box, id: string | null, replace = true): void {
  const path = boxPath(box);
  go('mail', id === null || path.length < 2 ? path : [...path, id], replace);
}

export function currentBox(): Box {
  return boxOf(place.get());
}
