// What freshclam says, understood: progress, what changed, and a failure with its reason and remedy.
import { MailError } from '../../shared/error.js';
import { type SignatureReason, signatureStep } from '../../shared/signature-text.js';

export interface FreshclamRun {
  /** null: it was ended by a signal, or never started. */
  readonly exit: number | null;
  readonly said: readonly string[];
  readonly coolDown: Date | null;
}

const units: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** `Time: 0.0s, ETA: 0.0s [=====>   ] 1.21MiB/4.00MiB` as 0 to 1; null: the line is no progress bar. */
export function readProgress(line: string): number | null {
  const found = /\[[=> ]*\]\s*([\d.]+)([KMG]?i?B)\/([\d.]+)([KMG]?i?B)/.exec(line);
  if (found === null) return null;
  const [, done, doneUnit = 'B', all, allUnit = 'B'] = found;
  const share = (Number(done) * (units[doneUnit] ?? 1)) / (Number(all) * (units[allUnit] ?? 1));
  return Number.isFinite(share) ? Math.max(0, Math.min(1, share)) : null;
}

/** The line without freshclam's time stamps and control sequences. */
export function plainLine(line: string): string {
  return line
    .replace(/\x1b\[\?7[lh]/g, '')
    .replace(/(\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}) -> /g, '')
    .replace(/[\x00-\x1f\x7f-\x9f]/g, '')
    .trim();
}

export function somethingChanged(said: readonly string[]): boolean {
  return said.some((line) => /\bupdated \(version: |^Database updated/.test(line));
}

interface Explanation {
  readonly pattern: RegExp;
  readonly explain: (found: RegExpExecArray, run: FreshclamRun) => MailError;
}

const until = (run: FreshclamRun) => (run.coolDown === null ? '' : ` until ${run.coolDown.toISOString()}`);
const limitOf = ({ coolDown }: FreshclamRun) => (coolDown === null ? {} : { limit: coolDown.toISOString() });
const temporary = (
  name: SignatureReason,
  code: ConstructorParameters<typeof MailError>[0],
  text: string,
  said: string,
  facts: { readonly limit?: string; readonly path?: string } = {},
) => new MailError(code, text, true, { step: signatureStep, name, said, ...facts });

// In order: the first that fits explains the run.
const explanations: readonly Explanation[] = [
  {
    pattern: /(?:Can't open (\S+) in append mode|Failed to open log file (\S+?):|internal logger \(UpdateLogFile = ([^)]+)\))/,
    explain: ([said, old, now, other]) => {
      const path = old ?? now ?? other ?? '';
      const text = `freshclam cannot write its log ${path}: give the file and its folder to the user who runs it`;
      return temporary('log', 'not-writable', text, said, { path });
    },
  },
  {
    pattern: /locked by another process|Can't lock/,
    explain: ([said]) => temporary('busy', 'locked', 'another freshclam is at work here: try again when it has ended', said),
  },
  {
    pattern: /No space left on device/,
    explain: ([said]) => temporary('disk', 'disk-full', 'there is no room for the signatures: free about 1 GB', said),
  },
  {
    pattern: /Permission denied|Can't (?:create|write to|change dir to|chdir)|not writable|Failed to (?:create|chown)/,
    explain: ([said]) => temporary('folder', 'not-writable', 'freshclam may not write into the folder of signatures', said),
  },
  {
    pattern: /error code 403|Forbidden; Blocked/,
    explain: ([said], run) =>
      temporary(
        'blocked',
        'server-refused',
        `the update service has blocked us (403); it is not asked again${until(run)}`,
        said,
        limitOf(run),
      ),
  },
  {
    pattern: /error code 429|Too many requests/,
    explain: ([said], run) =>
      temporary('too-often', 'server-busy', `we asked too often (429); it is not asked again${until(run)}`, said, limitOf(run)),
  },
  {
    pattern: /timestamp in the future/,
    explain: ([said]) =>
      temporary('clock', 'io', 'the signatures are younger than this machine’s clock: set its date, time and zone right', said),
  },
  {
    pattern: /Couldn't resolve host[^.]*|Can't resolve[^.]*/,
    explain: ([said]) => temporary('dns', 'dns', 'the name of the update server is not found: no network, or no DNS', said),
  },
  {
    pattern: /(?:Timeout was reached|timed out|Operation too slow).*/i,
    explain: ([said]) => temporary('silent', 'timeout', 'the update server does not answer in time', said),
  },
  {
    pattern: /Couldn't connect to server|Failed to connect.*/,
    explain: ([said]) =>
      temporary('unreachable', 'unreachable', 'the update server cannot be reached: no network, or a firewall between', said),
  },
  {
    pattern: /SSL[^:]*.*|certificate.*/,
    explain: ([said]) => temporary('tls', 'tls', 'there is no safe connection to the update server', said),
  },
  {
    pattern:
      /Malformed database|Database test FAILED|verification failed|Can't verify|transfer closed|Transferred a partial file|Partial file/i,
    explain: ([said]) => temporary('broken', 'protocol', 'the server sent a broken database; the old one stays in use', said),
  },
  {
    pattern: /file not found: (\S+)|HTTP GET failed|HTTP error/,
    explain: ([said]) => temporary('missing', 'server-permanent', 'the update server does not have the file, or refuses it', said),
  },
];

/** null: all went well. A cool-down explains a run that failed without a word of it, and one that ended with 0 all the same. */
export function explainRun(run: FreshclamRun): MailError | null {
  const text = run.said.join('\n');
  const bad = run.exit !== 0 || run.coolDown !== null || /timestamp in the future/.test(text);
  if (!bad) return null;
  for (const { pattern, explain } of explanations) {
    if (run.coolDown !== null && run.exit !== 0 && /HTTP GET/.test(pattern.source)) break;
    const found = pattern.exec(text);
    if (found !== null) return explain(found, run);
  }
  if (run.coolDown !== null)
    return temporary('cooling', 'server-busy', `the update service does not want to be asked (403 or 429)${until(run)}`, '', limitOf(run));
  const last = run.said.findLast((line) => line.startsWith('ERROR')) ?? `freshclam ended with ${run.exit ?? 'a signal'}`;
  return temporary('other', 'io', `the signatures were not updated: ${last}`, last);
}
