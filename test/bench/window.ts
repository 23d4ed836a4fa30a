// The window over a large mailbox, in real Electron: how soon the first screen stands, how many frames are late while the
// list is scrolled from end to end, how long rows are blank, and the memory of both processes.
import type { Page } from 'playwright-core';
import { type ElectronFace, launchElectron } from '../support/electron.js';
import { startSession } from '../support/session.js';

const mebibytes = (kibibytes: number) => `${Math.round(kibibytes / 1024)} MiB`;

/** Milliseconds from the click on the folder to a list of real rows that is drawn. */
function firstScreen(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const drawn = () => new Promise(requestAnimationFrame);
    const filled = () => {
      const rows = document.querySelectorAll('.rows .m');
      return rows.length > 5 && document.querySelector('.rows .sk') === null;
    };
    document.querySelector<HTMLElement>('a[href*="/smart/unread"]')?.click();
    while (!location.hash.includes('/smart/unread') || !filled()) await drawn();
    const start = performance.now();
    document.querySelector<HTMLElement>('a[href*="/mail/folder/"]')?.click();
    do await drawn();
    while (!location.hash.includes('/mail/folder/') || document.querySelector('.rows') === null || !filled());
    return performance.now() - start;
  });
}

interface Scrolled {
  readonly frames: number;
  readonly late: number;
  readonly longest: number;
  /** Frames of the slow scrolling in which some row had no words yet. */
  readonly blank: number;
  readonly jumps: number;
  /** Milliseconds until the rows of a jump had their words: the longest. */
  readonly filled: number;
}

/** Ten jumps over the whole list; after each, 100 frames of an eighth of a screen. */
function scrollThrough(page: Page): Promise<Scrolled> {
  return page.evaluate(async () => {
    const drawn = () => new Promise<number>(requestAnimationFrame);
    const rows = document.querySelector<HTMLElement>('.rows');
    if (rows === null) throw new Error('no list');
    const hasBlank = () => rows.querySelector('.sk') !== null;
    const seen = { frames: 0, late: 0, longest: 0, blank: 0, jumps: 0, filled: 0 };
    for (let jump = 0; jump < 10; jump += 1) {
      const start = performance.now();
      rows.scrollTop = ((rows.scrollHeight - rows.clientHeight) * jump) / 10;
      do await drawn();
      while (performance.now() - start < 50 || hasBlank());
      seen.jumps += 1;
      seen.filled = Math.max(seen.filled, performance.now() - start);
      let last = await drawn();
      for (let frame = 0; frame < 100; frame += 1) {
        rows.scrollTop += rows.clientHeight / 8;
        const now = await drawn();
        seen.frames += 1;
        if (now - last > 34) seen.late += 1;
        if (hasBlank()) seen.blank += 1;
        seen.longest = Math.max(seen.longest, now - last);
        last = now;
      }
    }
    return seen;
  });
}

async function memory(face: ElectronFace): Promise<string> {
  const sizes = await face.app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, memory: { workingSetSize } }) => [type, workingSetSize] as const),
  );
  const of = (type: string) => mebibytes(sizes.filter(([one]) => one === type).reduce((sum, [, size]) => sum + size, 0));
  return `main ${of('Browser')}, renderer ${of('Tab')}`;
}

/** `home`: a data folder whose catalog is built. */
export async function windowNumbers(home: string): Promise<void> {
  const session = await startSession();
  const face = await launchElectron(session, { home });
  try {
    await face.page.locator('.rows .m').first().waitFor({ timeout: 60_000 });
    const times: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) times.push(await firstScreen(face.page));
    console.log(`window: first screen ${times.map((time) => time.toFixed(0)).join(', ')} ms after the click`);
    console.log(`window: memory before scrolling: ${await memory(face)}`);
    const { frames, late, longest, blank, jumps, filled } = await scrollThrough(face.page);
    console.log(
      `window: ${frames} frames scrolled, ${late} later than 34 ms (longest ${longest.toFixed(0)} ms), ${blank} with a blank row; ` +
        `${jumps} jumps, filled after ${filled.toFixed(0)} ms at most`,
    );
    console.log(`window: memory after scrolling: ${await memory(face)}`);
  } finally {
    await face.close();
    await session.stop();
  }
}
