// The outbox: what was queued is sent once, whatever crashes. The row says `sending` before the end of the message goes out and
// `sent` after the server's 250; killed between the two, it is held and the person is asked. Then the copy goes to Sent.
import { rm } from 'node:fs/promises';
import { MailError, toFailure } from '../../shared/error.js';
import type { OutboxRow, Settlement } from '../../shared/outbox.js';
import type { Bytes } from '../maildir/keep.js';
import type { Calls, Context } from './context.js';
import { hasEightBit, onTheWire, outboxFile, sweepOutbox, writeOutboxFile } from './outbox-file.js';
import { afterAnswers, afterCrash, afterFailure, settledBy } from './outbox-outcome.js';
import type { Change, Mark, OutboxRows, StoredMessage } from './outbox-rows.js';
import type { SmtpOptions } from './smtp-probe.js';

export interface Outgoing {
  /** The same id twice is one message: also after it was sent or cancelled. */
  readonly id: string;
  readonly account: string;
  /** '' is the null sender. */
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly kind: 'mail' | 'bounce';
  /** Where the copy goes once it is sent (a Maildir folder's absolute path); null: none is kept. */
  readonly sentFolder: string | null;
  /** Milliseconds since 1970; default: at once. */
  readonly notBefore?: number;
  readonly subject?: string;
  readonly mark?: Mark | null;
}

export interface OutboxDeps extends Pick<Context, 'home' | 'log' | 'emit'> {
  readonly rows: OutboxRows;
  /** Throws MailError where the account cannot send. */
  readonly optionsOf: (account: string) => Promise<Omit<SmtpOptions, 'onStep'>>;
  /** Files the copy, once for a key however often it is called. Durable when it resolves. */
  readonly fileCopy: (sentFolder: string, id: string, path: string) => Promise<void>;
  /** The message as a draft of its account; durable when it resolves. Its id, where the catalog knows it. */
  readonly toDraft: (row: StoredMessage, path: string) => Promise<string | null>;
  readonly marked: (mark: Mark) => Promise<void>;
  /** Old rows are sent by themselves only in a station that stays. */
  readonly schedule: boolean;
}

export interface Outbox {
  /** Durable when it resolves. Throws MailError `disk-full`, `not-writable` or `usage` (no recipient). */
  queue(message: Outgoing, bytes: Bytes): Promise<void>;
  readonly calls: Calls<'outbox.list' | 'outbox.settle'>;
  /** Tries now what is due. */
  wake(): void;
  /** The same, for a station that does not stay: resolves when nothing is under way, with the rows it tried. */
  flush(): Promise<readonly OutboxRow[]>;
  /** Stops what can be stopped without doubt, and waits for the rest. */
  close(): Promise<void>;
}

const day = 86_400_000;
/** Milliseconds between two looks, whatever the clock does (a machine that slept). */
const longestSleep = 60_000;
/** Milliseconds that closing waits for a server's last answer; without it, the row is held at the next start. */
const closingPatience = 20_000;
/** Ids are remembered for this long after their message has gone. */
const remembered = 400 * day;
/** `notBefore` of a queued row that is becoming a draft: what the next start finds so, it goes on with. */
const becomingDraft = Number.MAX_SAFE_INTEGER;

