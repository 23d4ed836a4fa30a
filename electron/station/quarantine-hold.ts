// Move a message that stands in a mailbox into the quarantine: the reason first, then the message by link, read back and durable.
// Only then does the caller take it out of the mailbox; killed between the two it is in both, and done again it is found there.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { MailError } from '../../shared/error.js';
import type { Verdict } from '../../shared/verdict.js';
import { beginDelivery, syncFolder } from '../maildir/deliver.js';
import { deliveryKey, parseName } from '../maildir/names.js';
import { ownHeadOctets } from '../message/stamp.js';
import type { Context } from './context.js';
import { findMailboxes, type LocalMailbox } from './mailboxes.js';
import { type Held, heldByKey } from './quarantine.js';
import { type QuarantineReason, writeReason } from './quarantine-deliver.js';

/** Throws a MailError; then the message is still where it was. */
export type HoldMessage = (path: Buffer, verdict: Verdict) => Promise<void>;

export function holder(context: Context): HoldMessage {
  const { home, settings, emit } = context;
  return async (file, verdict) => {
    const path = file.toString();
    const boxes = await findMailboxes(home.mail, settings.read());
    const raw = await readFile(file);
    const reason = reasonFor({ path, raw, verdict, box: boxes.find((box) => path.startsWith(`${box.path}/`)) });
    await hold(home.quarantine, reason, raw);
    emit('quarantine.changed', {});
    emit('status.changed', {});
  };
}

interface Standing {
  readonly path: string;
  readonly raw: Buffer;
  readonly verdict: Verdict;
  readonly box: LocalMailbox | undefined;
}

function reasonFor({ path, raw, verdict, box }: Standing): QuarantineReason {
  const headOctets = ownHeadOctets(raw);
  const { base, key } = parseName(basename(path));
  const originalTo = /^X-Original-To: (.*)$/m.exec(raw.toString('latin1', 0, headOctets))?.[1];
  return {
    key: key ?? deliveryKey('mailbox', base, raw.length),
    verdict,
    account: box?.account ?? '',
    mailboxes: box === undefined ? [] : [{ maildir: box.path, address: box.address, originalTo: originalTo ?? box.address }],
    quarantined: new Date().toISOString(),
    scannedWith: '',
    headOctets,
    sha256: createHash('sha256').update(raw.subarray(headOctets)).digest('hex'),
  };
}

/** The same message held already, from another mailbox or by an attempt that was cut short, is for both from now on. */
async function hold(quarantine: string, reason: QuarantineReason, raw: Buffer): Promise<void> {
  const held = await heldByKey(quarantine, reason.key);
  if (held === null) return await enter(quarantine, reason, raw);
  const original = (await readFile(held.path)).subarray(held.reason.headOctets);
  if (original.equals(raw.subarray(reason.headOctets))) return await join(quarantine, held, reason);
  await hold(quarantine, { ...reason, key: deliveryKey('mailbox', reason.sha256, raw.length) }, raw);
}

async function join(quarantine: string, held: Held, reason: QuarantineReason): Promise<void> {
  const known = new Set(held.reason.mailboxes.map(({ maildir }) => maildir));
  const more = reason.mailboxes.filter(({ maildir }) => !known.has(maildir));
  await writeReason(quarantine, { ...held.reason, mailboxes: [...held.reason.mailboxes, ...more] });
  await syncFolder(`${quarantine}/new`);
}

async function enter(quarantine: string, reason: QuarantineReason, raw: Buffer): Promise<void> {
  await writeReason(quarantine, reason);
  const draft = await beginDelivery(quarantine, reason.key);
  let file: string;
  try {
    await draft.write([raw]);
    await draft.seal();
    file = await draft.link();
  } catch (error) {
    await draft.abort();
    throw error;
  }
  await syncFolder(`${quarantine}/new`);
  if (!(await readFile(file)).equals(raw))
    throw new MailError('delivery', `what stands in ${file} is not what was written; the message stays in its mailbox`, false, {
      path: file,
    });
}
