// Files on their way into the message: in pieces, one file after the other, with how far they are.
import { type ComposeFile, fileOctets, pieceOctets } from '../../shared/compose.js';
import { MailError, toFailure } from '../../shared/error.js';
import { call } from './link.js';
import { createStore } from './store.js';
import { trouble } from './trouble.js';
import { addFile, writing } from './writing.js';

export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly done: number;
  readonly of: number;
}
export const uploads = createStore<readonly Upload[]>([]);
let turn: Promise<void> = Promise.resolve();

export function attachFiles(files: readonly File[]): Promise<void> {
  const draft = writing.get()?.draft.id;
  if (draft === undefined || files.length === 0) return turn;
  uploads.set((now) => [...now, ...files.map(({ name, size }) => ({ id: crypto.randomUUID(), name, done: 0, of: size }))]);
  turn = turn.then(async () => {
    for (const file of files) {
      await attach(draft, file).catch((error: unknown) => trouble.set(toFailure(error)));
      uploads.set((now) => now.slice(1));
    }
  });
  return turn;
}

async function attach(draft: string, file: File): Promise<void> {
  if (file.size > fileOctets)
    throw new MailError('limit', `${file.name} is too large`, false, { limit: `${fileOctets / 1_048_576} MiB`, name: file.name });
  const { name, type } = file;
  let id: string | null = null;
  for (let offset = 0; ; offset += pieceOctets) {
    const piece = file.slice(offset, offset + pieceOctets);
    const last = offset + pieceOctets >= file.size;
    const kept: ComposeFile = await call('compose.attach', { draft, file: id, name, type, offset, data: await base64(piece), last });
    id = kept.id;
    uploads.set((now) => now.map((upload, at) => (at === 0 ? { ...upload, done: kept.octets } : upload)));
    if (last) return addFile(draft, kept);
  }
}

function base64(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(piece);
  });
}
