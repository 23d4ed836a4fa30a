// The crash matrix of an IMAP source: kill -9 at every step of the first and the last message, in keep and delete mode, against a
// real Dovecot. After it: lost 0, duplicated 0, changed 0, and in delete mode nothing left on the server.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FetchStepName } from '../../../shared/fetch.js';
import { type Audit, audit, filesOf, inParallel, type Kill, makeScenario, runStation, scenarioMessages } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';

const count = 4;
const steps: readonly FetchStepName[] = ['retrieve', 'spool', 'route', 'scan', 'seal', 'link', 'synced', 'record', 'delete'];
interface Scenario {
  readonly mode: 'keep' | 'delete';
  readonly kill: Kill;
}
const scenarios: Scenario[] = (['keep', 'delete'] as const).flatMap((mode) => [
  ...steps
    .filter((step) => mode === 'delete' || step !== 'delete')
    .flatMap((step) => [1, count].map((message) => ({ mode, kill: { step, message } }))),
  { mode, kill: { step: 'quit' as const, message: null } },
]);

let dovecot: Dovecot;
beforeAll(async () => {
  const users = scenarios.map((_, index) => ({ name: `u${index}`, password: 'secret' }));
  dovecot = await startDovecot({ protocols: ['imap'], tls: false, users });
});
afterAll(() => dovecot?.stop());

interface Row extends Audit {
  readonly name: string;
  readonly killed: boolean;
}

async function play({ mode, kill }: Scenario, index: number): Promise<Row> {
  const user = `u${index}`;
  // An IMAP literal cannot hold NUL: Dovecot gives 0x80 for it.
  const sent = scenarioMessages(count, `imap-${index}`).map((bytes) => bytes.map((octet) => (octet === 0 ? 0x80 : octet)) as Buffer);
  for (const bytes of sent) await dovecot.deposit(user, bytes);
  const account = { protocol: 'imap' as const, port: dovecot.imapPort, user, fetch: { retention: { kind: mode } } };
  const { home, maildir } = makeScenario(account, 'secret', null);
  const { killed } = await runStation(home, kill);
  const last = await runStation(home, null);
  expect(last.reports.map(({ failure }) => failure)).toEqual([null]);
  const left = mode === 'delete' ? filesOf(dovecot.maildirOf(user)).length : 0;
  const row = { name: `${mode} ${kill.step} ${kill.message ?? ''}`.trim(), killed, ...audit(sent, [maildir], left) };
  rmSync(home, { recursive: true, force: true });
  return row;
}

test('nothing is lost, duplicated, changed or left behind, whenever the station is killed', { timeout: 600_000 }, async () => {
  const rows = await inParallel([...scenarios.entries()], 2, ([index, scenario]) => play(scenario, index));
  const wrong = rows.filter(({ lost, duplicated, changed, left }) => lost + duplicated + changed + left > 0);
  console.log(
    `IMAP crash matrix: kill -9 | scenarios ${rows.length} | kills ${rows.filter(({ killed }) => killed).length} | wrong ${wrong.length}`,
  );
  expect(wrong).toEqual([]);
  expect(rows.filter(({ killed }) => !killed).map(({ name }) => name)).toEqual([]);
});
