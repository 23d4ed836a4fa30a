// The `subscriptions` file beside new/ and cur/, shared with Dovecot: version 2 begins "V\t2\n\n" and divides levels by
// tabs, version 1 is bare lines divided by dots. Written as Dovecot does: into subscriptions.lock, renamed over the old one.
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { diskError } from './deliver.js';

const version2 = 'V\t2\n\n';
/** Dovecot takes a lock over after this long without a change. */
const staleLock = 120_000;

interface Subscriptions {
  readonly version: 1 | 2;
  /** Directories without their leading dot ('Work.Sub'), in the order of the file. */
  readonly names: readonly string[];
}

async function load(root: string): Promise<Subscriptions> {
  const text = await readFile(join(root, 'subscriptions'), 'utf8').catch(() => version2);
  const version = text.startsWith('V\t2') ? 2 : 1;
  const lines = (version === 2 ? text.slice(text.indexOf('\n') + 1) : text).split('\n').filter((line) => line !== '');
  return { version, names: version === 2 ? lines.map((line) => line.split('\t').join('.')) : lines };
}

function print({ version, names }: Subscriptions): string {
  const lines = version === 2 ? names.map((name) => name.split('.').join('\t')) : names;
  return `${version === 2 ? version2 : ''}${lines.map((line) => `${line}\n`).join('')}`;
}

/** Directories (`.Work.Sub`) that are subscribed. An absent file means none. */
export async function readSubscriptions(root: string): Promise<ReadonlySet<string>> {
  const { names } = await load(root);
  return new Set(names.map((name) => `.${name}`));
}

async function lock(path: string): Promise<Awaited<ReturnType<typeof open>>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await open(path, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 100) throw error;
      const held = await stat(path).catch(() => null);
      if (held !== null && Date.now() - held.mtimeMs > staleLock) await rm(path, { force: true });
      else await pause(50);
    }
  }
}

async function change(root: string, edit: (names: readonly string[]) => readonly string[]): Promise<void> {
  const path = join(root, 'subscriptions.lock');
  try {
    const file = await lock(path);
    try {
      const now = await load(root);
      await file.writeFile(print({ version: now.version, names: edit(now.names) }));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(path, join(root, 'subscriptions'));
  } catch (error) {
    throw diskError(error, join(root, 'subscriptions'));
  }
}

/** Adds or removes one folder. Durable when it resolves. */
export function subscribe(root: string, directory: string, subscribed: boolean): Promise<void> {
  const name = directory.replace(/^\./, '');
  return change(root, (names) => [...names.filter((other) => other !== name), ...(subscribed ? [name] : [])]);
}

export async function renameSubscriptions(root: string, pairs: readonly (readonly [string, string])[]): Promise<void> {
  const { names } = await load(root);
  const renamed = new Map(pairs.map(([from, to]) => [from.slice(1), to.slice(1)]));
  if (!names.some((name) => renamed.has(name))) return;
  await change(root, (old) => old.map((name) => renamed.get(name) ?? name));
}
