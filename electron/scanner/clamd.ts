// Our own clamd, from the installed package: private folder, configuration and socket. A shell stands between us
// and it and reads a pipe: when the station dies, by kill -9 too, the pipe ends and the shell ends clamd. Started
// again with back-off when it dies by itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MailError } from '../../shared/error.js';
import type { ScannerSettings } from '../../shared/settings.js';
import { scanLimitFor, writeConf } from './conf.js';
import type { Endpoint } from './endpoint.js';
import { ask, printable } from './exchange.js';
import { reapOrphan, residentOctets, writePid } from './orphan.js';
import { makeTemporary, memoryPrefix, removeTemporary } from './temporary.js';

export type ScannerLog = (level: 'debug' | 'info' | 'warn' | 'error', text: string) => void;

export interface OwnClamdOptions {
  readonly program: string;
  readonly database: string;
  readonly runFolder: string;
  readonly settings: ScannerSettings;
  readonly log: ScannerLog;
  /** Started, or gone. */
  readonly onChange: () => void;
}

// $0: program, $1: configuration, $2: a temporary folder in memory that goes with it, or nothing. fd 3 is the station's pipe; background jobs get /dev/null as standard input.
const script = `exec 3<&0
"$0" --foreground --config-file="$1" </dev/null 3<&- & pid=$!
echo "pid $pid"
( while read -r _; do :; done <&3; kill -CONT $pid; kill -TERM $pid; sleep 5; kill -KILL $pid ) >/dev/null 2>&1 & watch=$!
wait $pid; code=$?
kill $watch 2>/dev/null
case "$2" in ${memoryPrefix}*) rm -rf "$2";; esac
exit $code`;

/** Beside the socket: which clamd, of which station. */
export const pidFileIn = (runFolder: string): string => join(runFolder, 'clamd', 'clamd.pid');

/** sun_path is 108 octets on Linux, 104 on macOS. */
const longestSocketPath = 100;
const firstDelay = 500;
const longestDelay = 60_000;
/** A life as long as this was a good one: the next delay is the first again. */
const goodLife = 60_000;

export class OwnClamd {
  pid: number | null = null;
  /** Why it does not run, in clamd's own last words. */
  failure: MailError | null = null;
  readonly endpoint: Extract<Endpoint, { readonly kind: 'unix' }>;
  private readonly folder: string;
  private readonly socketFolder: string;
  private shell: ChildProcess | null = null;
  private closed = false;
  private delay = firstDelay;
  private timer: NodeJS.Timeout | null = null;
  private wake: (() => void)[] = [];

  constructor(private readonly options: OwnClamdOptions) {
    this.folder = join(options.runFolder, 'clamd');
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const short = Buffer.byteLength(join(this.folder, 'clamd.sock')) <= longestSocketPath;
    this.socketFolder = short ? this.folder : mkdtempSync(join(tmpdir(), 'todoku-'));
    this.endpoint = { kind: 'unix', path: join(this.socketFolder, 'clamd.sock') };
  }

  get memory(): number | null {
    return this.pid === null ? null : residentOctets(this.pid);
  }

  /** Starts it, and keeps it running. Returns at once; `up()` waits. */
  async start(): Promise<void> {
    if (await reapOrphan(this.pidFile)) this.options.log('warn', 'ended a clamd of an earlier run that was killed');
    if (!this.closed) this.launch();
  }

  /** Resolves when it takes connections. Throws MailError `scanner-unavailable`: it ended, or time is up. */
  async up(milliseconds: number): Promise<void> {
    const end = Date.now() + milliseconds;
    while (!(await this.answers())) {
      if (this.failure !== null || this.closed) throw this.failure ?? new MailError('scanner-unavailable', 'clamd was stopped', true);
      if (Date.now() > end) throw new MailError('scanner-unavailable', 'clamd is still loading its signatures', true);
      await this.pause(100);
    }
  }

