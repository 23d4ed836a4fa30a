// Space reads on: the reading pane goes down by a page.

/** False when there is nothing left in that direction. */
export function readOn(step: 1 | -1): boolean {
  const pane = document.querySelector<HTMLElement>('[data-reader-scroll]');
  if (pane === null) return false;
  const before = pane.scrollTop;
  pane.scrollBy({ top: step * (pane.clientHeight - 40) });
  return pane.scrollTop !== before;
}
