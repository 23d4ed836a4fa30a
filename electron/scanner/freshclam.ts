// One run of freshclam: its configuration written, the program run, its words and progress passed on. Whether it
// may run at all (cool-down) is asked before.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MailError } from '../../shared/error.js';
import { type SignatureReason, signatureStep } from '../../shared/signature-text.js';
import { readCoolDown } from './cool-down.js';
import { type FreshclamRun, plainLine, readProgress } from './freshclam-says.js';

export interface FreshclamOptions {
  readonly program: string;
  /** Folder of signatures; made where it is missing. */
  readonly folder: string;
  /** We write its words here: started by root it is another user by the time it opens a log. */
  readonly logFile: string;
  readonly confFile: string;
  /** null: ClamAV's own service. URLs, parted by blanks or commas: of database files, or of a private mirror. */
  readonly mirror: string | null;
  /** Seconds without an octet from the server. */
  readonly patience: number;
  /** How often a server that fails is asked; freshclam waits five seconds between. */
  readonly attempts: number;
}

export interface RunningFreshclam {
  /** Never rejects but with a MailError. */
  readonly done: Promise<FreshclamRun>;
  stop(): void;
}

const databaseUrl = /\.(cvd|hdb|hsb|ndb|ldb|mdb|msb|db|cdb|crb|fp|sfp|ign2|yar|yara|ftm|pdb|wdb|gdb|idb)$/i;
/** Milliseconds for a whole run. */
const longestRun = 3_600_000;

/** Throws MailError `not-writable` when the folder or the log cannot be written. */
export function runFreshclam(
  options: FreshclamOptions,
  onLine: (line: string) => void,
  onProgress: (share: number) => void,
): RunningFreshclam {
  prepare(options);
  const urls = mirrorUrls(options.mirror);
  const customOnly = urls.length > 0 && urls.every((url) => databaseUrl.test(url));
  const args = [`--config-file=${options.confFile}`, '--stdout', '--show-progress', ...(customOnly ? ['--update-db=custom'] : [])];
  const child = spawn(options.program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), longestRun);
  const keep = (line: string) => {
    appendFileSync(options.logFile, `${new Date().toISOString()} ${line}\n`);
    onLine(line);
  };
  const done = listen(child, keep, onProgress).then(({ exit, said }) => ({ exit, said, coolDown: readCoolDown(options.folder) }));
  return { done: done.finally(() => clearTimeout(timer)), stop: () => void child.kill('SIGTERM') };
}

/** The configuration freshclam is run with. */
export function freshclamConf(options: FreshclamOptions, owner: string | null): string {
  const urls = mirrorUrls(options.mirror);
  const mirrors = urls.filter((url) => !databaseUrl.test(url));
  const lines = [
    '# Written by Todoku at every run of freshclam; changes are lost. See freshclam.conf(5).',
    `DatabaseDirectory ${options.folder}`,
    ...(owner === null ? [] : [`DatabaseOwner ${owner}`]),
    `MaxAttempts ${options.attempts}`,
    'TestDatabases yes',
    `ConnectTimeout ${Math.min(options.patience, 30)}`,
    `ReceiveTimeout ${options.patience}`,
    ...mirrors.map((url) => `PrivateMirror ${url}`),
    ...(mirrors.length > 0 ? ['ScriptedUpdates no'] : ['DatabaseMirror database.clamav.net']),
    ...urls.filter((url) => databaseUrl.test(url)).map((url) => `DatabaseCustomURL ${url}`),
  ];
  return `${lines.join('\n')}\n`;
}

function mirrorUrls(mirror: string | null): readonly string[] {
  return (mirror ?? '').split(/[\s,]+/).filter((url) => url !== '');
}

function prepare(options: FreshclamOptions): void {
  writable('log', options.logFile, () => trim(options.logFile));
  writable('folder', options.folder, () => mkdirSync(options.folder, { recursive: true, mode: 0o755 }));
  mkdirSync(dirname(options.confFile), { recursive: true, mode: 0o700 });
  writeFileSync(options.confFile, freshclamConf(options, ownerOf(options.folder)), { mode: 0o644 });
}

/** Octets of log that are kept from run to run. */
const longestLog = 500_000;

function trim(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  const text = readFileSync(path);
  if (text.length > longestLog) writeFileSync(path, text.subarray(-longestLog), { mode: 0o600 });
}

function writable(name: SignatureReason, path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const text = `freshclam cannot write ${path}: give the file and its folder to the user who runs it`;
    throw new MailError('not-writable', text, true, { step: signatureStep, name, path, said, cause: error });
  }
}

/** Started by root, freshclam gives up root for this user: who owns the folder. null: we are not root. */
function ownerOf(folder: string): string | null {
  if (process.getuid?.() !== 0) return null;
  const { uid } = statSync(folder);
  try {
    return execFileSync('id', ['-nu', String(uid)], { encoding: 'utf8' }).trim();
  } catch {
    return 'root';
  }
}

function listen(
  child: ChildProcess,
  onLine: (line: string) => void,
  onProgress: (share: number) => void,
): Promise<{ readonly exit: number | null; readonly said: readonly string[] }> {
  const said: string[] = [];
  const hear = (text: string) => {
    const share = readProgress(text);
    if (share !== null) return onProgress(share);
    const line = plainLine(text);
    if (line === '') return;
    said.push(line);
    onLine(line);
  };
  for (const stream of [child.stdout, child.stderr]) eachLine(stream, hear);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      said.push(`ERROR: ${error.message}`);
      resolve({ exit: null, said });
    });
    child.on('close', (exit) => resolve({ exit, said }));
  });
}

// The progress bar ends its lines with a carriage return.
function eachLine(stream: NodeJS.ReadableStream | null, hear: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    const lines = (rest + text).split(/[\r\n]+/);
    rest = (lines.pop() ?? '').slice(-10_000);
    for (const line of lines) hear(line);
  });
  stream?.on('end', () => hear(rest));
}

export const confFileIn = (runFolder: string): string => join(runFolder, 'freshclam', 'freshclam.conf');
