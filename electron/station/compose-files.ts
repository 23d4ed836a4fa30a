// The files of messages that are being written: run/compose/DRAFT/FILE. Durable they become with the draft that holds them;
// run/ does not outlive the station.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ComposeFile, fileOctets, filesOctets } from '../../shared/compose.js';
import { MailError } from '../../shared/error.js';
import { diskError } from '../maildir/deliver.js';

export interface KeptFile extends ComposeFile {
  readonly path: string;
  /** Of an upload: the last piece has come. */
  readonly whole: boolean;
}
export interface Piece {
  readonly file: string | null;
  readonly name: string;
  readonly type: string;
  readonly offset: number;
  readonly data: string;
  readonly last: boolean;
}
export interface FileShelf {
  readonly files: ReadonlyMap<string, KeptFile>;
  /** Throws MailError `limit`, `conflict` (a piece out of turn), `disk-full`. */
  piece(piece: Piece): Promise<KeptFile>;
  /** `id`: the one that it had before the station ended. */
  add(name: string, type: string, body: AsyncIterable<Uint8Array>, id?: string): Promise<KeptFile>;
  clear(): Promise<void>;
}

export const composeFolder = (run: string) => join(run, 'compose');

export function openShelf(run: string, draft: string): FileShelf {
  const folder = join(composeFolder(run), draft);
  const files = new Map<string, KeptFile>();
  const begin = async (name: string, type: string, id: string = randomUUID()): Promise<KeptFile> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return { id, name: plainName(name), type: plainType(type), octets: 0, path: join(folder, id), whole: false };
  };
  const checked = (file: KeptFile): KeptFile => {
    const others = [...files.values()].filter(({ id }) => id !== file.id).reduce((sum, { octets }) => sum + octets, 0);
    if (file.octets > fileOctets || others + file.octets > filesOctets)
      throw new MailError('limit', 'the attachments are too large', false, { limit: `${filesOctets / 1_048_576} MiB`, name: file.name });
    files.set(file.id, file);
    return file;
  };
  return {
    files,
    async piece({ file, name, type, offset, data, last }) {
      const known = file === null ? await begin(name, type) : files.get(file);
      if (known === undefined || known.whole || known.octets !== offset)
        throw new MailError('conflict', 'the pieces of an attachment came out of turn', false, { name });
      const bytes = Buffer.from(data, 'base64');
      const next = checked({ ...known, octets: offset + bytes.length, whole: last });
      await append(next.path, bytes, offset).catch((error: unknown) => {
        throw diskError(error, folder);
      });
      return next;
    },
    async add(name, type, body, id) {
      const file = await begin(name, type, id);
      let octets = 0;
      const counted = async function* () {
        for await (const chunk of body) {
          octets += chunk.length;
          yield chunk;
        }
      };
      await pipeline(counted, createWriteStream(file.path, { mode: 0o600 }));
      return checked({ ...file, octets, whole: true });
    },
    async clear() {
      files.clear();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function append(path: string, bytes: Buffer, offset: number): Promise<void> {
  const file = await open(path, offset === 0 ? 'w' : 'r+', 0o600);
  try {
    await file.write(bytes, 0, bytes.length, offset);
  } finally {
    await file.close();
  }
}

/** No folders, no control or direction signs (S23). */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').slice(0, 200) || 'file';
}

function plainType(type: string): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type.toLowerCase() : 'application/octet-stream';
}
