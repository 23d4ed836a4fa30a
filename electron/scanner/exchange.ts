// One command to clamd and its whole answer, over a socket of our own: VERSION, STATS, RELOAD, ALLMATCHSCAN.
// Messages do not pass here; they go through clamscan (stream.ts).
import { type Endpoint, reach, unreachable } from './endpoint.js';

/** Characters; an answer is a few lines, ALLMATCHSCAN a few hundred. */
const longestAnswer = 1_000_000;

export interface AskOptions {
  /** Octets that follow the command. */
  readonly after?: Buffer;
  readonly signal?: AbortSignal | undefined;
}

/** The answer as text, NULs included. Throws MailError `scanner-unavailable`, and gives up after `milliseconds`. */
export async function ask(endpoint: Endpoint, command: string | Buffer, milliseconds: number, options: AskOptions = {}): Promise<string> {
  const { signal, after = Buffer.alloc(0) } = options;
  const end = Date.now() + milliseconds;
  const socket = await reach(endpoint, milliseconds);
  return await new Promise((resolve, reject) => {
    let answer = '';
    const settle = (why: string | null, cause?: unknown) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.destroy();
      if (why === null) resolve(answer);
      else reject(unreachable(endpoint, why, cause));
    };
    const onAbort = () => settle('cancelled');
    const timer = setTimeout(settle, Math.max(1, end - Date.now()), `no answer within ${milliseconds / 1000} s`);
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      answer += text;
      if (answer.length > longestAnswer) settle('an answer without end');
    });
    socket.on('error', (error) => settle(answer === '' ? error.message : null, error));
    socket.on('close', () => settle(answer === '' ? 'the connection was closed without an answer' : null));
    socket.write(Buffer.concat([Buffer.from('z'), Buffer.from(command), Buffer.from('\0'), after]));
  });
}

/** `ClamAV 1.4.6/27813/date`, or without the database's part where only unofficial signatures are loaded. */
export async function askVersion(endpoint: Endpoint, milliseconds: number): Promise<string> {
  const version = (await ask(endpoint, 'VERSION', milliseconds)).replace(/[\0\r\n]+$/, '');
  if (!version.startsWith('ClamAV')) throw unreachable(endpoint, `this is no clamd, it said: ${printable(version)}`);
  return version;
}

export interface VersionParts {
  readonly engine: string;
  readonly database: string | null;
  /** ISO 8601 UTC. */
  readonly databaseDate: string | null;
}

export function versionParts(version: string): VersionParts {
  const [engine = version, database, date] = version.split('/');
  const when = date === undefined ? Number.NaN : Date.parse(`${date.trim()} UTC`);
  return { engine, database: database ?? null, databaseDate: Number.isNaN(when) ? null : new Date(when).toISOString() };
}

/** Text from the other side, fit for a line of log. */
export function printable(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, '?').slice(0, 200);
}
