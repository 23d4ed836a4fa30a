// The list's own keys: arrows, pages, ends, with Shift to extend and Ctrl to move without selecting.
import type { KeyboardEvent } from 'react';
import { runCommand } from '../../command/table.js';
import { listView } from '../../state/list-view.js';
import { pages, rowAt } from '../../state/pages.js';
import { cursorIndex, type Reach, selectAll, stepTo, toggleOne } from '../../state/selection.js';
import { readOn } from '../reader/scroll.js';
import { rowHeights } from './lines.js';

export function listKey(event: KeyboardEvent, scroller: HTMLElement | null): void {
  const goal = goalOf(event.key, cursorIndex(), scroller);
  const only = event.ctrlKey || event.metaKey;
  if (goal !== null) {
    const reach: Reach = event.shiftKey ? 'extend' : only ? 'cursor' : 'move';
    void stepTo(goal, reach);
  } else if (event.key === ' ' && only) toggleCursor();
  else if (event.key === ' ') {
    if (!readOn(event.shiftKey ? -1 : 1)) runCommand(event.shiftKey ? 'mail.previousUnread' : 'mail.nextUnread');
  } else if (event.key === 'Enter') runCommand('mail.open');
  else if (event.key === 'a' && only) void selectAll();
  else return;
  event.preventDefault();
}

function goalOf(key: string, at: number, scroller: HTMLElement | null): number | null {
  const page = Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowHeights[listView.get().layout]) - 1);
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'PageDown':
      return at + page;
    case 'PageUp':
      return Math.max(0, at - page);
    case 'Home':
      return 0;
    case 'End':
      return pages.get().total - 1;
    default:
      return null;
  }
}

function toggleCursor(): void {
  const row = rowAt(cursorIndex());
  if (row !== null) toggleOne(row.id);
}
