// F6: the keyboard goes from pane to pane. A pane is an element with data-pane.

/** Moves the focus to the next (1) or previous (-1) pane; what had the focus in it last gets it again. */
export function movePane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  if (panes.length === 0) return;
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + step + panes.length) % panes.length];
  if (next !== undefined) focusPane(next);
}

const last = new WeakMap<HTMLElement, HTMLElement>();
const focusable = '[data-pane-focus], a[href], button:not([disabled]), input, [tabindex="0"]';

export function focusPane(pane: HTMLElement): void {
  // What had it may be gone or disabled by now: then the next that takes it.
  for (const goal of [last.get(pane), pane.querySelector<HTMLElement>(focusable), pane]) {
    goal?.focus();
    if (goal !== undefined && goal === document.activeElement) return;
  }
}

/** Remembers what had the focus in each pane. */
export function followPanes(): void {
  addEventListener('focusin', (event) => {
    const pane = (event.target as HTMLElement).closest<HTMLElement>('[data-pane]');
    if (pane !== null) last.set(pane, event.target as HTMLElement);
  });
}