interface Running {
  readonly account: string;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export async function openOutbox(deps: OutboxDeps): Promise<Outbox> {
  const { rows, home, log } = deps;
  const running = new Map<string, Running>();
  const queueing = new Map<string, Promise<void>>();
  const editing = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const change = (id: string, to: Change) => {
    const row = rows.change(id, to);
    deps.emit('outbox.changed', {});
    return row;
  };
  const fileOf = (id: string) => outboxFile(home.outbox, id);

  /** After the last word: the copy in Sent, the flag of what was answered, and the bytes go. May be done again after a crash. */
  const finish = async (row: StoredMessage): Promise<void> => {
    const sent = row.recipients.some(({ state }) => state === 'accepted');
    if (sent && row.sentFolder !== null && !row.copied) {
      try {
        await deps.fileCopy(row.sentFolder, row.id, fileOf(row.id));
      } catch (error) {
        log('error', `sent, but not copied to Sent: ${toFailure(error).message}`, row.account);
        change(row.id, { failure: toFailure(error), next: Date.now() + longestSleep });
        return;
      }
    }
    if (sent && row.mark !== null)
      await deps.marked(row.mark).catch((error: unknown) => log('warn', `not marked: ${toFailure(error).message}`, row.account));
    if (sent && !row.copied) change(row.id, { copied: true, ...(row.state === 'sent' ? { failure: null, next: null } : {}) });
    if (row.state === 'sent') await rm(fileOf(row.id), { force: true });
  };

  const attempt = async (row: StoredMessage, signal: AbortSignal): Promise<StoredMessage> => {
    try {
      const options = await deps.optionsOf(row.account);
      const { submit } = await import('./submit.js');
      const answers = await submit(options, {
        sender: row.sender,
        recipients: row.recipients.filter(({ state }) => state === 'waiting').map(({ address }) => address),
        octets: row.octets,
        eightBit: await hasEightBit(fileOf(row.id)),
        body: () => onTheWire(fileOf(row.id)),
        beforeEnd: () => void rows.change(row.id, { state: 'sending' }),
        signal,
      });
      return change(row.id, afterAnswers(row, answers, Date.now()));
    } catch (error) {
      const after = afterFailure(row, error, Date.now());
      if (after.failure) log('warn', `not sent: ${after.failure.message}`, row.account);
      return change(row.id, after);
    }
  };

  /** The program ended before the row had become one. It is never sent instead: the person wanted to change it. */
  const draftAfterCrash = async (row: StoredMessage): Promise<StoredMessage> => {
    try {
      await deps.toDraft(row, fileOf(row.id));
      return await gone(row.id);
    } catch (error) {
      return change(row.id, { state: 'failed', notBefore: 0, failure: toFailure(error) });
    }
  };

  const start = (row: StoredMessage) => {
    const abort = new AbortController();
    const work = (): Promise<StoredMessage> => (row.notBefore === becomingDraft ? draftAfterCrash(row) : attempt(row, abort.signal));
    const done = (row.state === 'queued' ? work() : Promise.resolve(row))
      .then(finish)
      .catch((error: unknown) => log('error', `outbox: ${toFailure(error).message}`, row.account))
      .finally(() => {
        running.delete(row.id);
        wake();
      });
    running.set(row.id, { account: row.account, abort, done });
    if (row.state === 'queued') deps.emit('outbox.changed', {});
  };

  /** When a row wants something: null for never. */
  const dueAt = (row: StoredMessage): number | null => {
    if (row.state === 'queued') return row.notBefore === becomingDraft ? 0 : Math.max(row.notBefore, row.next ?? 0);
    const copyOwed = row.sentFolder !== null && !row.copied && row.recipients.some(({ state }) => state === 'accepted');
    return (row.state === 'sent' || row.state === 'failed') && copyOwed ? (row.next ?? 0) : null;
  };

  const wake = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (closed) return;
    const now = Date.now();
    let soonest = now + longestSleep;
    // Oldest first, one message at a time for an account.
    for (const row of [...rows.open(now)].reverse()) {
      const due = dueAt(row);
      const busy = running.has(row.id) || editing.has(row.id) || [...running.values()].some(({ account }) => account === row.account);
      if (due === null || busy) continue;
      if (due <= now) start(row);
      else soonest = Math.min(soonest, due);
    }
    timer = setTimeout(wake, Math.max(10, soonest - now));
    timer.unref();
  };

  const store = async (message: Outgoing, bytes: Bytes): Promise<void> => {
    if (rows.find(message.id) !== null) return;
    if (message.recipients.length === 0) throw new MailError('usage', 'the message has no recipient', false);
    const octets = await writeOutboxFile(home.outbox, message.id, bytes);
    const { sentFolder, subject = '', mark = null, notBefore = 0 } = message;
    rows.insert({
      ...message,
      recipients: [...new Set(message.recipients)].map((address) => ({ address, state: 'waiting', said: null })),
      ...{ subject: subject.slice(0, 1000), octets, state: 'queued', created: Date.now(), notBefore, next: null, attempts: 0 },
      ...{ failure: null, sentFolder, copied: false, mark },
    });
    deps.emit('outbox.changed', {});
    wake();
  };

