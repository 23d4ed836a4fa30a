// Links inside messages' frames. A frame has no scripts and no origin: a click there can only change the fragment of this
// page to #/link/FRAME/N, which is taken back at once and answered by asking.
import type { LinkTarget } from './judge.js';
import { openLink } from './open.js';

/** The links of each message that is drawn, by the number of its frame. */
const frames = new Map<number, readonly LinkTarget[]>();
let last = 0;

export interface FrameLinks {
  /** Where link N of this frame leads: to this page. */
  href(index: number): string;
  set(links: readonly LinkTarget[]): void;
  forget(): void;
}

/** Several frames may be drawn at once: a thread unfolded, a message inside a message. */
export function frameLinks(): FrameLinks {
  last += 1;
  const frame = last;
  return {
    href: (index) => `${location.href.replace(/#.*$/, '')}#/link/${frame}/${index}`,
    set: (links) => void frames.set(frame, links),
    forget: () => void frames.delete(frame),
  };
}

/** Listens before the place does. Once, by the entry. */
export function followFrameLinks(): void {
  let before = location.hash;
  const take = (event: Event) => {
    const [, frame, number] = /^#\/link\/(\d+)\/(\d+)$/.exec(location.hash) ?? [];
    if (frame === undefined) {
      before = location.hash;
      return;
    }
    event.stopImmediatePropagation();
    history.replaceState(null, '', before || '#/mail');
    const target = frames.get(Number(frame))?.[Number(number)];
    if (target !== undefined) void openLink(target);
  };
  addEventListener('popstate', take, { capture: true });
  addEventListener('hashchange', take, { capture: true });
}
