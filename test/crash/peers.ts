// The same kills over fetchmail, mpop, getmail6 and ours: each is ended by kill -9 when a proxy before Dovecot sees the first, middle
// and last RETR, DELE or QUIT, then run to the end. Prints one table; asserts nothing about the others.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf, scenarioMessages } from '../support/crash.js';
import { type Dovecot, startDovecot } from '../support/dovecot.js';
import { type Mode, type Peer, peers } from './contenders.js';
import { type KillPoint, type KillProxy, startKillProxy } from './kill-proxy.js';

const count = 5;
/** A program that has not ended by then hangs: the run is void, not a result. */
const patience = 60_000;
const modes = ['keep', 'delete'] as const;
const points = (mode: Mode): readonly KillPoint[] => [
  ...[1, 3, count].map((at) => ({ command: 'RETR' as const, at })),
  ...(mode === 'delete' ? [1, 3, count].map((at) => ({ command: 'DELE' as const, at })) : []),
  { command: 'QUIT', at: 1 },
];

interface Ended {
  readonly killed: boolean;
  readonly said: string;
}

/** Runs it; with a point, kill -9 to its whole group when the proxy sees it. Tells whether it was killed. */
function runPeer(command: readonly string[], folder: string, proxy: KillProxy, point: KillPoint | null): Promise<Ended> {
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FETCHMAILHOME: folder, HOME: folder },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const stop = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  if (point !== null) proxy.arm(point, stop);
  let hung = false;
  const late = setTimeout(() => {
    hung = true;
    stop();
  }, patience);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_, signal) => {
      clearTimeout(late);
      proxy.arm({ command: 'QUIT', at: Number.MAX_SAFE_INTEGER }, () => undefined);
      if (hung) reject(new Error(`${program} did not end: ${said.slice(-500)}`));
      else resolve({ killed: signal === 'SIGKILL', said });
    });
  });
}

/** Counted by Message-ID, because some peers rewrite what they deliver. */
function tally(sent: readonly Buffer[], maildir: string): { readonly lost: number; readonly duplicated: number } {
  const id = (bytes: Buffer) => /^Message-ID: (\S+)/im.exec(bytes.toString('latin1'))?.[1] ?? '';
  const found = filesOf(maildir).map((path) => id(readFileSync(path)));
  const times = sent.map((bytes) => found.filter((one) => one === id(bytes)).length);
  return { lost: times.filter((n) => n === 0).length, duplicated: times.reduce((sum, n) => sum + Math.max(0, n - 1), 0) };
}

interface Row {
  /** What the last run printed. */
  readonly said: string;
  readonly killed: boolean;
  readonly lost: number;
  readonly duplicated: number;
  readonly left: number;
}

async function play(peer: Peer, dovecot: Dovecot, user: string, mode: Mode, point: KillPoint | null): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-peer-'));
  const proxy = await startKillProxy(dovecot.pop3Port);
  const sent = scenarioMessages(count, user);
  for (const bytes of sent) await dovecot.deposit(user, bytes);
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(folder, 'Maildir', part), { recursive: true });
  const { command, maildir, end } = peer.prepare({ folder, maildir: join(folder, 'Maildir'), port: proxy.port, user, mode });
  try {
    const { killed } = await runPeer(command, folder, proxy, point);
    const { said } = await runPeer(command, folder, proxy, null);
    const left = mode === 'delete' ? filesOf(dovecot.maildirOf(user)).length : 0;
    return { killed, said, ...tally(sent, maildir), left };
  } finally {
    await proxy.close();
    end?.();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without a kill everyone brings everything once; else it is our configuration that fails, and its numbers would say nothing. */
function requireWhole(user: string, { lost, duplicated, left, said }: Row): void {
  if (lost + duplicated + left > 0)
    throw new Error(`control ${user}: lost ${lost}, duplicated ${duplicated}, left ${left}: ${said.slice(-500)}`);
}

export async function run(): Promise<void> {
  const jobs = peers.flatMap((peer) =>
    modes.flatMap((mode) =>
      points(mode).map((point) => ({
        peer,
        mode,
        point,
        user: `${peer.name}-${mode}-${point?.command ?? 'control'}-${point?.at ?? 0}`.toLowerCase(),
      })),
    ),
  );
  const dovecot = await startDovecot({
    protocols: ['pop3'],
    tls: false,
    users: jobs.map(({ user }) => ({ name: user, password: 'secret' })),
  });
  const rows = new Map<string, Row[]>();
  try {
    for (const { peer, mode, point, user } of jobs) {
      const row = await play(peer, dovecot, user, mode, point);
      if (point === null) requireWhole(user, row);
      else if (!row.killed) throw new Error(`${user}: the kill did not happen, so it shows nothing: ${row.said.slice(-500)}`);
      else rows.set(peer.name, [...(rows.get(peer.name) ?? []), row]);
    }
  } finally {
    await dovecot.stop();
  }
  console.log(`kill -9 at the first, middle and last RETR, DELE and QUIT of ${count} messages, keep and delete, then one run more`);
  console.log('peer        scenarios  killed   lost  duplicated  left on the server');
  for (const [name, all] of rows) {
    const sum = (value: (row: Row) => number) => String(all.reduce((total, row) => total + value(row), 0));
    console.log(
      `${name.padEnd(10)} ${String(all.length).padStart(10)} ${sum(({ killed }) => Number(killed)).padStart(7)} ${sum(({ lost }) => lost).padStart(6)} ${sum(({ duplicated }) => duplicated).padStart(11)} ${sum(({ left }) => left).padStart(19)}`,
    );
  }
}
