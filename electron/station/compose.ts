// Writing mail behind the window: begin, save, attach, send, drop. A draft lives in the mailbox's Drafts; what stands here is
// only what a running window needs, and is read again from there after a crash.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Account } from '../../shared/account.js';
import { parseTyped, unique } from '../../shared/address-text.js';
import { type ComposeContent, type ComposeDraft, undoTime } from '../../shared/compose.js';
import type { CallParsed } from '../../shared/contract.js';
import { MailError, toFailure } from '../../shared/error.js';
import { keepMessage } from '../maildir/keep.js';
import { removeMessage } from '../maildir/move.js';
import { ownFolder, presentFolder } from '../maildir/own-folder.js';
import { newMessageId, wordsOf } from '../message/compose.js';
import { missingInIso2022jp } from '../message/compose-iso2022jp.js';
import { parseMailto } from '../message/compose-mailto.js';
import { resend } from '../message/compose-resend.js';
import { composeStream } from '../message/compose-stream.js';
import { beginFrom, beginNew } from './compose-begin.js';
import { type DraftState, draftField, draftKey, findDraft, readDraftField, sweepDrafts } from './compose-draft.js';
import { composeFolder, type FileShelf, openShelf } from './compose-files.js';
import { identitiesOf } from './compose-identities.js';
import { composed, foreignDraft } from './compose-message.js';
import { completePeople } from './compose-people.js';
import { newestOfThread, readSource, type SourceMessage } from './compose-source.js';
import type { Calls, Context } from './context.js';
import type { Mail } from './mail.js';
import type { MailOnDemand } from './mail-on-demand.js';
import { roleOf } from './mailboxes.js';
import type { Outbox } from './outbox.js';

export type ComposeCalls = Calls<
  'compose.start' | 'compose.open' | 'compose.save' | 'compose.attach' | 'compose.send' | 'compose.drop' | 'compose.people'
>;
export interface ComposeDeps extends Context {
  readonly mail: Pick<MailOnDemand, 'reader'>;
  readonly outbox: Pick<Outbox, 'queue'>;
  /** The outbox has, or had, a message of this id. */
  readonly queued: (id: string) => boolean;
  /** The account's own mailbox; null where it has none here. */
  readonly maildirOf: (account: Account) => string | null;
}
export interface Compose {
  readonly calls: ComposeCalls;
  /** Clears up what a crash left; every call waits for it. */
  recover(): Promise<void>;
}

interface Open {
  state: DraftState;
  text: string;
  order: readonly string[];
  readonly shelf: FileShelf;
  /** Of a message that goes on unchanged: its id. */
  readonly resent: string | null;
  /** Absolute; null: not saved yet. */
  file: string | null;
  saved: string | null;
  /** Savings come one after the other. */
  busy: Promise<unknown>;
}