  async restart(): Promise<void> {
    await this.end();
    this.delay = firstDelay;
    this.failure = null;
    if (!this.closed) this.launch();
  }

  /** Ends it. Its folder stays for the next start; its socket and temporary files do not. */
  async close(): Promise<void> {
    this.closed = true;
    await this.end();
    removeTemporary(join(this.folder, 'tmp'));
    for (const name of ['clamd.pid', 'clamd.conf']) rmSync(join(this.folder, name), { force: true });
    if (this.socketFolder !== this.folder) rmSync(this.socketFolder, { recursive: true, force: true });
  }

  private get pidFile(): string {
    return pidFileIn(this.options.runFolder);
  }

  private launch(): void {
    const { conf, inMemory } = this.prepare();
    const shell = spawn('/bin/sh', ['-c', script, this.options.program, conf, inMemory], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in a terminal ends the station first.
      detached: true,
    });
    this.shell = shell;
    const started = Date.now();
    let lastWords = '';
    const read = (line: string) => {
      const pid = /^pid (\d+)$/.exec(line)?.[1];
      if (pid !== undefined && this.pid === null) this.born(Number(pid));
      else if (/error/i.test(line)) lastWords = printable(line.replace(/^.*ERROR: /, ''));
      this.options.log('debug', `clamd: ${printable(line)}`);
    };
    for (const stream of [shell.stdout, shell.stderr]) createInterface({ input: stream }).on('line', read);
    shell.stdin.on('error', () => {});
    shell.on('error', (error) => this.died(shell, started, error.message));
    shell.on('close', (code, name) => this.died(shell, started, lastWords || `it ended with ${name ?? `code ${code}`}`));
  }

  /** Fresh temporary folder and configuration. */
  private prepare(): { readonly conf: string; readonly inMemory: string } {
    const temporary = join(this.folder, 'tmp');
    const inMemory = makeTemporary(temporary, this.options.settings.parallel * scanLimitFor(this.options.settings));
    rmSync(this.endpoint.path, { force: true });
    const conf = join(this.folder, 'clamd.conf');
    const { settings, database } = this.options;
    writeFileSync(conf, writeConf({ socket: this.endpoint.path, temporary, database, settings, root: process.getuid?.() === 0 }), {
      mode: 0o600,
    });
    return { conf, inMemory };
  }

  private born(pid: number): void {
    this.pid = pid;
    this.failure = null;
    writePid(this.pidFile, pid, this.endpoint.path);
    this.options.log('info', `started our own clamd (pid ${pid})`);
    this.tell();
  }

  private died(shell: ChildProcess, started: number, why: string): void {
    if (this.shell !== shell) return;
    this.shell = null;
    this.pid = null;
    rmSync(this.pidFile, { force: true });
    if (!this.closed && this.timer === null) this.comeBack(started, why);
    this.tell();
  }

  private comeBack(started: number, why: string): void {
    if (Date.now() - started > goodLife) this.delay = firstDelay;
    this.failure = new MailError('scanner-unavailable', `our own clamd does not run: ${why}`, true, { said: why });
    this.options.log('warn', `${this.failure.message}; next try in ${this.delay / 1000} s`);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.failure = null;
      this.launch();
    }, this.delay);
    this.timer.unref();
    this.delay = Math.min(this.delay * 2, longestDelay);
  }

  private async end(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const shell = this.shell;
    if (shell === null) return;
    this.shell = null;
    this.pid = null;
    const gone = new Promise((resolve) => shell.once('close', resolve));
    shell.stdin?.end();
    await gone;
    rmSync(this.pidFile, { force: true });
  }

  private tell(): void {
    for (const wake of this.wake.splice(0)) wake();
    this.options.onChange();
  }

  private async pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private async answers(): Promise<boolean> {
    if (this.pid === null) return false;
    return await ask(this.endpoint, 'PING', 5000).then(
      (answer) => answer.startsWith('PONG'),
      () => false,
    );
  }
}
