// What lies in a folder of signatures: name, version, build date and count of each database, from the 512 octets
// at the head of a .cvd or .cld (no sigtool), or by counting the lines of a plain one.
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignaturesState } from '../../shared/station.js';

export type Database = SignaturesState['databases'][number];

const packed = /\.(cvd|cld|cud)$/;
const plain = /\.(hdb|hsb|ndb|ldb|mdb|msb|db|cdb|crb|yar|yara)$/;
const headLength = 512;

/** `ClamAV-VDB:build time:version:signatures:level:md5:dsig:builder:seconds`. null: this is no such head. */
export function readHead(head: string): Omit<Database, 'name'> | null {
  const fields = head.split(':');
  if (fields[0] !== 'ClamAV-VDB') return null;
  const seconds = Number(fields[8]?.trim());
  const built = seconds > 0 ? new Date(seconds * 1000) : buildTime(fields[1] ?? '');
  return { version: whole(fields[2]), built: built?.toISOString() ?? null, signatures: whole(fields[3]) };
}

/** `16 Sep 2021 08-32 -0400`: a hyphen, because the head is parted by colons. */
function buildTime(text: string): Date | null {
  const milliseconds = Date.parse(text.replace(/(\d\d)-(\d\d) /, '$1:$2 '));
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds);
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : null;
}

/** By name. A folder that cannot be read holds nothing. */
export async function readDatabases(folder: string): Promise<readonly Database[]> {
  const names = await readdir(folder).catch(() => []);
  const known = names.filter((name) => packed.test(name) || plain.test(name)).sort();
  const databases = await Promise.all(known.map((name) => readDatabase(folder, name).catch(() => null)));
  return databases.filter((database) => database !== null);
}

async function readDatabase(folder: string, name: string): Promise<Database> {
  const path = join(folder, name);
  const head = packed.test(name) ? readHead(await firstOctets(path)) : null;
  if (head !== null) return { name, ...head };
  return { name, version: null, built: null, signatures: packed.test(name) ? null : await countLines(path) };
}

async function firstOctets(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

// Plain databases of others have millions of lines; they are counted once for each version of the file.
const counted = new Map<string, { readonly stamp: string; readonly lines: number }>();

async function countLines(path: string): Promise<number> {
  const { mtimeMs, size } = await stat(path);
  const stamp = `${mtimeMs} ${size}`;
  const before = counted.get(path);
  if (before?.stamp === stamp) return before.lines;
  let lines = 0;
  let atStart = true;
  for await (const piece of createReadStream(path)) {
    for (const octet of piece as Buffer) {
      if (octet === 0x0a) atStart = true;
      else if (atStart) {
        atStart = false;
        if (octet !== 0x23) lines += 1;
      }
    }
  }
  counted.set(path, { stamp, lines });
  return lines;
}
