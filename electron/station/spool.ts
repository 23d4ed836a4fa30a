// One message while it is under way: in memory while small, in a file of the run folder when large. Its bytes are what the
// server sent, with LF line ends; its SHA-256 is taken on the way.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../maildir/deliver.js';
import { headerEnd, headerLimit } from '../message/header.js';
import { nudge } from '../pop3/nudge.js';

/** Octets held in memory for one message; the rest of a larger one goes to disk. */
export const memoryLimit = 524_288;

export interface Spool {
  readonly octets: number;
  /** Hex. */
  readonly sha256: string;
  /** The header block (at most 1 MiB of it). */
  readonly header: Buffer;
  /** The whole message if it is in memory, else null. */
  readonly memory: readonly Uint8Array[] | null;
  /** The bytes again, from the start; may be read several times. */
  read(): AsyncIterable<Uint8Array>;
  /** Frees the memory or the file. */
  drop(): Promise<void>;
}

let count = 0;

/** Drains `body`. Throws what the body throws, or a MailError of the disk; nothing is left behind then. */
export async function spoolBody(body: AsyncIterable<Uint8Array>, runFolder: string): Promise<Spool> {
  const path = join(runFolder, `spool-${process.pid}-${++count}`);
  const hash = createHash('sha256');
  const start: Uint8Array[] = [];
  const files: FileHandle[] = [];
  let octets = 0;
  try {
    for await (const chunk of body) {
      hash.update(chunk);
      octets += chunk.length;
      if (files.length === 0 && octets <= memoryLimit) start.push(chunk);
      else await spill(files, path, runFolder, start, chunk);
    }
  } catch (error) {
    await files[0]?.close();
    await rm(path, { force: true });
    throw error;
  }
  await files[0]?.close();
  return files.length === 0 ? inMemory(Buffer.concat(start), hash.digest('hex')) : await onDisk(path, octets, hash.digest('hex'));
}

function inMemory(bytes: Buffer, sha256: string): Spool {
  return {
    octets: bytes.length,
    sha256,
    header: bytes.subarray(0, headerEnd(bytes)),
    memory: [bytes],
    read: () => once(bytes),
    drop: () => Promise.resolve(),
  };
}

async function onDisk(path: string, octets: number, sha256: string): Promise<Spool> {
  const file = await open(path, 'r');
  try {
    const first = Buffer.alloc(Math.min(octets, headerLimit));
    await file.read(first, 0, first.length, 0);
    const header = Buffer.from(first.subarray(0, headerEnd(first)));
    return { octets, sha256, header, memory: null, read: () => readFrom(path), drop: () => rm(path, { force: true }) };
  } finally {
    await file.close();
  }
}

/** The message has outgrown memory: what is held goes to the file first, then the chunk. */
async function spill(files: FileHandle[], path: string, folder: string, start: Uint8Array[], chunk: Uint8Array): Promise<void> {
  try {
    const file = files[0] ?? (await open(path, 'wx', 0o600));
    if (files.length === 0) files.push(file);
    for (const part of [...start.splice(0), chunk]) await file.writeFile(part);
  } catch (error) {
    throw diskError(error, folder);
  }
}

/** Dead chunks are collected as they pass: V8 would let them pile up far beyond the message's share of memory. */
async function* readFrom(path: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: 131_072 })) {
    yield chunk as Buffer;
    nudge((chunk as Buffer).length);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
