// `todoku serve --install`: a systemd user unit for a station without a window, and `--uninstall`. It writes and removes one
// file and says what to run; systemd itself is never called, so that nothing starts or stops behind one's back.
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { MailError } from '../../shared/error.js';
import type { CommandIo } from './io.js';

export interface UnitPlan {
  /** Absolute paths of Node and of the command. */
  readonly program: readonly string[];
  readonly home: string;
  /** 0: any free one. */
  readonly port: number;
}

/** $XDG_CONFIG_HOME/systemd/user/todoku.service (systemd.unit(5)). */
export function unitFile(environment: NodeJS.ProcessEnv = process.env): string {
  const config = environment.XDG_CONFIG_HOME;
  return join(config !== undefined && config !== '' ? config : join(homedir(), '.config'), 'systemd', 'user', 'todoku.service');
}

/** systemd.service(5); a data folder in use (8) or a broken setting (5, 6) is not mended by starting again. */
export function unitText({ program, home, port }: UnitPlan): string {
  const words = [...program, 'serve', '--home', home, ...(port === 0 ? [] : ['--port', String(port)])];
  return `[Unit]
Description=Todoku: fetches, scans and delivers mail
After=network.target

[Service]
ExecStart=${words.map(quoted).join(' ')}
Restart=on-failure
RestartSec=10
RestartPreventExitStatus=5 6 8
KillMode=mixed
TimeoutStopSec=120
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
`;
}

/** In double quotes; %, $ and \ mean something to systemd (systemd.syntax(7), systemd.service(5) "Command lines"). */
function quoted(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w@%+=:,./$-]+$/.test(plain) ? plain : `"${plain.replace(/[\\"]/g, '\\$&')}"`;
}

export function installUnit(options: Record<string, unknown>, io: CommandIo): number {
  const path = unitFile();
  const script = process.argv[1];
  if (script === undefined) throw new MailError('usage', 'the command does not know its own path', false);
  const port = typeof options.port === 'number' ? options.port : 0;
  // A packed app is started by a script of its own.
  const packed = process.env.TODOKU_PROGRAM;
  const text = unitText({ program: packed === undefined ? [process.execPath, resolve(script)] : [packed], home: io.home, port });
  if (/[\n\r]/.test(io.home)) throw new MailError('usage', 'the name of the data folder has a line break', false, { path: io.home });
  const same = readOrNull(path) === text;
  if (!same) write(path, text);
  const lines = ['systemctl --user daemon-reload', 'systemctl --user enable --now todoku.service', 'loginctl enable-linger'];
  return told(io, { installed: path, changed: !same, run: lines }, [
    io.language === 'ja' ? `${same ? 'すでにあります' : '書き込みました'}: ${path}` : `${same ? 'already there' : 'written'}: ${path}`,
    ...lines.slice(0, 2),
    io.language === 'ja' ? `ログインしていない間も動かすには: ${lines[2]}` : `to run while you are not logged in: ${lines[2]}`,
    io.language === 'ja' ? '画面の URL: journalctl --user -u todoku' : 'its address: journalctl --user -u todoku',
  ]);
}

export function uninstallUnit(io: CommandIo): number {
  const path = unitFile();
  const there = readOrNull(path) !== null;
  const lines = ['systemctl --user disable --now todoku.service', 'systemctl --user daemon-reload'];
  rmSync(path, { force: true });
  const said = io.language === 'ja' ? (there ? '削除しました' : 'ありません') : there ? 'removed' : 'not there';
  return told(io, { removed: there ? path : null, run: lines }, [`${said}: ${path}`, ...(there ? lines : [])]);
}

function told(io: CommandIo, result: object, lines: readonly string[]): number {
  if (io.json) io.out(JSON.stringify(result));
  else for (const line of lines) io.out(line);
  return 0;
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Whole or not at all. Throws MailError `not-writable`. */
function write(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, 'w', 0o644);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (cause) {
    throw new MailError('not-writable', `cannot write ${path}: ${(cause as Error).message}`, false, {
      path,
      said: (cause as Error).message,
      cause,
    });
  }
}
