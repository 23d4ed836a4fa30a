// The words in the search box. Searching is a place (#/mail/search/words), so that back undoes it.
import { go, place } from './place.js';

export const searchBox = 'search-box';

export function focusSearch(): void {
  const box = document.getElementById(searchBox);
  if (box instanceof HTMLInputElement) {
    box.focus();
    box.select();
  }
}

/** From the search box into the list of what it found. */
export function focusFound(): void {
  document.querySelector<HTMLElement>('[data-pane=list] [role=listbox]')?.focus();
}

/** Shows what matches; nothing typed goes back to where the search began. */
export function search(words: string): void {
  const { screen, path } = place.get();
  const searching = screen === 'mail' && path[0] === 'search';
  if (words.trim() === '') {
    if (searching) go('mail', origin);
    return;
  }
  if (!searching) origin = screen === 'mail' ? path.slice(0, 2) : [];
  go('mail', ['search', words], searching);
}
let origin: readonly string[] = [];
