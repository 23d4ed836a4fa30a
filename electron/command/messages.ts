// Messages on disk, for the commands that read them: files, folders, Maildirs, `-` for standard input. Never writes.
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { CommandIo } from './io.js';

export interface FoundMessage {
  /** As the user would name it: the path given, and below it. */
  readonly file: string;
  readonly bytes: Uint8Array;
}
export interface Walk {
  /** Octets read of each file at most. */
  readonly limit: number;
  /** Called for each path that cannot be read; the walk goes on. */
  readonly failed: (path: string, reason: string) => void;
}

/** In order of name. A file named outright is a message whatever it holds; in a folder only what begins like one is taken. */
export async function* messagesIn(paths: readonly string[], stdin: Readable, walk: Walk): AsyncGenerator<FoundMessage> {
  for (const path of paths) {
    if (path === '-') yield { file: '-', bytes: await readAll(stdin, walk.limit) };
    else yield* messagesAt(path, walk, true);
  }
}

async function* messagesAt(path: string, walk: Walk, named: boolean): AsyncGenerator<FoundMessage> {
  try {
    const kind = await stat(path);
    if (kind.isDirectory()) yield* messagesBelow(path, walk);
    else if (kind.isFile()) {
      const bytes = await readStart(path, walk.limit);
      if (named || looksLikeMail(bytes)) yield { file: path, bytes };
    } else if (named) walk.failed(path, 'not a file or folder');
  } catch (error) {
    walk.failed(path, error instanceof Error ? error.message : String(error));
  }
}

async function* messagesBelow(folder: string, walk: Walk): AsyncGenerator<FoundMessage> {
  const entries = await readdir(folder, { withFileTypes: true });
  const maildir = entries.some((entry) => entry.name === 'cur' && entry.isDirectory());
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    // A Maildir: tmp/ holds no whole messages, dot folders are Maildir++ folders, other files are somebody's index.
    const skipped = maildir ? !entry.isDirectory() || entry.name === 'tmp' : entry.name.startsWith('.');
    // A link to a folder may lead back here.
    if (!skipped && !(entry.isSymbolicLink() && (await isFolder(join(folder, entry.name)))))
      yield* messagesAt(join(folder, entry.name), walk, false);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (kind) => kind.isDirectory(),
    () => false,
  );
}

/** A header field, or mbox's separator, in the first line. */
function looksLikeMail(bytes: Uint8Array): boolean {
  const first = Buffer.from(bytes.subarray(0, 1000)).toString('latin1').split('\n', 1)[0] ?? '';
  return /^(?:>?From \S|[!-9;-~]{1,76}[ \t]*:)/.test(first);
}

async function readStart(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.min(size, limit));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

async function readAll(stdin: Readable, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    if (octets < limit) chunks.push(bytes);
    octets += bytes.length;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

/** Says on standard error what could not be read, with control characters shown (S22), and remembers that it happened. */
export class Failures {
  seen = false;
  constructor(
    private readonly io: CommandIo,
    private readonly command: string,
  ) {}
  readonly add = (path: string, reason: string): void => {
    this.seen = true;
    this.io.err(printable(`${this.command}: ${path}: ${reason}`));
  };
}

/** Control characters and direction marks as `\x1b`: nothing from a mail or a file name reaches a terminal as such. */
export function printable(text: string): string {
  return text.replaceAll(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
