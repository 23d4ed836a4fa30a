// Links inside a message's frame. The frame has no scripts and no origin: a click there can only change the
// fragment of this page to #/link/N, which is taken back at once and answered by asking.
import { createStore } from '../state/store.js';
import type { LinkTarget } from './judge.js';
import { openLink } from './open.js';

/** The links of the message that is shown, by their number. */
export const frameLinks = createStore<readonly LinkTarget[]>([]);

/** Where link N of the frame leads: to this page. */
export function frameLinkHref(index: number): string {
  return `${location.href.replace(/#.*$/, '')}#/link/${index}`;
}

/** Listens before the place does. Once, by the entry. */
export function followFrameLinks(): void {
  let before = location.hash;
  const take = (event: Event) => {
    const [, number] = /^#\/link\/(\d+)$/.exec(location.hash) ?? [];
    if (number === undefined) {
      before = location.hash;
      return;
    }
    event.stopImmediatePropagation();
    history.replaceState(null, '', before || '#/mail');
    const target = frameLinks.get()[Number(number)];
    if (target !== undefined) void openLink(target);
  };
  addEventListener('popstate', take, { capture: true });
  addEventListener('hashchange', take, { capture: true });
}
