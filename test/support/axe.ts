// axe-core on a page: what it finds that is serious or critical, as readable lines.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly html: string; readonly failureSummary?: string }[];
}
declare global {
  var axe: { run(context: Document, options: unknown): Promise<{ readonly violations: readonly Finding[] }> };
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const grave = new Set(['serious', 'critical']);

/** One line a violation and element; empty when the page is clean. Evaluated by the debugger, so the page's CSP does not matter. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(source);
  const violations = await page.evaluate(async () => (await axe.run(document, { resultTypes: ['violations'] })).violations);
  return violations
    .filter(({ impact }) => grave.has(impact ?? ''))
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(
        ({ target, html, failureSummary = '' }) =>
          `${impact} ${id}: ${help}: ${target.join(' ')}: ${html.slice(0, 160)} ${failureSummary.replace(/\s+/g, ' ')}`,
      ),
    );
}
