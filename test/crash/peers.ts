// The same kills over fetchmail, mpop, getmail6 and ours: each is ended by kill -9 when a proxy before Dovecot sees the first, middle
// and last RETR, DELE or QUIT, then run to the end. Prints one table; asserts nothing about the others.
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf, makeScenario, scenarioMessages } from '../support/crash.js';
import { type Dovecot, startDovecot } from '../support/dovecot.js';
import { type KillPoint, type KillProxy, startKillProxy } from './kill-proxy.js';

const count = 5;
const nobody = 65_534;
/** A program that has not ended by then hangs: the run is void, not a result. */
const patience = 60_000;
const modes = ['keep', 'delete'] as const;
type Mode = (typeof modes)[number];
const points = (mode: Mode): readonly KillPoint[] => [
  ...[1, 3, count].map((at) => ({ command: 'RETR' as const, at })),
  ...(mode === 'delete' ? [1, 3, count].map((at) => ({ command: 'DELE' as const, at })) : []),
  { command: 'QUIT', at: 1 },
];

interface Place {
  readonly folder: string;
  readonly maildir: string;
  readonly port: number;
  readonly user: string;
  readonly mode: Mode;
}
interface Peer {
  readonly name: string;
  /** Writes its configuration; returns its command line. `maildir` is where it delivers. */
  prepare(place: Place): { readonly command: readonly string[]; readonly maildir: string; readonly end?: () => void };
}

const write = (path: string, text: string) => writeFileSync(path, text, { mode: 0o600 });
const cli = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');

const peers: readonly Peer[] = [
  {
    name: 'todoku',
    prepare({ port, user, mode }) {
      const { home, maildir } = makeScenario({ port, user, fetch: { retention: { kind: mode } } }, 'secret', null);
      return {
        command: [process.execPath, cli, 'poll', '--home', home],
        maildir,
        end: () => rmSync(home, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'fetchmail',
    prepare({ folder, maildir, port, user, mode }) {
      const keep = mode === 'keep' ? 'keep' : 'nokeep';
      write(
        join(folder, 'rc'),
        `poll 127.0.0.1 service ${port} protocol pop3 uidl user "${user}" password "secret" ${keep} sslproto '' mda "safecat ${maildir}/tmp ${maildir}/new"\n`,
      );
      const command = ['fetchmail', '--nodetach', '-f', join(folder, 'rc'), '-i', join(folder, 'ids'), '--pidfile', join(folder, 'pid')];
      return { command, maildir };
    },
  },
  {
    name: 'mpop',
    prepare({ folder, maildir, port, user, mode }) {
      write(
        join(folder, 'rc'),
        `account default\nhost 127.0.0.1\nport ${port}\ntls off\nauth user\nuser ${user}\npassword secret\nkeep ${mode === 'keep' ? 'on' : 'off'}\ndelivery maildir ${maildir}\nuidls_file ${join(folder, 'uidls')}\nreceived_header off\n`,
      );
      return { command: ['mpop', '-q', '-C', join(folder, 'rc'), 'default'], maildir };
    },
  },
  // getmail6 listens for the end of its child only after the fork, and hangs on one that was quicker: not what is counted here,
  // so its command sleeps a moment first.
  {
    name: 'getmail6',
    prepare({ folder, maildir, port, user, mode }) {
      write(
        join(folder, 'rc'),
        `[retriever]\ntype = SimplePOP3Retriever\nserver = 127.0.0.1\nport = ${port}\nusername = ${user}\npassword = secret\n[destination]\ntype = MDA_external\npath = /bin/sh\narguments = ("-c", "sleep 0.1; exec safecat ${maildir}/tmp ${maildir}/new")\n${asNobody(folder, maildir)}[options]\ndelete = ${mode === 'delete'}\nread_all = false\nreceived = false\ndelivered_to = false\n`,
      );
      return { command: ['getmail', '--getmaildir', folder, '--rcfile', join(folder, 'rc')], maildir };
    },
  },
];

/** getmail6 refuses to deliver as root, so there it gives the Maildir to nobody. Returns the line that says so. */
function asNobody(folder: string, maildir: string): string {
  if (process.getuid?.() !== 0) return '';
  chmodSync(folder, 0o755);
  for (const path of [maildir, ...['tmp', 'new', 'cur'].map((part) => join(maildir, part))]) chownSync(path, nobody, nobody);
  return 'user = nobody\ngroup = nogroup\n';
}

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
