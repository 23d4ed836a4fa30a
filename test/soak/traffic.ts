// Mail that arrives while the soak runs, numbered, and another client that takes some of it away.
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Dovecot } from '../support/dovecot.js';
import type { Random } from '../support/mailgen.js';

/** Split, so that no scanner takes this file away. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export interface Traffic {
  readonly sent: () => number;
  arrive(): Promise<void>;
  /** Moves up to three messages out of the maildrop, as another client's retrieve and delete. */
  take(): void;
  /** Numbers of what stands in these folders, one entry a file. */
  numbers(folders: readonly string[]): readonly number[];
  readonly taken: string;
}

export function traffic(dovecot: Dovecot, user: string, folder: string, random: Random): Traffic {
  const taken = join(folder, `taken-${user}`);
  mkdirSync(taken, { recursive: true });
  let sent = 0;
  const message = () => {
    const lines = Math.floor(random() ** 4 * 4_000);
    const body = random() < 0.03 ? `${eicar}\n` : `${sent} line of text ${random()}\n`.repeat(1 + lines);
    const head = `From: <a@b.example>\nTo: <joe@a.example>\nSubject: soak ${sent}\nMessage-ID: <soak-${user}-${sent}@b.example>\n`;
    return `${head}X-Soak: ${sent}\n\n${body}`;
  };
  return {
    sent: () => sent,
    taken,
    async arrive() {
      for (let more = 1 + Math.floor(random() * 4); more > 0; more -= 1) {
        sent += 1;
        await dovecot.deposit(user, message());
      }
    },
    take() {
      const maildir = dovecot.maildirOf(user);
      for (let more = 1 + Math.floor(random() * 3); more > 0; more -= 1) {
        const part = random() < 0.5 ? 'new' : 'cur';
        const names = readdirSync(join(maildir, part));
        const name = names[Math.floor(random() * names.length)];
        if (name !== undefined) rename(join(maildir, part, name), join(taken, name));
      }
    },
    numbers: (folders) => folders.flatMap((each) => messagesBelow(each)),
  };
}

/** Deleted by the fetcher in the meantime: nothing to take. */
function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function messagesBelow(folder: string): number[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\/tmp$/.test(entry.parentPath) && !entry.name.endsWith('.json'))
    .flatMap((entry) => /^X-Soak: (\d+)\r?$/m.exec(readFileSync(join(entry.parentPath, entry.name), 'latin1'))?.[1] ?? [])
    .map(Number);
}
