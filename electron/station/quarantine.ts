// The quarantine: what is held and why; rescan, release to the mailbox it was for, delete.
// Release: written into the mailbox with its key, fsynced, linked, read back; only then does it leave the quarantine.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../shared/error.js';
import type { HeaderLine, QuarantineRow, QuarantineView } from '../../shared/message.js';
import type { Verdict } from '../../shared/verdict.js';
import { beginDelivery, syncFolder } from '../maildir/deliver.js';
import { parseName } from '../maildir/names.js';
import { envelopeSender, headerEnd } from '../message/header.js';
import { virusStatus } from '../message/stamp.js';
import type { Calls, Context } from './context.js';
import { findKeys } from './keys.js';
import { type QuarantineReason, reasonFolder, writeReason } from './quarantine-deliver.js';
import { exportOf } from './quarantine-export.js';

export interface QuarantineDeps extends Context {
  readonly scan: (bytes: Buffer) => Promise<{ readonly verdict: Verdict; readonly scannedWith: string }>;
  readonly decode: (header: Buffer) => {
    readonly from: string;
    readonly to: string;
    readonly subject: string;
    readonly headers: readonly HeaderLine[];
  };
  /** Text and attachment names of a held file. */
  readonly preview: (path: string) => Promise<Pick<QuarantineView, 'text' | 'attachments'>>;
  readonly arrived: (maildir: string, path: string) => void;
  readonly released: (key: string) => string | null;
  /** Base of the URLs of a message's parts. */
  readonly partsUrl: (message: string) => string;
}

export interface Held {
  readonly reason: QuarantineReason;
  readonly path: string;
}

export type QuarantineCalls = Calls<
  'quarantine.list' | 'quarantine.open' | 'quarantine.rescan' | 'quarantine.release' | 'quarantine.remove'
>;

export function quarantineCalls(deps: QuarantineDeps): QuarantineCalls {
  const { quarantine } = deps.home;
  const changed = () => {
    deps.emit('quarantine.changed', {});
    deps.emit('status.changed', {});
  };
  const find = async (id: string): Promise<Held> => {
    const held = (await heldMessages(quarantine)).find(({ reason }) => reason.key === id);
    if (held === undefined) throw new MailError('not-found', 'that message is not in the quarantine any more', false, { name: id });
    return held;
  };
  return {
    'quarantine.list': async () => Promise.all((await heldMessages(quarantine)).map((held) => toRow(deps, held))),
    'quarantine.open': async ({ id }) => openHeld(deps, await find(id)),
    async 'quarantine.rescan'({ ids }) {
      const rows: QuarantineRow[] = [];
      for (const id of ids) {
        const held = await find(id);
        const raw = await readFile(held.path);
        const { verdict, scannedWith } = await deps.scan(raw.subarray(held.reason.headOctets));
        const known = verdict.kind === 'unavailable' ? held.reason : { ...held.reason, verdict, scannedWith };
        if (known !== held.reason) await writeReason(quarantine, known);
        rows.push(await toRow(deps, { ...held, reason: known }));
      }
      changed();
      return rows;
    },
    async 'quarantine.release'({ id }) {
      const held = await find(id);
      const { mailboxes } = held.reason;
      if (mailboxes.length === 0) throw new MailError('not-found', 'the mailbox it was for is not known', false, { name: id });
      // Every mailbox it was for has it, durably, before it leaves the quarantine.
      for (const { maildir } of mailboxes) await release(deps, held, maildir);
      await discard(quarantine, held);
      const to = mailboxes.map(({ address }) => address).join(', ');
      deps.log('info', `released ${id} (${virusStatus(held.reason.verdict)}) to ${to}`);
      changed();
      return { mailbox: to, message: deps.released(held.reason.key) };
    },
    async 'quarantine.remove'({ ids }) {
      for (const id of ids) {
        await discard(quarantine, await find(id));
        deps.log('info', `deleted ${id} from the quarantine`);
      }
      changed();
    },
  };
}

/** null: it is not held. */
export async function heldByKey(quarantine: string, key: string): Promise<Held | null> {
  return (await heldMessages(quarantine)).find(({ reason }) => reason.key === key) ?? null;
}

/** Where a held message lies, and how many of its first octets are ours; null: it is not held. */
export async function placeOfHeld(quarantine: string, key: string): Promise<{ readonly path: string; readonly headOctets: number } | null> {
  const held = await heldByKey(quarantine, key);
  return held === null ? null : { path: held.path, headOctets: held.reason.headOctets };
}

