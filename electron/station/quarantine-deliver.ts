// Put a message into the quarantine: the reason beside it first, durable, then the message by link like any delivery.
// quarantine/reason/KEY.json says why, for whom, from which account; quarantine/{tmp,new,cur} is a Maildir.
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verdict } from '../../shared/verdict.js';
import { diskError, syncFolder } from '../maildir/deliver.js';

export interface QuarantineReason {
  readonly key: string;
  readonly verdict: Verdict;
  readonly account: string;
  /** Maildirs it was for, with their addresses. */
  readonly mailboxes: readonly { readonly maildir: string; readonly address: string; readonly originalTo: string }[];
  /** ISO 8601 UTC. */
  readonly quarantined: string;
  readonly scannedWith: string;
  /** Octets of the header lines we put on top; what follows is the message as it was. */
  readonly headOctets: number;
  readonly sha256: string;
}

export const reasonFolder = (quarantine: string) => join(quarantine, 'reason');

/** Durable when it resolves: file and folder are fsynced. Throws a MailError of the disk. */
export async function writeReason(quarantine: string, reason: QuarantineReason): Promise<void> {
  const folder = reasonFolder(quarantine);
  const path = join(folder, `${reason.key}.json`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(`${path}.tmp`, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(reason)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.tmp`, path);
  } catch (error) {
    throw diskError(error, folder);
  }
  await syncFolder(folder);
}
