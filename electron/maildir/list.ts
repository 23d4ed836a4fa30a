// What lies in a Maildir, by names alone: nothing is opened.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from './deliver.js';
import { parseName } from './names.js';

export interface MaildirFile {
  /** 'new/NAME' or 'cur/NAME'. */
  readonly file: string;
  readonly base: string;
  readonly flags: string;
}

function parse(part: 'new' | 'cur', name: string): MaildirFile {
  const { base, flags } = parseName(name);
  return { file: `${part}/${name}`, base, flags };
}

async function namesIn(path: string): Promise<readonly string[]> {
  try {
    const names = await readdir(path);
    return names.filter((name) => !name.startsWith('.'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw diskError(error, path);
  }
}

/**
 * Every message of new/ and cur/. A message that is renamed while we read may be missed or met twice;
 * of two names with one base the one in cur/ counts. Throws MailError `not-writable` or `maildir`.
 */
export async function listMessages(folder: string): Promise<readonly MaildirFile[]> {
  const fresh = await namesIn(join(folder, 'new'));
  const current = await namesIn(join(folder, 'cur'));
  const byBase = new Map<string, MaildirFile>();
  for (const name of fresh) add(byBase, parse('new', name));
  for (const name of current) add(byBase, parse('cur', name));
  return [...byBase.values()];
}

function add(files: Map<string, MaildirFile>, file: MaildirFile): void {
  files.set(file.base, file);
}

/** Changes whenever a name in new/ or cur/ does (nanoseconds of their mtimes). */
export async function folderStamp(folder: string): Promise<string> {
  const times = await Promise.all(
    ['new', 'cur'].map((part) =>
      stat(join(folder, part), { bigint: true }).then(
        (found) => found.mtimeNs.toString(),
        () => '0',
      ),
    ),
  );
  return times.join(' ');
}

/** The message with this base name, wherever another program has renamed it to. */
export async function findByBase(folder: string, base: string): Promise<MaildirFile | null> {
  for (const part of ['cur', 'new'] as const) {
    const name = (await namesIn(join(folder, part))).find((candidate) => parseName(candidate).base === base);
    if (name !== undefined) return parse(part, name);
  }
  return null;
}
