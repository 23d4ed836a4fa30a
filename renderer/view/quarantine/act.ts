// What is done to held messages: rescan, release, delete. The dangerous ones ask first.
import type { QuarantineRow } from '../../../shared/message.js';
import { confirm } from '../../state/overlay.js';
import { createStore } from '../../state/store.js';
import { act } from '../../state/trouble.js';
import { say } from '../../text/text.js';
import { heldClass } from './held.js';

/** What the last deed came to, until the next one. */
export type Outcome =
  | { readonly kind: 'scanning'; readonly done: number; readonly of: number }
  | { readonly kind: 'scanned'; readonly found: number; readonly clean: number }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'released'; readonly mailbox: string; readonly message: string | null };
export const outcome = createStore<Outcome | null>(null);

/** One after another, so that progress is known and a stop of the scanner is seen at once. */
export async function rescan(rows: readonly QuarantineRow[]): Promise<void> {
  const after: QuarantineRow[] = [];
  for (const [done, row] of rows.entries()) {
    outcome.set({ kind: 'scanning', done, of: rows.length });
    const scanned = await act('quarantine.rescan', { ids: [row.id] });
    if (scanned === null) {
      outcome.set(null);
      return;
    }
    after.push(...scanned.filter(({ id }) => id === row.id));
  }
  outcome.set(scanOutcome(after));
}

export function scanOutcome(after: readonly QuarantineRow[]): Outcome {
  const clean = after.filter(({ reason }) => reason.kind === 'clean').length;
  const unasked = after.filter(({ reason }) => reason.kind === 'unavailable').length;
  if (unasked === after.length && unasked > 0) return { kind: 'unavailable' };
  return { kind: 'scanned', found: after.length - clean, clean };
}

export async function release(row: QuarantineRow): Promise<void> {
  const yes = await confirm({
    title: say('quarantine.releaseTitle', { mailbox: row.mailbox }),
    text: say(heldClass(row.reason) === 'clean' ? 'quarantine.releaseClean' : 'quarantine.releaseConsequence'),
    verb: say('quarantine.releaseVerb'),
    destructive: false,
    doubtful: heldClass(row.reason) !== 'clean',
    named: row.subject || row.from,
  });
  if (!yes) return;
  const released = await act('quarantine.release', { id: row.id });
  if (released !== null) outcome.set({ kind: 'released', ...released });
}

export async function remove(rows: readonly QuarantineRow[]): Promise<void> {
  const [only] = rows.length === 1 ? rows : [];
  const yes = await confirm({
    title: say('quarantine.deleteTitle', { count: rows.length }),
    text: say('quarantine.deleteConsequence'),
    verb: say('quarantine.deleteVerb'),
    destructive: true,
    ...(only === undefined ? {} : { named: only.subject || only.from }),
  });
  if (yes && (await act('quarantine.remove', { ids: rows.map(({ id }) => id) })) !== null) outcome.set(null);
}
