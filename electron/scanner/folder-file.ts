// One file of a folder scan: by its path where clamd can read it, else through the stream; a file that looks like
// mail also as mail, because clamd alone does not know every mail for one.
import { constants, createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { MailError } from '../../shared/error.js';
import type { Verdict } from '../../shared/verdict.js';
import type { Scanned } from './dispose.js';
import { readReply, verdictOf } from './reply.js';
import type { Scanner } from './scanner.js';

export type FileScanner = Pick<Scanner, 'ready' | 'recheck' | 'scan' | 'scanFile' | 'askPath' | 'limit'>;

export interface FileOptions {
  readonly scanner: FileScanner;
  readonly allMatch: boolean;
  /** always: these are messages of ours; auto: by the look of the first line. */
  readonly mail: 'always' | 'auto';
  readonly signal: AbortSignal;
}

const peekOctets = 1024;
/** A header field at the start, after a byte order mark or not: RFC 5322 section 2.2. */
const mailStart = /^(?:\xef\xbb\xbf)?(?:>?From |[!-9;-~]{1,76}:[ \t])/;

/** Throws where the file cannot be read; the reason is in the error. */
export async function scanOneFile(path: Buffer, options: FileOptions): Promise<{ readonly verdict: Verdict; readonly scanned: Scanned }> {
  // A link put here since the walk is not followed: clamd would call its path OK.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const facts = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(peekOctets), 0, peekOctets, 0);
    const verdict = await examine(path, facts.size, buffer.toString('latin1', 0, bytesRead), options);
    return { verdict, scanned: facts };
  } finally {
    await file.close();
  }
}

async function examine(path: Buffer, octets: number, start: string, options: FileOptions): Promise<Verdict> {
  const { scanner, signal } = options;
  if (octets > scanner.limit()) return { kind: 'unscannable', reason: `larger than the scanner takes (${octets} octets)` };
  const asMail = async () => (await scanner.scan(createReadStream(path), octets, signal)).verdict;
  if (options.mail === 'always') return await asMail();
  const asFile = await plainFile(path, octets, options);
  return asFile.kind === 'clean' && mailStart.test(start) ? await asMail() : asFile;
}

async function plainFile(path: Buffer, octets: number, options: FileOptions): Promise<Verdict> {
  const byPath = await scanByPath(path, options);
  return byPath ?? (await options.scanner.scanFile(createReadStream(path), octets, options.signal)).verdict;
}

/** null: clamd is elsewhere, or may not read this file. */
async function scanByPath(path: Buffer, { scanner, allMatch, signal }: FileOptions): Promise<Verdict | null> {
  try {
    const answer = await scanner.askPath(allMatch ? 'ALLMATCHSCAN' : 'SCAN', path, signal);
    if (answer === null) return null;
    const reply = readReply(answer);
    return reply.kind === 'error' && cannotRead.test(reply.text) ? null : verdictOf(reply);
  } catch (error) {
    if (error instanceof MailError) return { kind: 'unavailable', reason: error.message };
    throw error;
  }
}

const cannotRead = /permission denied|access denied|no such file|file path check|can't open|not supported file type/i;
