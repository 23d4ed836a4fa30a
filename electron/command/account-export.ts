// `todoku account export`: accounts without their secrets, to standard output or into a file of one's own.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { MailError } from '../../shared/error.js';
import { writeAccounts } from '../import/accounts-file.js';
import type { CommandIo } from './io.js';
import { findAccount, withSettings } from './office.js';

/** No names: all accounts. Throws MailError `not-found`, or `not-writable` when the file is there already or cannot be made. */
export async function exportAccounts(names: readonly string[], options: Record<string, unknown>, io: CommandIo): Promise<number> {
  return withSettings(io, async ({ settings }) => {
    const { accounts } = settings.read();
    const chosen = names.length === 0 ? accounts : names.map((name) => findAccount(accounts, name));
    const text = writeAccounts(chosen);
    if (typeof options.output !== 'string') {
      io.out(text.trimEnd());
      return 0;
    }
    writePrivate(options.output, text);
    io.out(io.json ? JSON.stringify({ accounts: chosen.length, path: options.output }) : `${chosen.length} -> ${options.output}`);
    return 0;
  });
}

/** 0600, durable when it returns; an existing file is never overwritten. */
export function writePrivate(path: string, text: string): void {
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new MailError('not-writable', `cannot write ${path}: ${(cause as Error).message}`, false, {
      path,
      said: (cause as Error).message,
      cause,
    });
  }
}
