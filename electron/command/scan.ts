// `todoku scan PATH...`: what clamdscan does, by the station's scanner. Exit code 0: nothing found, 1: found, 2: an error.
import type { ScanSummary } from '../../shared/station.js';
import type { Verdict } from '../../shared/verdict.js';
import type { Disposal } from '../scanner/dispose.js';
import { startFolderScan } from '../scanner/folder.js';
import type { Scanner } from '../scanner/scanner.js';
import type { CommandIo } from './io.js';

export interface ScanCommandOptions {
  /** Name only what was found. */
  readonly infected?: boolean;
  /** All signatures of a file, not the first alone. */
  readonly allmatch?: boolean;
  readonly move?: string;
  readonly copy?: string;
  readonly remove?: boolean;
  readonly exclude?: readonly string[];
  readonly followSymlinks?: boolean;
}

/** Scans files and folders. Resolves with the exit code; it never throws for what a file holds. */
export async function scanCommand(
  paths: readonly string[],
  options: ScanCommandOptions,
  scanner: Pick<Scanner, 'ready' | 'recheck' | 'scan' | 'scanFile' | 'askPath' | 'limit' | 'state'>,
  io: CommandIo,
): Promise<number> {
  const disposal = chooseDisposal(options);
  if (disposal === null || paths.length === 0) {
    io.err(paths.length === 0 ? 'scan: name at least one file or folder' : 'scan: --move, --copy and --remove exclude each other');
    return 2;
  }
  if (scanner.state().state === 'off') {
    io.err('scan: scanning is off (todoku config set scanner.mode required, scanner.clamd auto)');
    return 2;
  }
  const started = new Date();
  const quiet = io.json;
  const scan = startFolderScan(paths, {
    id: 'command',
    scanner,
    exclude: options.exclude ?? [],
    allMatch: options.allmatch === true,
    followLinks: options.followSymlinks === true,
    mail: 'auto',
    disposal,
    parallel: 4,
    onFile: (path, verdict) => quiet || tell(path, verdict, options, io),
    onError: (path, reason) => quiet || io.err(`ERROR: ${printable(path)}: ${printable(reason)}`),
  });
  const interrupt = () => scan.cancel();
  process.once('SIGINT', interrupt);
  const summary = await scan.done.finally(() => process.removeListener('SIGINT', interrupt));
  if (io.json) io.out(JSON.stringify(summary));
  else for (const line of summaryLines(summary, started)) io.out(line);
  return exitCode(summary, scan.progress().state === 'cancelled');
}

/** clamdscan's: found wins over errors, as its own code has it. */
function exitCode(summary: ScanSummary, cancelled: boolean): number {
  if (summary.infected.length + summary.suspicious.length > 0) return 1;
  return summary.errors.length > 0 || cancelled ? 2 : 0;
}

/** null: more than one was asked for. */
function chooseDisposal(options: ScanCommandOptions): Disposal | null {
  const wanted: Disposal[] = [
    ...(options.move === undefined ? [] : [{ kind: 'move' as const, folder: options.move }]),
    ...(options.copy === undefined ? [] : [{ kind: 'copy' as const, folder: options.copy }]),
    ...(options.remove === true ? [{ kind: 'remove' as const }] : []),
  ];
  return wanted.length > 1 ? null : (wanted[0] ?? { kind: 'none' });
}

function tell(path: string, verdict: Verdict, options: ScanCommandOptions, io: CommandIo): void {
  if (verdict.kind === 'infected' || verdict.kind === 'suspicious')
    for (const name of verdict.signatures) io.out(`${printable(path)}: ${printable(name)} FOUND`);
  else if (verdict.kind === 'clean' && options.infected !== true) io.out(`${printable(path)}: OK`);
}

function summaryLines(summary: ScanSummary, started: Date): readonly string[] {
  const { seconds, errors, infected, suspicious } = summary;
  const whole = Math.floor(seconds);
  return [
    '',
    '----------- SCAN SUMMARY -----------',
    `Scanned files: ${summary.files}`,
    `Infected files: ${infected.length}`,
    ...(suspicious.length > 0 ? [`Suspicious files: ${suspicious.length}`] : []),
    ...(errors.length > 0 ? [`Total errors: ${errors.length}`] : []),
    `Data scanned: ${(summary.octets / 1024 / 1024).toFixed(2)} MB`,
    `Time: ${seconds.toFixed(3)} sec (${Math.floor(whole / 60)} m ${whole % 60} s)`,
    `Start Date: ${stamp(started)}`,
    `End Date:   ${stamp(new Date())}`,
  ];
}

/** Local time, with colons in the date, too: clamdscan's. */
function stamp(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join(':');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** Names of files reach a terminal without control characters (S22). */
function printable(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '?');
}
