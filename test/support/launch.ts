// What the specs see of a face, whichever it is: a page, the folder behind it, what it printed, and how it ends.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';

export const root = join(import.meta.dirname, '..', '..');
const shots = join(root, 'shots');

export interface Launch {
  /** Data folder; made and removed by the test. */
  readonly home: string;
  readonly sample?: boolean;
  readonly args?: readonly string[];
  readonly locale?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Face {
  readonly name: 'electron' | 'browser';
  readonly page: Page;
  /** Resolves with the first line of output that contains these words, past or coming. */
  printed(words: string): Promise<string>;
  /** Reports of the content security policy so far. */
  violations(): readonly string[];
  /** Into shots/, which git ignores. */
  shot(name: string): Promise<void>;
  /** Ends it as a person would; the exit code. */
  close(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
}

export interface OutputLines {
  feed(chunk: Buffer): void;
  printed(words: string): Promise<string>;
  text(): string;
}

export function outputLines(): OutputLines {
  let text = '';
  const waiting = new Set<() => void>();
  const find = (words: string) => text.split('\n').find((line) => line.includes(words));
  return {
    feed(chunk) {
      text += chunk.toString('utf8');
      for (const look of [...waiting]) look();
    },
    printed: (words) =>
      new Promise((resolve) => {
        const look = (): void => {
          const line = find(words);
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
      }),
    text: () => text,
  };
}

/** Counts reports from the first page on: as events inside, and as the console says them. */
export async function watchPolicy(context: BrowserContext): Promise<string[]> {
  const reports: string[] = [];
  const listen = (page: Page): void => {
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) reports.push(message.text());
    });
  };
  context.on('page', listen);
  for (const page of context.pages()) listen(page);
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return reports;
}

export async function takeShot(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

export function temporaryHome(): { readonly home: string; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), 'todoku-e2e-'));
  return { home, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }) };
}
