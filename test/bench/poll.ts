// One poll of a maildrop with 100,000 messages, none of them new: ours cold (the command), ours warm (a station that runs), and
// fetchmail cold, on the same Dovecot in the same minute. `npm run bench:poll [COUNT]`. Prints numbers; asserts nothing.
import { spawnSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPop3 } from '../../electron/pop3/session.js';
import { keyListing } from '../../electron/station/fetch-plan.js';
import { openLedger } from '../../electron/station/ledger.js';
import { openStation } from '../../electron/station/open.js';
import { makeScenario } from '../support/crash.js';
import { type Dovecot, startDovecot } from '../support/dovecot.js';

const rounds = 3;
const user = 'many';
const cli = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

interface Bench {
  readonly count: number;
  readonly dovecot: Dovecot;
  readonly folder: string;
  readonly home: string;
}

export async function run(parameters: readonly string[]): Promise<void> {
  const count = Number(parameters[0] ?? 100_000);
  const dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users: [{ name: user, password: 'secret' }] });
  const folder = mkdtempSync(join(tmpdir(), 'todoku-bench-poll-'));
  const { home } = makeScenario({ port: dovecot.pop3Port, user }, 'secret', null);
  const bench: Bench = { count, dovecot, folder, home };
  try {
    await fill(bench);
    fetchmailKnows(bench, await knowAll(bench));
    await measure(bench);
  } finally {
    await dovecot.stop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(bench: Bench): Promise<void> {
  const { folder, home, count } = bench;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(timed(() => command(bench, process.execPath, [cli, 'poll', '--home', home])));
    theirs.push(
      timed(() =>
        command(bench, 'fetchmail', ['--nodetach', '-f', join(folder, 'rc'), '-i', join(folder, 'ids'), '--pidfile', join(folder, 'pid')]),
      ),
    );
  }
  const warm = await warmPolls(bench);
  const line = (name: string, milliseconds: number) =>
    `${name.padEnd(28)} ${milliseconds.toFixed(0).padStart(7)} ms   ${(milliseconds / median(theirs)).toFixed(2)} x fetchmail`;
  console.log(`poll, nothing new, ${count} messages on the server (load ${loadavg()[0]?.toFixed(1)})`);
  console.log(line('fetchmail from cold', median(theirs)));
  console.log(line('todoku poll from cold', median(ours)));
  console.log(line('a running station', median(warm)));
}

/** Hard links, a new file every 30,000: ext4 allows 65,000 names a file. Names carry the size, so that LIST opens none. */
async function fill({ dovecot, count }: Bench): Promise<void> {
  const box = join(dovecot.maildirOf(user), 'new');
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(dovecot.maildirOf(user), part), { recursive: true });
  let source = '';
  for (let number = 0; number < count; number += 1) {
    const path = join(box, `1795485708.M${number}P1.bench,S=49,W=53`);
    if (number % 30_000 === 0) writeFileSync(path, 'From: a@b.example\nSubject: one of many\n\nsmall\n');
    else linkSync(source, path);
    if (number % 30_000 === 0) source = path;
  }
}

/** Every message is entered as delivered, as after a first fetch. */
async function knowAll({ dovecot, home }: Bench): Promise<readonly string[]> {
  const session = await openPop3({
    host: '127.0.0.1',
    port: dovecot.pop3Port,
    security: 'none',
    user,
    secret: 'secret',
    auth: 'auto',
    timeoutSeconds: 300,
    pin: null,
    pinnedPem: null,
  });
  const listing = await session.list();
  await session.quit();
  const ledger = openLedger(join(home, 'ledger.db'));
  const keys = keyListing('joe', listing);
  await Promise.all(
    listing.map(({ uidl, octets }, index) =>
      ledger.record({
        account: 'joe',
        key: keys[index] ?? '',
        uidl: uidl ?? '',
        octets,
        state: 'delivered',
        sha256: null,
        firstSeen: Date.now(),
      }),
    ),
  );
  ledger.beginRun('joe');
  ledger.endRun('joe');
  ledger.close();
  return listing.map(({ uidl }) => uidl ?? '');
}

function fetchmailKnows({ folder, dovecot }: Bench, uidls: readonly string[]): void {
  writeFileSync(
    join(folder, 'rc'),
    `poll 127.0.0.1 service ${dovecot.pop3Port} protocol pop3 uidl user "${user}" password "secret" keep sslproto '' mda "cat >/dev/null"\n`,
  );
  writeFileSync(join(folder, 'ids'), uidls.map((uidl) => `${user}@127.0.0.1 ${uidl}\n`).join(''));
  for (const name of ['rc', 'ids']) chmodSync(join(folder, name), 0o600);
}

/** Both say 1: no new mail. */
function command({ folder }: Bench, program: string, parameters: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, parameters, {
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    env: { ...process.env, FETCHMAILHOME: folder },
  });
  if (status !== 1) throw new Error(`${program} ended with ${status}: ${stderr.slice(0, 500)}${stdout.slice(0, 500)}`);
}

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

async function warmPolls({ home, count }: Bench): Promise<readonly number[]> {
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const began = performance.now();
    const [report] = await running.station['fetch.now']({ id: null, check: false });
    if (report?.seen !== count) throw new Error(`expected ${count} seen: ${JSON.stringify(report)}`);
    if (round > 0) times.push(performance.now() - began);
  }
  await running.close();
  return times;
}
