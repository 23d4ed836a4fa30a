// The other half of the crash matrix: the server breaks the connection, says -ERR, or falls silent, at every command of a run in
// keep and delete mode. After the next good run: lost 0, duplicated 0, changed 0, and in delete mode nothing left on the server.
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import { audit, makeScenario, scenarioMessages } from '../../support/crash.js';
import { type Fault, fakePassword, fakeUser, startFakePop3 } from '../../support/fake-pop3.js';

const count = 4;
const places = ['CAPA', 'USER', 'PASS', 'LIST', 'UIDL', 'RETR 1', 'RETR 2', 'RETR 4', 'DELE 1', 'DELE 2', 'DELE 4', 'QUIT'] as const;
const faults = ['reset', 'close', '-ERR', 'stall', 'garbage'] as const;
type Place = (typeof places)[number];
type Kind = (typeof faults)[number];

const answers: Readonly<Record<Kind, string | Fault>> = {
  reset: 'reset',
  close: 'close',
  stall: 'stall',
  '-ERR': '-ERR not now\r\n',
  garbage: '\x00\xff what?\r\n',
};

interface Case {
  readonly mode: 'keep' | 'delete';
  readonly place: Place;
  readonly kind: Kind;
}
const cases: Case[] = (['keep', 'delete'] as const).flatMap((mode) =>
  places
    .filter((place) => mode === 'delete' || !place.startsWith('DELE'))
    .flatMap((place) => faults.map((kind) => ({ mode, place, kind }))),
);

async function play({ mode, place, kind }: Case): Promise<Record<string, unknown>> {
  const sent = scenarioMessages(count, `fault-${place}-${kind}`.replaceAll(' ', ''));
  let armed = true;
  const server = await startFakePop3({
    accounts: [
      {
        user: fakeUser,
        password: fakePassword,
        messages: sent.map((bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')),
      },
    ],
    answer: (line: string) => (armed && line.toUpperCase().startsWith(place) ? answers[kind] : undefined),
  });
  const { home, maildir } = makeScenario(
    { port: server.port, user: fakeUser, fetch: { retention: { kind: mode }, timeout: 1 } },
    fakePassword,
    null,
  );
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  try {
    const fetch = async () => (await running.station['fetch.now']({ id: null, check: false }))[0];
    await fetch();
    armed = false;
    const last = await fetch();
    const left = mode === 'delete' ? server.maildrop(fakeUser).list().length : 0;
    return { failure: last?.failure ?? null, ...audit(sent, [maildir], left) };
  } finally {
    await running.close();
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
}

test.each(cases)('$mode: $kind at $place loses and doubles nothing', async (one) => {
  expect(await play(one)).toEqual({ failure: null, lost: 0, duplicated: 0, changed: 0, left: 0 });
});
