// A message with its files, as a stream: files are read from disk while it is written, so that 20 MB cost no memory and no
// pause. compose() builds it with a mark in the place of each file.
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Composed, compose } from './compose.js';

export interface StoredFile {
  readonly name: string;
  readonly type: string;
  readonly path: string;
}

/** Octets that make one line of base64 (76 characters), and how many lines go out at a time. */
const [lineOctets, lines] = [57, 1024];

/** Throws here, not later, what compose() throws. */
export async function composeStream(message: Omit<Composed, 'files'>, files: readonly StoredFile[]): Promise<AsyncIterable<Uint8Array>> {
  const marked = files.map((file) => ({ ...file, mark: Buffer.from(randomBytes(24).toString('hex')) }));
  const built = await compose({
    ...message,
    files: marked.map(({ name, type, mark }) => ({ name, type, content: mark, contentId: null })),
  });
  return pieces(built, marked);
}

interface Marked extends StoredFile {
  readonly mark: Buffer;
}

async function* pieces(built: Buffer, files: readonly Marked[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const { mark, path, type } of files) {
    const whole = isMessage(type);
    const written = whole ? mark : Buffer.from(mark.toString('base64'));
    const place = built.indexOf(written, at);
    yield built.subarray(at, place);
    yield* whole ? unixLines(path) : base64(path);
    at = place + written.length;
  }
  yield built.subarray(at);
}

/** RFC 2046 5.2.1: a message inside a message is not encoded. */
export function isMessage(type: string): boolean {
  return /^message\//i.test(type);
}

async function* base64(path: string): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  const text = (octets: Buffer) => {
    const rows = octets.toString('base64').match(/.{1,76}/g) ?? [];
    const out = Buffer.from(`${first ? '' : '\n'}${rows.join('\n')}`, 'latin1');
    first = false;
    return out;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: lineOctets * lines }) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = rest.length - (rest.length % lineOctets);
    if (whole === 0) continue;
    yield text(rest.subarray(0, whole));
    rest = rest.subarray(whole);
  }
  if (rest.length > 0) yield text(rest);
}

async function* unixLines(path: string): AsyncGenerator<Uint8Array> {
  let held = false;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const text: string = `${held ? '\r' : ''}${chunk.toString('latin1')}`;
    held = text.endsWith('\r');
    yield Buffer.from((held ? text.slice(0, -1) : text).replaceAll('\r\n', '\n'), 'latin1');
  }
}
