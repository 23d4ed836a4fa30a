// A real clamd for one test: own folder, own configuration, the bundled test signatures. Killed with the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect as netConnect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** resources/signatures: EICAR by body, clamav-testfiles by hash. */
export const testSignatures = fileURLToPath(new URL('../../resources/signatures', import.meta.url));

export interface TestClamd {
  /** Path of its unix socket: `unix:${socket}` is a value for scanner.clamd. */
  readonly socket: string;
  /** Loopback TCP port; only with `tcp: true`. */
  readonly port: number | null;
  readonly pid: number;
  /** Holds clamd.conf, clamd.sock, tmp/ (its TemporaryDirectory), log. */
  readonly root: string;
  readonly conf: string;
  /** SIGKILL, then start again on the same socket; other signatures where they are given. */
  restart(signatures?: string): Promise<void>;
  /** Ends the daemon and leaves the folder: what a crash looks like. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestClamdOptions {
  readonly signatures?: string;
  /** Lines of clamd.conf that come last (so: only options that may be repeated, or that are not set here). */
  readonly extra?: string;
  readonly tcp?: boolean;
  /** Its TemporaryDirectory; else tmp/ below its root. */
  readonly temporary?: string;
}

// Without a reader of its own the daemon would outlive a test run that is killed: the shell waits for end of file.
const guarded = `exec 3<&0
clamd --foreground --config-file="$0" </dev/null & pid=$!
echo "$pid"
( while read -r _; do :; done; kill -CONT "$pid"; kill -KILL "$pid" ) <&3 2>/dev/null & watch=$!
wait "$pid"; kill "$watch" 2>/dev/null`;

/** Resolves when it answers PING. Rejects with its log when it does not start. */
export async function startClamd(options: TestClamdOptions = {}): Promise<TestClamd> {
  const root = await mkdtemp(join(tmpdir(), 'todoku-clamd-'));
  const port = options.tcp === true ? await freePort() : null;
  let daemon = await launch(root, options.signatures ?? testSignatures, port, options);
  return {
    socket: join(root, 'clamd.sock'),
    port,
    root,
    conf: join(root, 'clamd.conf'),
    get pid() {
      return daemon.pid;
    },
    async restart(signatures) {
      await end(daemon);
      daemon = await launch(root, signatures ?? options.signatures ?? testSignatures, port, options);
    },
    kill: () => end(daemon),
    async stop() {
      await end(daemon);
      await rm(root, { recursive: true, force: true });
    },
  };
}

interface Daemon {
  readonly shell: ChildProcess;
  readonly pid: number;
}

async function launch(root: string, signatures: string, port: number | null, options: TestClamdOptions): Promise<Daemon> {
  const conf = join(root, 'clamd.conf');
  await mkdir(join(root, 'tmp'), { recursive: true });
  await rm(join(root, 'clamd.sock'), { force: true });
  await writeFile(conf, configuration(root, signatures, port, options));
  const shell = spawn('sh', ['-c', guarded, conf], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  let said = '';
  shell.stderr.on('data', (text) => {
    said += text;
  });
  const [first] = await once(shell.stdout, 'data');
  shell.stdout.on('data', (text) => {
    said += text;
  });
  const gone = once(shell, 'exit').then(() => {
    throw new Error(`clamd did not start: ${said}`);
  });
  gone.catch(() => {});
  await Promise.race([answersPing(join(root, 'clamd.sock')), gone]);
  return { shell, pid: Number.parseInt(String(first), 10) };
}

function configuration(
  root: string,
  signatures: string,
  port: number | null,
  { extra = '', temporary = join(root, 'tmp') }: TestClamdOptions,
): string {
  const lines = [
    `LocalSocket ${join(root, 'clamd.sock')}`,
    `DatabaseDirectory ${signatures}`,
    `TemporaryDirectory ${temporary}`,
    'AlertExceedsMax yes',
    'AlertEncrypted yes',
    'AlertOLE2Macros yes',
    'ConcurrentDatabaseReload yes',
    ...(process.getuid?.() === 0 ? ['User root'] : []),
    ...(port === null ? [] : [`TCPSocket ${port}`, 'TCPAddr 127.0.0.1']),
    extra,
  ];
  return `${lines.join('\n')}\n`;
}

async function end(daemon: Daemon): Promise<void> {
  if (daemon.shell.exitCode !== null || daemon.shell.signalCode !== null) return;
  const gone = once(daemon.shell, 'exit');
  daemon.shell.stdin?.end();
  await gone;
}

async function answersPing(socket: string): Promise<void> {
  for (;;) {
    const said = await new Promise<string>((resolve) => {
      const client = netConnect(socket, () => client.write('zPING\0'));
      let text = '';
      client.on('data', (bytes) => {
        text += bytes;
      });
      client.on('error', () => resolve(''));
      client.on('close', () => resolve(text));
    });
    if (said.startsWith('PONG')) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
