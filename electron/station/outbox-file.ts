// The bytes of messages that wait to be sent: home/outbox/HASH.eml, 0600. A file without a row in the ledger is what a crash
// left of a message that was never queued.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { diskError, syncFolder } from '../maildir/deliver.js';
import { type Bytes, writeFileDurably } from '../maildir/keep.js';
import { headerEnd, headerLimit } from '../message/header.js';

/** Hex, 32 digits: also the delivery key of the copy in Sent, by which a second copy is recognised. */
export function outboxKey(id: string): string {
  return createHash('sha256').update(`outbox\0${id}`).digest('hex').slice(0, 32);
}

export function outboxFile(folder: string, id: string): string {
  return join(folder, `${outboxKey(id)}.eml`);
}

/** File and name are durable when it resolves. Resolves to its octets. Throws MailError `disk-full` or `not-writable`. */
export async function writeOutboxFile(folder: string, id: string, bytes: Bytes): Promise<number> {
  const path = outboxFile(folder, id);
  const tmp = `${path}.tmp`;
  try {
    await rm(tmp, { force: true });
    const octets = await writeFileDurably(tmp, bytes);
    await rename(tmp, path);
    await syncFolder(folder);
    return octets;
  } catch (error) {
    await rm(tmp, { force: true }).catch(() => undefined);
    throw diskError(error, folder);
  }
}

/** Removes what no row of `wanted` ids needs. */
export async function sweepOutbox(folder: string, wanted: Iterable<string>): Promise<void> {
  const keep = new Set([...wanted].map((id) => basename(outboxFile(folder, id))));
  for (const name of await readdir(folder)) if (!keep.has(name)) await rm(join(folder, name), { force: true });
}

/** As it goes over the wire: without Bcc (RFC 5322 3.6.3), which only our own copy keeps. */
export async function* onTheWire(path: string): AsyncGenerator<Uint8Array> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = headerEnd(head);
    if (end === head.length && head.length < headerLimit) continue;
    yield withoutBcc(head.subarray(0, end));
    yield head.subarray(end);
    head = null;
  }
  if (head !== null) yield withoutBcc(head);
}

function withoutBcc(header: Buffer): Buffer {
  return Buffer.from(header.toString('latin1').replace(/^(?:Resent-)?Bcc[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*/gim, ''), 'latin1');
}

/** Whether 8BITMIME has to be asked for. */
export async function hasEightBit(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) if (chunk.some((octet) => octet > 127)) return true;
  return false;
}
