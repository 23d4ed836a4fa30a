// A held message as .eml in a ZIP with a password, for those who ask what is in it: no scanner on the way takes it away
// and no double click opens it. The password is the one that analysts expect; ZipCrypto, because every program opens it.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { ZipWriter } from '@zip.js/zip.js';
import { MailError } from '../../shared/error.js';
import type { QuarantineView } from '../../shared/message.js';
import type { Part } from './context.js';

export const exportPassword = 'infected';
const prefix = 'held-';

const baseName = (key: string) => `quarantine-${key.slice(0, 12).replace(/[^\w-]/g, '_')}`;

export function exportOf(key: string, partsUrl: (message: string) => string): QuarantineView['exported'] {
  return { url: `${partsUrl(`${prefix}${key}`)}/all?save`, name: `${baseName(key)}.zip`, password: exportPassword };
}

type FindHeld = (key: string) => Promise<{ readonly path: string; readonly headOctets: number } | null>;

/** The part 'all' of `held-KEY`; null: this names no held message. Throws MailError `not-found`. */
export async function exportPart(find: FindHeld, message: string, part: string): Promise<Part | null> {
  if (!message.startsWith(prefix) || part !== 'all') return null;
  const key = message.slice(prefix.length);
  const held = await find(key);
  if (held === null) throw new MailError('not-found', 'that message is not in the quarantine any more', false, { name: key });
  const body = zipped(`${baseName(key)}.eml`, Readable.toWeb(createReadStream(held.path, { start: held.headOctets })));
  return { type: 'application/zip', name: `${baseName(key)}.zip`, octets: null, body };
}

/** Nothing is held but what is under way. */
async function* zipped(name: string, bytes: ReturnType<typeof Readable.toWeb>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const zip = new ZipWriter(writable, { password: exportPassword, zipCrypto: true, useWebWorkers: false });
  const written = zip.add(name, bytes as ReadableStream).then(() => zip.close());
  // Its failure is thrown below; where nobody reads on, it is nobody's.
  written.catch(() => undefined);
  yield* readable as unknown as AsyncIterable<Uint8Array>;
  await written;
}
