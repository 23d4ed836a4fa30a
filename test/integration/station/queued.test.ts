// 200 messages on their way from a real Dovecot to a Maildir while clamd is killed in the middle and comes back: with *required*
// nothing is delivered that was not scanned and nothing is lost; with *optional* all of it arrives, and what was not scanned says so.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import { startClamd, type TestClamd } from '../../support/clamd.js';
import { audit, filesOf, makeScenario } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { eicar } from '../../support/scanner.js';

const count = 200;
const isBad = (index: number) => index % 20 === 7;
const sent = Array.from({ length: count }, (_, index) =>
  Buffer.from(
    `From: <a@b.example>\nTo: <joe@a.example>\nSubject: queued ${index}\nMessage-ID: <queued-${index}@b.example>\n\n${isBad(index) ? eicar : `line ${index}\n`.repeat(40)}\n`,
    'latin1',
  ),
);
const good = sent.filter((_, index) => !isBad(index));
const bad = sent.filter((_, index) => isBad(index));

let dovecot: Dovecot;
let clamd: TestClamd;
beforeAll(async () => {
  dovecot = await startDovecot({
    protocols: ['pop3'],
    tls: false,
    users: ['required', 'optional'].map((name) => ({ name, password: 'secret' })),
  });
  clamd = await startClamd();
  for (const user of ['required', 'optional']) for (const message of sent) await dovecot.deposit(user, message);
});
afterAll(async () => {
  await dovecot?.stop();
  await clamd?.stop();
});

const statusOf = (path: string) => /^X-Virus-Status: (\S+)/m.exec(readFileSync(path, 'latin1'))?.[1] ?? 'none';
const nothing = { lost: 0, duplicated: 0, changed: 0, left: 0 };

async function station(user: 'required' | 'optional') {
  const { home, maildir } = makeScenario(
    { port: dovecot.pop3Port, user, fetch: { retention: { kind: 'delete' } } },
    'secret',
    `unix:${clamd.socket}`,
  );
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const { scanner } = await running.station['settings.read']({});
  await running.station['scanner.settings']({ ...scanner, mode: user, timeout: 5 });
  return {
    running,
    maildir,
    quarantine: join(home, 'quarantine'),
    fetch: async () => (await running.station['fetch.now']({ id: null, check: false }))[0],
    async end() {
      await running.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Kills clamd when the n-th message has been scanned. */
function killAfter(running: Awaited<ReturnType<typeof station>>['running'], most: number): Promise<void> {
  return new Promise((resolve) => {
    let scans = 0;
    const stop = running.subscribe((name, body) => {
      if (name !== 'fetch.step' || (body as { step: string }).step !== 'scan') return;
      scans += 1;
      if (scans < most) return;
      stop();
      resolve(clamd.kill());
    });
  });
}

test('required: deferred while it is down, all delivered after it is back', { timeout: 120_000 }, async () => {
  const { running, maildir, quarantine, fetch, end } = await station('required');
  const killed = killAfter(running, 50);
  await fetch();
  await killed;
  const during = filesOf(maildir);
  expect(during.length).toBeGreaterThan(0);
  expect(during.length).toBeLessThan(good.length);
  expect(new Set(during.map(statusOf))).toEqual(new Set(['Clean']));
  expect((await fetch())?.failure).toMatchObject({ code: 'scanner-unavailable', temporary: true });
  expect(filesOf(maildir)).toHaveLength(during.length);
  await clamd.restart();
  await running.station['scanner.test']({});
  expect((await fetch())?.failure ?? null).toBeNull();
  expect(audit(good, [maildir], filesOf(dovecot.maildirOf('required')).length)).toEqual(nothing);
  expect(audit(bad, [quarantine], 0)).toEqual(nothing);
  expect(new Set(filesOf(maildir).map(statusOf))).toEqual(new Set(['Clean']));
  await end();
});

test('optional: all of it arrives in one run, and what was not scanned is marked', { timeout: 120_000 }, async () => {
  const { running, maildir, quarantine, fetch, end } = await station('optional');
  const killed = killAfter(running, 50);
  expect((await fetch())?.failure ?? null).toBeNull();
  await killed;
  expect(audit(sent, [maildir, quarantine], filesOf(dovecot.maildirOf('optional')).length)).toEqual(nothing);
  const words = filesOf(maildir).map((path) => `${statusOf(path)} ${readFileSync(path).includes('EICAR-STANDARD') ? 'bad' : 'good'}`);
  expect(new Set(words)).toEqual(new Set(['Clean good', 'Not-Scanned good', 'Not-Scanned bad']));
  await clamd.restart();
  await end();
});
