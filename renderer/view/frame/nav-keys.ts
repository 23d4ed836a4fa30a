// Arrow keys in the sidebar: up and down over what is visible, left and right to close and open a branch.
import type { KeyboardEvent } from 'react';

export function moveInTree(event: KeyboardEvent, root: HTMLElement | null): void {
  const active = document.activeElement;
  if (root === null || !(active instanceof HTMLElement) || !active.matches('.n')) return;
  const rows = [...root.querySelectorAll<HTMLElement>('.n')];
  const at = rows.indexOf(active);
  const goal = target(event.key, active, rows, at);
  if (goal === undefined) return;
  event.preventDefault();
  if (goal === 'toggle') active.click();
  else goal?.focus();
}

function target(key: string, active: HTMLElement, rows: readonly HTMLElement[], at: number): HTMLElement | null | 'toggle' | undefined {
  const expanded = active.getAttribute('aria-expanded');
  switch (key) {
    case 'ArrowDown':
      return rows[at + 1] ?? null;
    case 'ArrowUp':
      return rows[at - 1] ?? null;
    case 'Home':
      return rows[0] ?? null;
    case 'End':
      return rows.at(-1) ?? null;
    case 'ArrowRight':
      return expanded === 'false' ? 'toggle' : (rows[at + 1] ?? null);
    case 'ArrowLeft':
      return expanded === 'true' ? 'toggle' : parentRow(active);
    default:
      return undefined;
  }
}

function parentRow(row: HTMLElement): HTMLElement | null {
  return row.closest('ul')?.parentElement?.querySelector<HTMLElement>(':scope > .n') ?? null;
}
