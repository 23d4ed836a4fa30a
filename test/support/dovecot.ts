// A real Dovecot on loopback high ports with its own folder, stopped by pid. It runs as the current user (root: see
// dovecot-persona.ts), so that it may share a Maildir with a station under test.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dovecotConf, passwordLine, type Setup } from './dovecot-conf.js';
import { findPersona, type Persona } from './dovecot-persona.js';
import { freePort } from './ports.js';
import { selfSigned } from './tls.js';

export interface DovecotUser {
  readonly name: string;
  readonly password: string;
  /** Absolute; default: a folder of its own below root. */
  readonly maildir?: string;
}
export interface DovecotOptions {
  /** Default: pop3 and imap. */
  readonly protocols?: readonly ('pop3' | 'imap' | 'lmtp')[];
  /** Default true: STLS, STARTTLS and the TLS ports. */
  readonly tls?: boolean;
  readonly users: readonly DovecotUser[];
  /** Lines added at the end of dovecot.conf; the last setting wins. */
  readonly extra?: string;
}
export interface Dovecot {
  readonly pop3Port: number;
  readonly pop3sPort: number;
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly lmtpSocket: string;
  readonly root: string;
  /** Of the master; its children are in its process group. */
  readonly pid: number;
  readonly certPem: string;
  readonly fingerprint256: string;
  maildirOf(user: string): string;
  /** Puts a message into new/; bytes as given. Returns the file name. */
  deposit(user: string, bytes: Uint8Array | string): Promise<string>;
  log(): string;
  /** SIGSTOP to every Dovecot program of ours, and SIGCONT. */
  pause(): void;
  resume(): void;
  /** kill -9 to the programs that hold a POP3 session, login included; the master starts others. */
  killSessions(): void;
  stop(): Promise<void>;
}

const readyWithin = 15_000;

/** Starts and waits until every port answers. Throws with Dovecot's own log when it does not. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const setup = await prepare(options);
  const output: Buffer[] = [];
  const [program = 'dovecot', ...args] = [...setup.persona.wrap, 'dovecot', '-F', '-c', join(setup.root, 'dovecot.conf')];
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const log = () => Buffer.concat(output).toString() + readLog(join(setup.root, 'dovecot.log'));
  const dovecot = running(setup, child, log);
  try {
    await listening(setup, child);
  } catch (error) {
    const said = log();
    await dovecot.stop();
    throw new Error(`${String(error)}\n${said}`);
  }
  return dovecot;
}

async function prepare(options: DovecotOptions): Promise<Setup> {
  const root = await mkdtemp(join(tmpdir(), 'todoku-dovecot-'));
  await chmod(root, 0o755);
  const pair = await selfSigned();
  const ports = { pop3: await freePort(), pop3s: await freePort(), imap: await freePort(), imaps: await freePort() };
  const maildirs = new Map(options.users.map((user) => [user.name, user.maildir ?? join(root, 'mail', user.name)]));
  const persona = await findPersona();
  for (const maildir of maildirs.values()) await makeMaildir(maildir, persona);
  const setup: Setup = {
    root,
    ports,
    maildirs,
    protocols: options.protocols ?? ['pop3', 'imap'],
    tls: options.tls ?? true,
    extra: options.extra ?? '',
    persona,
    certificate: pair,
  };
  await writeFile(join(root, 'cert.pem'), pair.cert);
  await writeFile(join(root, 'key.pem'), pair.key, { mode: 0o600 });
  const lines = options.users.map((user) => passwordLine(setup, user.name, user.password));
  await writeFile(join(root, 'users'), `${lines.join('\n')}\n`, { mode: 0o644 });
  await writeFile(join(root, 'dovecot.conf'), dovecotConf(setup));
  return setup;
}

async function makeMaildir(maildir: string, persona: Persona): Promise<void> {
  for (const name of ['', 'tmp', 'new', 'cur']) {
    await mkdir(join(maildir, name), { recursive: true, mode: 0o700 });
    if (persona.privileged) await chown(join(maildir, name), persona.uid, persona.gid);
  }
}

function running(setup: Setup, child: ChildProcess, log: () => string): Dovecot {
  const pid = child.pid ?? 0;
  const maildirOf = (user: string) => {
    const maildir = setup.maildirs.get(user);
    if (maildir === undefined) throw new Error(`no such user: ${user}`);
    return maildir;
  };
  return {
    pop3Port: setup.ports.pop3,
    pop3sPort: setup.ports.pop3s,
    imapPort: setup.ports.imap,
    imapsPort: setup.ports.imaps,
    lmtpSocket: join(setup.root, 'lmtp'),
    root: setup.root,
    pid,
    certPem: setup.certificate.cert,
    fingerprint256: setup.certificate.fingerprint256,
    maildirOf,
    deposit: (user, bytes) => deposit(setup.persona, maildirOf(user), bytes),
    log,
    pause: () => signalTree(pid, 'SIGSTOP'),
    resume: () => signalTree(pid, 'SIGCONT'),
    killSessions: () => killAll(tree(pid).filter((one) => one !== pid && isSession(one))),
    stop: () => stop(setup.root, child),
  };
}

let deposits = 0;

async function deposit({ privileged, uid, gid }: Persona, maildir: string, bytes: Uint8Array | string): Promise<string> {
  deposits += 1;
  const name = `${Math.floor(Date.now() / 1000)}.M${String(deposits).padStart(9, '0')}.${randomUUID().slice(0, 8)}`;
  await writeFile(join(maildir, 'tmp', name), bytes, { mode: 0o600 });
  if (privileged) await chown(join(maildir, 'tmp', name), uid, gid);
  await rename(join(maildir, 'tmp', name), join(maildir, 'new', name));
  return name;
}

function readLog(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function listening(setup: Setup, child: ChildProcess): Promise<void> {
  const until = Date.now() + readyWithin;
  for (const port of portsInUse(setup)) {
    while (!(await answers(port))) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`dovecot ended with ${child.exitCode}`);
      if (Date.now() > until) throw new Error(`dovecot does not answer on port ${port}`);
      await wait(20);
    }
  }
}

function portsInUse({ ports, protocols, tls }: Setup): number[] {
  const names = protocols.flatMap((name) => (name === 'lmtp' ? [] : tls ? ([name, `${name}s`] as const) : ([name] as const)));
  return names.map((name) => ports[name]);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

/** The master and its descendants, from the process table; nobody else's Dovecot. */
function tree(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const line of execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    if (child !== undefined && parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const below = (of: number): number[] => [of, ...(children.get(of) ?? []).flatMap(below)];
  return below(pid);
}

function isSession(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('pop3');
  } catch {
    return false;
  }
}

function signalTree(pid: number, signal: NodeJS.Signals): void {
  for (const each of tree(pid)) {
    try {
      process.kill(each, signal);
    } catch {
      // It ended between the listing and the signal.
    }
  }
}

async function stop(root: string, child: ChildProcess): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    signalTree(child.pid, 'SIGCONT');
    const all = tree(child.pid);
    child.kill('SIGTERM');
    const overdue = setTimeout(() => killAll(all), 5_000);
    await ended;
    clearTimeout(overdue);
  }
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
}

function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }
}
