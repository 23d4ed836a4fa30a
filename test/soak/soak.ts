// One fetcher after the other under the same script of faults, and the audit: every message that ever arrived is in one place.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startClamd, type TestClamd } from '../support/clamd.js';
import { type Dovecot, startDovecot } from '../support/dovecot.js';
import { pick, type Random, seeded } from '../support/mailgen.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { type SmallDisk, smallDisk } from './disk.js';
import { type Fetcher, fetcherNames, openFetcher } from './fetchers.js';
import { type Traffic, traffic } from './traffic.js';

export interface SoakOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly only?: string | undefined;
}
export interface SoakRow {
  readonly name: string;
  readonly arrived: number;
  readonly kills: number;
  readonly faults: number;
  /** In no place. */
  readonly lost: number;
  readonly duplicated: number;
  /** Another client had it: then the fetcher may or may not have it too. */
  readonly taken: number;
  readonly left: number;
}

interface Stage {
  readonly dovecot: Dovecot;
  readonly clamd: TestClamd;
  readonly proxy: TcpProxy;
  readonly disk: SmallDisk;
  readonly mail: Traffic;
  readonly fetcher: Fetcher;
  readonly random: Random;
}
/** Of an undisturbed run: one that has not ended by then hangs. */
const patience = 60_000;
const rounds = 8;

/** Prints the table; tells whether ours lost and doubled nothing. */
export async function run({ seconds, seed, only }: SoakOptions): Promise<boolean> {
  const names = fetcherNames.filter((name) => only === undefined || name === only);
  console.log(`soak: ${seconds} s each, seed ${seed}`);
  const rows: SoakRow[] = [];
  for (const name of names) rows.push(await soak(name, seconds, seed));
  console.log('fetcher     arrived   kills  faults    lost  duplicated  taken by another client  left on the server');
  for (const row of rows) console.log(line(row));
  const mine = rows.find(({ name }) => name === 'todoku');
  return mine === undefined || mine.lost + mine.duplicated + mine.left === 0;
}

function line({ name, arrived, kills, faults, lost, duplicated, taken, left }: SoakRow): string {
  const column = (value: number, width: number) => String(value).padStart(width);
  return `${name.padEnd(10)} ${column(arrived, 8)} ${column(kills, 7)} ${column(faults, 7)} ${column(lost, 7)} ${column(duplicated, 11)} ${column(taken, 24)} ${column(left, 19)}`;
}

export async function soak(name: string, seconds: number, seed: number): Promise<SoakRow> {
  const random = seeded(seed);
  const folder = mkdtempSync(join(tmpdir(), 'todoku-soak-'));
  const dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users: [{ name: 'joe', password: 'secret' }] });
  const clamd = await startClamd();
  const proxy = await startTcpProxy(dovecot.pop3Port);
  const disk = smallDisk(join(folder, 'disk'), 512);
  try {
    const fetcher = openFetcher(name, { disk: disk.path, port: proxy.port, user: 'joe', clamd: clamd.socket, random });
    const stage = { dovecot, clamd, proxy, disk, fetcher, random, mail: traffic(dovecot, 'joe', folder, random) };
    return await play(name, stage, seconds * 1000);
  } finally {
    disk.remove();
    await proxy.close();
    await clamd.stop();
    await dovecot.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(name: string, stage: Stage, milliseconds: number): Promise<SoakRow> {
  const { mail, fetcher, random } = stage;
  const until = performance.now() + milliseconds;
  const on = () => performance.now() < until;
  let faults = 0;
  let kills = 0;
  const station = keepRunning(
    fetcher,
    on,
    () => random() < 0.5,
    () => {
      kills += 1;
    },
  );
  const arriving = repeat(
    on,
    () => mail.arrive(),
    () => 50 + random() * 250,
  );
  const taking = repeat(
    on,
    async () => mail.take(),
    () => 200 + random() * 2_000,
  );
  const disturbing = repeat(
    on,
    () => {
      faults += 1;
      return pick(random, disturbances)(stage);
    },
    () => 100 + random() * 900,
  );
  await Promise.all([station, arriving, taking, disturbing]);
  await settle(stage);
  return { name, kills, faults, ...audit(stage) };
}

async function repeat(on: () => boolean, work: () => Promise<void>, pause: () => number): Promise<void> {
  while (on()) {
    await work();
    await wait(pause());
  }
}

/** Runs it again and again. Of its runs, those that `doomed` picks are killed (SIGKILL, the whole group) within two seconds. */
async function keepRunning(fetcher: Fetcher, on: () => boolean, doomed: () => boolean, killed: () => void): Promise<void> {
  while (on()) {
    const child = fetcher.start(false);
    const longest = doomed() ? 200 + Math.random() * 1_800 : 6_000;
    const timer = setTimeout(() => kill(child), longest);
    if ((await ended(child)).signal === 'SIGKILL') killed();
    clearTimeout(timer);
    await wait(20);
  }
}

/** Undisturbed, until the maildrop is empty: a peer needs a second run for what its first could only mark, ours one. */
async function settle({ fetcher, dovecot, mail }: Stage): Promise<void> {
  for (let round = 0; round < rounds && mail.numbers(maildrop(dovecot)).length > 0; round += 1) {
    const child = fetcher.start(true);
    const timer = setTimeout(() => kill(child), patience);
    const { signal, said } = await ended(child);
    clearTimeout(timer);
    if (signal !== null) console.log(`it did not come to an end: ${said.slice(-500)}`);
  }
}
const maildrop = (dovecot: Dovecot) => ['new', 'cur'].map((part) => join(dovecot.maildirOf('joe'), part));

function kill(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

function ended(child: ChildProcess): Promise<{ readonly signal: string | null; readonly said: string }> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_, signal) => resolve({ signal, said }));
  });
}

/** Each ends with everything as it was. */
const disturbances: readonly ((stage: Stage) => Promise<void>)[] = [
  async ({ proxy }) => proxy.cut(),
  async ({ proxy, random }) => {
    proxy.cutAfter(Math.floor(random() ** 3 * 200_000));
    await wait(300 + random() * 700);
    proxy.cutAfter(null);
  },
  async ({ proxy, random }) => {
    proxy.stall();
    await wait(random() * 1_500);
    proxy.resume();
  },
  async ({ dovecot }) => dovecot.killSessions(),
  async ({ dovecot, random }) => {
    dovecot.pause();
    await wait(random() * 1_000);
    dovecot.resume();
  },
  async ({ clamd, random }) => {
    await clamd.kill();
    await wait(random() * 1_000);
    await clamd.restart();
  },
  async ({ disk, random }) => {
    disk.fill();
    await wait(random() * 1_500);
    disk.free();
  },
];

function audit({ mail, fetcher, dovecot }: Stage): Pick<SoakRow, 'arrived' | 'lost' | 'duplicated' | 'taken' | 'left'> {
  const times = new Map<number, number>();
  for (const number of mail.numbers(fetcher.folders)) times.set(number, (times.get(number) ?? 0) + 1);
  const taken = new Set(mail.numbers([mail.taken]));
  const left = mail.numbers(maildrop(dovecot));
  const known = new Set([...times.keys(), ...taken, ...left]);
  const all = Array.from({ length: mail.sent() }, (_, index) => index + 1);
  return {
    arrived: mail.sent(),
    lost: all.filter((number) => !known.has(number)).length,
    duplicated: [...times.values()].reduce((sum, count) => sum + count - 1, 0),
    taken: taken.size,
    left: left.length,
  };
}
