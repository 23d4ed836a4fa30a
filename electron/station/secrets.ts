// Secrets by reference: the desktop's keyring, a 0600 file (said to be so), a command, or memory for this session.
// Values leave this file only towards a login; nothing here is ever sent to a window (S18).
import { execFile } from 'node:child_process';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { SecretReference } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { Home, Keyring } from './context.js';

/** `relay`: the login of the account's delivery target. */
export type SecretUse = 'receive' | 'send' | 'relay';

export interface Secrets {
  /** Throws MailError `secret-missing` or `secret-command`. */
  read(account: string, reference: SecretReference, use?: SecretUse): Promise<string>;
  /** Durable when it resolves, unless the reference is `session`. A `command` stores nothing. */
  write(account: string, reference: SecretReference, secret: string, use?: SecretUse): Promise<void>;
  known(account: string, reference: SecretReference, use?: SecretUse): boolean;
  forget(account: string): void;
}

interface Stored {
  readonly sealed: boolean;
  readonly value: string;
}
type Store = Record<string, Stored>;

const commandSeconds = 30;

export function openSecrets(home: Home, keyring: Keyring | null): Secrets {
  const session = new Map<string, string>();
  const name = (account: string, use: SecretUse) => `${account}/${use}`;
  const missing = (account: string, why: string) =>
    new MailError('secret-missing', `no password for ${account}: ${why}`, true, { account, said: why });
  return {
    async read(account, reference, use = 'receive') {
      const here = session.get(name(account, use));
      if (here !== undefined) return here;
      if (reference.kind === 'command') return runCommand(account, reference.command);
      if (reference.kind === 'session') throw missing(account, 'it was kept for one session only');
      const stored = readStore(home.secrets)[name(account, use)];
      if (stored === undefined) throw missing(account, 'none was saved');
      if (!stored.sealed) return stored.value;
      if (keyring === null) throw missing(account, 'it is sealed in the desktop keyring, which only the desktop app can open');
      return keyring.open(stored.value);
    },
    async write(account, reference, secret, use = 'receive') {
      if (reference.kind === 'command') return;
      session.set(name(account, use), secret);
      if (reference.kind === 'session') return;
      const stored =
        reference.kind === 'keyring' && keyring !== null
          ? { sealed: true, value: await keyring.seal(secret) }
          : { sealed: false, value: secret };
      writeStore(home.secrets, { ...readStore(home.secrets), [name(account, use)]: stored });
    },
    known: (account, reference, use = 'receive') =>
      reference.kind === 'command' ||
      session.has(name(account, use)) ||
      (reference.kind !== 'session' && Object.hasOwn(readStore(home.secrets), name(account, use))),
    forget(account) {
      session.delete(name(account, 'receive'));
      session.delete(name(account, 'send'));
      session.delete(name(account, 'relay'));
      const kept = Object.entries(readStore(home.secrets)).filter(([key]) => !key.startsWith(`${account}/`));
      writeStore(home.secrets, Object.fromEntries(kept));
    },
  };
}

/** How many are stored sealed by the keyring, and how many as they are. Throws MailError `secret-missing` where the file cannot be read. */
export function countStored(path: string): { readonly sealed: number; readonly plain: number } {
  const stored = Object.values(readStore(path));
  const sealed = stored.filter((one) => one.sealed).length;
  return { sealed, plain: stored.length - sealed };
}

/** First line of the command's output. It runs by the shell because its author is the owner of the settings, never mail. */
function runCommand(account: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('/bin/sh', ['-c', command], { timeout: commandSeconds * 1000, maxBuffer: 1_000_000 }, (error, stdout, stderr) => {
      const line = stdout.split(/\r?\n/, 1)[0] ?? '';
      if (error === null && line !== '') return resolve(line);
      const said = error === null ? 'it printed nothing' : stderr.trim().split('\n').at(-1) || `it ended with code ${String(error.code)}`;
      reject(new MailError('secret-command', `the password command of ${account} failed: ${said}`, true, { account, said }));
    });
  });
}

function readStore(path: string): Store {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Store;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new MailError('secret-missing', `cannot read ${path}: ${(cause as Error).message}`, true, { cause, path });
  }
}

const storeSchema = z.record(z.string().max(1000), z.strictObject({ sealed: z.boolean(), value: z.string() }));

/** Adds the secrets of a backup that are not here; what is here is newer and stays. How many were added. */
export function mergeSecrets(path: string, given: unknown): number {
  const parsed = storeSchema.safeParse(given);
  if (!parsed.success) throw new MailError('usage', 'the secrets in this backup cannot be read', false, { path });
  const here = readStore(path);
  const added = Object.entries(parsed.data).filter(([name]) => !Object.hasOwn(here, name));
  if (added.length > 0) writeStore(path, { ...Object.fromEntries(added), ...here });
  return added.length;
}

function writeStore(path: string, store: Store): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(store, null, 2)}\n`);
    fsyncSync(file);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new MailError('not-writable', `cannot write ${path}: ${(cause as Error).message}`, true, { cause, path });
  } finally {
    closeSync(file);
  }
}
