// Messages that fail: counted by account and key, parked in Problems after three runs, never in the way of the next one.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailError } from '../../shared/error.js';
import { deliveryKey } from '../maildir/names.js';
import type { FetchDeps } from './fetch.js';
import type { Planned } from './fetch-plan.js';
import type { Spool } from './spool.js';

export const attemptsBeforeParking = 3;

export interface Trouble {
  readonly kind: 'deferred' | 'parked';
  readonly entry: Planned;
  readonly error: MailError;
}

/** Counts one failure of one message; at the third its bytes, where there are any, are kept for the user to look at. */
export async function noteFailure(
  deps: Pick<FetchDeps, 'ledger' | 'account' | 'problems'>,
  entry: Planned,
  error: MailError,
  spool: Spool | null,
): Promise<Trouble> {
  const key = entry.key ?? deliveryKey(deps.account.id, '', entry.octets, entry.number);
  const before = deps.ledger.failures(deps.account.id).find((failure) => failure.key === key);
  const attempts = (before?.attempts ?? 0) + 1;
  const parked = attempts >= attemptsBeforeParking;
  const bytes = parked && spool !== null ? await keepBytes(deps.problems, key, spool) : null;
  deps.ledger.fail({
    account: deps.account.id,
    key,
    uidl: entry.uidl ?? String(entry.number),
    octets: entry.octets,
    attempts,
    failure: error.toJSON(),
    bytes,
    parked,
    since: before?.since ?? Date.now(),
    settle: null,
  });
  return { kind: parked ? 'parked' : 'deferred', entry, error };
}

async function keepBytes(folder: string, key: string, spool: Spool): Promise<string> {
  const path = join(folder, `${key}.eml`);
  const file = await open(path, 'w', 0o600);
  try {
    for await (const chunk of spool.read()) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}