  /** The row, with no attempt under way. Throws MailError `not-found`, or `conflict` where it has gone out meanwhile. */
  const halted = async (id: string, states: readonly StoredMessage['state'][]): Promise<StoredMessage> => {
    const active = running.get(id);
    active?.abort.abort();
    await active?.done;
    const row = rows.find(id);
    if (row === null || row.state === 'cancelled') throw new MailError('not-found', 'this message is no longer in the outbox', false);
    if (!states.includes(row.state)) throw new MailError('conflict', 'the message has been sent already', false, { name: row.subject });
    return row;
  };
  const gone = async (id: string): Promise<StoredMessage> => {
    const row = change(id, { state: 'cancelled', failure: null, next: null });
    await rm(fileOf(id), { force: true });
    return row;
  };
  const settlement: Readonly<Record<Settlement, (id: string) => Promise<string | null>>> = {
    async now(id) {
      if (running.has(id)) return null;
      const row = await halted(id, ['queued', 'failed', 'sent']);
      change(id, row.state === 'sent' ? { next: null } : { ...retried(row), notBefore: 0 });
      return null;
    },
    async again(id) {
      change(id, { ...retried(await halted(id, ['held', 'failed'])), notBefore: 0 });
      return null;
    },
    async sent(id) {
      const row = await halted(id, ['held']);
      const recipients = row.recipients.map((one) => (one.state === 'waiting' ? { ...one, state: 'accepted' as const } : one));
      await finish(change(id, settledBy(recipients)));
      return null;
    },
    async cancel(id) {
      await halted(id, ['queued', 'held', 'failed']);
      await gone(id);
      return null;
    },
    async edit(id) {
      const row = await halted(id, ['queued', 'held', 'failed']);
      // First the draft, then the row goes. What is held or failed is not sent by itself meanwhile; what is queued must not be.
      editing.add(id);
      try {
        if (row.state === 'queued') change(id, { notBefore: becomingDraft });
        const message = await deps.toDraft(row, fileOf(id));
        await gone(id);
        return message;
      } catch (error) {
        if (row.state === 'queued') change(id, { notBefore: row.notBefore });
        throw error;
      } finally {
        editing.delete(id);
      }
    },
  };

  rows.prune(Date.now() - remembered);
  for (const row of rows.open(Date.now())) if (row.state === 'sending') rows.change(row.id, afterCrash());
  await sweepOutbox(
    home.outbox,
    rows
      .open(0)
      .filter((row) => row.state !== 'sent' || dueAt(row) !== null)
      .map(({ id }) => id),
  );
  if (deps.schedule) wake();
  return {
    queue(message, bytes) {
      const under = queueing.get(message.id);
      if (under !== undefined) return under;
      const work = store(message, bytes).finally(() => queueing.delete(message.id));
      queueing.set(message.id, work);
      return work;
    },
    calls: {
      'outbox.list': async () => rows.open(Date.now() - day).map((row) => shown(row, running.has(row.id))),
      'outbox.settle': async ({ id, how }) => {
        const message = await settlement[how](id);
        wake();
        return { message };
      },
    },
    wake,
    async flush() {
      const tried = new Set<string>();
      for (wake(); running.size > 0; wake()) {
        for (const id of running.keys()) tried.add(id);
        await Promise.race([...running.values()].map(({ done }) => done));
      }
      return [...tried].flatMap((id) => rows.find(id) ?? []).map((row) => shown(row, false));
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      for (const { abort } of running.values()) abort.abort();
      const patience = new Promise((resolve) => setTimeout(resolve, closingPatience).unref());
      await Promise.race([Promise.all([...running.values()].map(({ done }) => done)), patience]);
    },
  };
}

/** Refused recipients wait again; accepted ones do not get it twice. */
function retried(row: StoredMessage): Change {
  const recipients = row.recipients.map((one) => (one.state === 'refused' ? { ...one, state: 'waiting' as const, said: null } : one));
  return { recipients, state: 'queued', failure: null, next: null };
}

function shown(row: StoredMessage, active: boolean): OutboxRow {
  const iso = (at: number) => new Date(Math.min(at, 8.64e15)).toISOString();
  const { id, account, kind, sender, recipients, subject, octets, attempts, failure } = row;
  const state = row.state === 'queued' && active ? 'sending' : row.state === 'cancelled' ? 'failed' : row.state;
  const facts = { id, account, kind, sender, recipients, subject, octets, attempts, failure, state };
  return { ...facts, created: iso(row.created), notBefore: iso(row.notBefore), next: row.next === null ? null : iso(row.next) };
}