export function openCompose(deps: ComposeDeps): Compose {
  const { home, settings, log } = deps;
  const open = new Map<string, Open>();
  const accounts = () => settings.read().accounts;
  const identities = () => identitiesOf(accounts());
  let recovered: Promise<void> | null = null;

  const recover = () => {
    recovered ??= sweepAll().catch((error: unknown) => log('warn', `drafts: ${toFailure(error).message}`));
    return recovered;
  };
  const maildirs = () => [...new Set(accounts().flatMap((account) => deps.maildirOf(account) ?? []))];
  const sweepAll = async () => {
    await rm(composeFolder(home.run), { recursive: true, force: true });
    for (const maildir of maildirs()) {
      const folder = await presentFolder(maildir, 'drafts', roleOf);
      const gone = folder === null ? 0 : await sweepDrafts(folder, deps.queued);
      if (gone > 0) log('info', `${gone} copies of drafts that were saved again or sent are deleted`);
    }
  };
  const accountOf = (id: string): Account => {
    const found = accounts().find((account) => account.id === id);
    if (found === undefined)
      throw new MailError('sending-missing', 'the account of this message is no longer here', false, { account: id });
    return found;
  };
  const maildirFor = (id: string): string => {
    const maildir = deps.maildirOf(accountOf(id));
    if (maildir === null) throw new MailError('not-found', 'the account has no mailbox here to keep drafts in', false, { account: id });
    return maildir;
  };
  const shown = (one: Open): ComposeDraft => {
    const { place, content, id } = one.state;
    return {
      id,
      kind: one.resent === null ? 'message' : 'resend',
      topic: place.branchedFrom !== null ? 'branched' : place.inReplyTo !== null ? 'continued' : 'new',
      content: { ...content, text: one.text, files: [...one.order] },
      files: one.order
        .flatMap((file) => one.shelf.files.get(file) ?? [])
        .map(({ id: file, name, type, octets }) => ({ id: file, name, type, octets })),
      identities: identities(),
      saved: one.saved,
    };
  };
  const put = (one: Omit<Open, 'busy'>): Open => {
    const whole = { ...one, busy: Promise.resolve() };
    open.set(one.state.id, whole);
    return whole;
  };
  /** One at a time for a draft. */
  const inTurn = <T>(one: Open, work: () => Promise<T>): Promise<T> => {
    const next = one.busy.then(work, work);
    one.busy = next.catch(() => undefined);
    return next;
  };

  const start = async ({ kind, message, mailto, language }: CallParsed<'compose.start'>): Promise<Open> => {
    const all = identities();
    const [first] = all;
    if (first === undefined) throw new MailError('sending-missing', 'there is no account to write from', false);
    const mail = await deps.mail.reader();
    if (kind === 'draft') return resume(mail, message ?? '');
    const id = randomUUID();
    const shelf = openShelf(home.run, id);
    const source =
      kind === 'new' || message === null ? null : await readSource(mail, kind === 'topic' ? await newestOfThread(mail, message) : message);
    const begun =
      kind === 'new' || source === null
        ? beginNew(first, mailto === null ? null : parseMailto(mailto))
        : beginFrom(kind, source, all, language);
    if (begun === null) throw new MailError('sending-missing', 'there is no account to write from', false);
    if (source !== null) await bringFiles(mail, source, begun.files, shelf);
    const { identity, place, to, cc, bcc } = begun;
    const { subject, ...where } = place;
    const content = {
      ...{ account: identity.account, from: identity.address, to, cc, bcc, subject },
      ...{ replyTo: identity.replyTo, japanese: false },
    };
    const order = [...shelf.files.keys()];
    const state = { id, revision: 0, messageId: newMessageId(identity.address), mark: begun.mark, place: where, content, files: order };
    return put({ state, text: begun.text, order, shelf, resent: kind === 'resend' ? message : null, file: null, saved: null });
  };

  /** A draft of ours goes on under its id; another program's gets one, and is replaced when it is first saved. */
  const resume = async (mail: Mail, message: string): Promise<Open> => {
    const source = await readSource(mail, message);
    const path = await mail.fileOf(message);
    const ours = readDraftField(source.fields, basename(path));
    const before = ours === null ? undefined : open.get(ours.id);
    if (before !== undefined) return before;
    const state = ours ?? foreignDraft(source, identities());
    const shelf = openShelf(home.run, state.id);
    await bringFiles(mail, source, source.view.attachments, shelf, state.files);
    return put({
      state,
      text: source.view.text.replace(/\n$/, ''),
      order: [...shelf.files.keys()],
      shelf,
      resent: null,
      // Not replaced: what is in no Drafts here (on an IMAP server only our copy is), and another program's HTML, which we do not write.
      file: source.draft && (ours !== null || !source.view.hasHtml) ? path : null,
      saved: source.view.envelope.date ?? source.view.envelope.received,
    });
  };

  /** After the station ended: the draft is looked for in every mailbox. */
  const found = async (draft: string): Promise<Open> => {
    const mail = await deps.mail.reader();
    for (const maildir of maildirs()) {
      const folder = await presentFolder(maildir, 'drafts', roleOf);
      const file = folder === null ? null : await findDraft(folder, draft);
      const message = folder === null || file === null ? null : await mail.arrived(join(folder, file));
      if (message !== null) return resume(mail, message);
    }
    throw new MailError('not-found', 'this draft is no longer here', false);
  };
  const known = async (draft: string): Promise<Open> => open.get(draft) ?? found(draft);

  /** Throws MailError `conflict` where one is not here: without it, the message would be another. */
  const filesOf = (one: Open, { files }: ComposeContent) =>
    files.map((id) => {
      const file = one.shelf.files.get(id);
      if (file?.whole === true) return file;
      throw new MailError('conflict', `an attachment is not here whole: ${file?.name ?? id}`, false, { name: file?.name ?? id });
    });

  const save = async (one: Open, content: ComposeContent) => {
    if (open.get(one.state.id) !== one) throw new MailError('conflict', 'this draft has been sent or deleted', false);
    const { text, files, ...rest } = content;
    const state = { ...one.state, revision: one.state.revision + 1, content: rest, files };
    const date = new Date();
    const message = { ...composed(one.state, content, identities(), date), draft: draftField(state) };
    const bytes = await composeStream(message, filesOf(one, content));
    const folder = await ownFolder(maildirFor(content.account), 'drafts', roleOf);
    const file = join(folder, await keepMessage(folder, draftKey(state.id), 'DS', bytes));
    const before = one.file;
    Object.assign(one, { state, text, order: files, file, saved: date.toISOString() });
    if (before !== null) await removeFile(before);
    await (await deps.mail.reader()).arrived(file);
    const missing = content.japanese ? missingInIso2022jp(wordsOf({ ...message, files: [] })) : '';
    return { saved: date.toISOString(), missing };
  };
  /** The list is told, and asks the folder itself. */
  const removeFile = async (path: string) => {
    const folder = dirname(dirname(path));
    await removeMessage(folder, path.slice(folder.length + 1));
    (await deps.mail.reader()).changed(folder);
  };
  const forget = async (one: Open) => {
    open.delete(one.state.id);
    if (one.file !== null) await removeFile(one.file);
    await one.shelf.clear();
  };

  const send = async (one: Open, content: ComposeContent) => {
    if (open.get(one.state.id) !== one) throw new MailError('conflict', 'this draft has been sent or deleted', false);
    const account = accountOf(content.account);
    if (account.sending === null)
      throw new MailError('sending-missing', 'the account has no sending server', false, { account: account.id });
    const wrong = [content.to, content.cc, content.bcc, content.replyTo].flatMap((text) => parseTyped(text).wrong);
    if (wrong.length > 0) throw new MailError('usage', `this is no address: ${wrong[0]}`, false, { name: wrong[0] ?? '' });
    const date = new Date();
    const message = composed(one.state, content, identities(), date);
    const { to, cc, bcc, from } = message;
    const recipients = unique([...to, ...cc, ...bcc]).map(({ address }) => address);
    const bytes =
      one.resent === null
        ? await composeStream(message, filesOf(one, content))
        : resend(await (await deps.mail.reader()).readRaw(one.resent), { from, to, cc, bcc, date });
    const notBefore = date.getTime() + undoTime;
    const sentFolder = await ownFolder(maildirFor(account.id), 'sent', roleOf);
    const { id, mark } = one.state;
    const subject = message.place.subject;
    await deps.outbox.queue(
      { id, account: account.id, sender: from.address, recipients, kind: 'mail', sentFolder, notBefore, subject, mark },
      bytes,
    );
    await forget(one);
    return { outbox: id, notBefore: new Date(notBefore).toISOString() };
  };

  const calls: ComposeCalls = {
    'compose.start': async (input) => shown(await start(input)),
    'compose.open': async ({ draft }) => shown(await known(draft)),
    'compose.save': async ({ draft, content }) => {
      const one = await known(draft);
      return inTurn(one, () => save(one, content));
    },
    'compose.attach': async ({ draft, ...piece }) => {
      const { id, name, type, octets } = await (await known(draft)).shelf.piece(piece);
      return { id, name, type, octets };
    },
    'compose.send': async ({ draft, content }) => {
      const one = await known(draft);
      return inTurn(one, () => send(one, content));
    },
    'compose.drop': async ({ draft }) => {
      const one = await known(draft);
      return inTurn(one, () => forget(one));
    },
    'compose.people': async ({ typed, limit }) => completePeople(await deps.mail.reader(), typed, limit),
  };
  return { calls: afterRecovery(calls, recover), recover };
}

function afterRecovery(calls: ComposeCalls, recover: () => Promise<void>): ComposeCalls {
  const entries = Object.entries(calls).map(([name, call]) => [
    name,
    async (input: never) => {
      await recover();
      return (call as (input: never) => Promise<unknown>)(input);
    },
  ]);
  return Object.fromEntries(entries) as unknown as ComposeCalls;
}

async function bringFiles(
  mail: Mail,
  source: SourceMessage,
  files: SourceMessage['view']['attachments'] | 'source',
  shelf: FileShelf,
  ids: readonly string[] = [],
): Promise<void> {
  if (files === 'source') {
    const { body } = await mail.openPart(source.id, 'source');
    await shelf.add(`${source.head.subject.slice(0, 80) || 'message'}.eml`, 'message/rfc822', body);
    return;
  }
  // Ids that fit no more are of another set of files.
  const known = ids.length === files.length ? ids : [];
  for (const [index, { part, name, type }] of files.entries())
    await shelf.add(name, type, (await mail.openPart(source.id, part)).body, known[index]);
}