/** How many messages are held. */
export async function countHeld(quarantine: string): Promise<number> {
  const counts = await Promise.all(['new', 'cur'].map(async (part) => (await readdir(join(quarantine, part)).catch(() => [])).length));
  return counts.reduce((sum, count) => sum + count, 0);
}

const day = 86_400_000;

/** Deletes what has been held for more than `days` (0: nothing). What has no date, because its note is lost, stays. Returns how many. */
export async function sweepHeld(quarantine: string, days: number, now = Date.now()): Promise<number> {
  if (days === 0) return 0;
  const old = (await heldMessages(quarantine)).filter(({ reason }) => now - Date.parse(reason.quarantined) > days * day);
  for (const held of old) await discard(quarantine, held);
  return old.length;
}

/** Every message with its reason. A file whose reason is lost is still shown: it was held, so it stays held. */
async function heldMessages(quarantine: string): Promise<readonly Held[]> {
  const held: Held[] = [];
  for (const part of ['new', 'cur']) {
    for (const name of await readdir(join(quarantine, part)).catch(() => [])) {
      const path = join(quarantine, part, name);
      const { key } = parseName(name);
      if (key === null) continue;
      held.push({ path, reason: await readReason(quarantine, key) });
    }
  }
  return held.sort((a, b) => b.reason.quarantined.localeCompare(a.reason.quarantined));
}

async function readReason(quarantine: string, key: string): Promise<QuarantineReason> {
  try {
    return JSON.parse(await readFile(join(reasonFolder(quarantine), `${key}.json`), 'utf8')) as QuarantineReason;
  } catch {
    return {
      key,
      verdict: { kind: 'unscannable', reason: 'the note of why it was held is lost' },
      account: '',
      mailboxes: [],
      quarantined: '',
      scannedWith: '',
      headOctets: 0,
      sha256: '',
    };
  }
}

async function toRow(deps: QuarantineDeps, { reason, path }: Held): Promise<QuarantineRow> {
  const raw = await readFile(path);
  const original = raw.subarray(reason.headOctets);
  const { from, to, subject } = deps.decode(Buffer.from(original.subarray(0, headerEnd(original))));
  const { verdict } = reason;
  return {
    id: reason.key,
    reason: verdict,
    signatures: 'signatures' in verdict ? verdict.signatures : [],
    from: from || envelopeSender(original),
    to,
    subject,
    octets: original.length,
    account: reason.account,
    mailbox: reason.mailboxes[0]?.address ?? '',
    quarantined: reason.quarantined,
    scannedWith: reason.scannedWith,
  };
}

async function openHeld(deps: QuarantineDeps, held: Held): Promise<QuarantineView> {
  const original = (await readFile(held.path)).subarray(held.reason.headOctets);
  const { headers } = deps.decode(Buffer.from(original.subarray(0, headerEnd(original))));
  const preview = await deps.preview(held.path);
  return {
    ...(await toRow(deps, held)),
    headers,
    ...preview,
    sha256: createHash('sha256').update(original).digest('hex'),
    exported: exportOf(held.reason.key, deps.partsUrl),
  };
}

/** Durable in the mailbox, and read back, when it resolves. A release that was cut short finds its own file by key and goes on. */
async function release(deps: QuarantineDeps, { path, reason }: Held, maildir: string): Promise<void> {
  const raw = await readFile(path);
  if ((await findKeys([maildir])).has(reason.key)) return syncFolder(join(maildir, 'new'));
  const note = Buffer.from(`X-Todoku-Released: ${new Date().toUTCString().replace('GMT', '+0000')}\n`);
  const draft = await beginDelivery(maildir, reason.key);
  let file: string;
  try {
    await draft.write([note, raw]);
    await draft.seal();
    file = await draft.link();
  } catch (error) {
    await draft.abort();
    throw error;
  }
  await syncFolder(join(maildir, 'new'));
  const written = await readFile(file);
  if (!written.subarray(note.length).equals(raw))
    throw new MailError('delivery', `what stands in ${file} is not what was written; the quarantined copy stays`, false, { path: file });
  deps.arrived(maildir, file);
}

async function discard(quarantine: string, { path, reason }: Held): Promise<void> {
  await rm(path, { force: true });
  await syncFolder(join(path, '..'));
  await rm(join(reasonFolder(quarantine), `${reason.key}.json`), { force: true });
}
