// The message that is answered, forwarded or gone on with, as far as writing needs it.
import type { MessageView } from '../../shared/message.js';
import { parseAddresses } from '../message/addresses.js';
import { type AnsweredPeople, listPostOf } from '../message/compose-recipients.js';
import type { Answered } from '../message/compose-thread.js';
import { headOf, type MessageHead } from '../message/envelope.js';
import { firstField, type HeaderField } from '../message/headers.js';
import { readBeginning } from '../message/view-raw.js';
import type { Mail } from './mail.js';

export interface SourceMessage {
  readonly id: string;
  readonly view: MessageView;
  readonly head: MessageHead;
  readonly fields: readonly HeaderField[];
  readonly people: AnsweredPeople;
  readonly answered: Answered;
  /** Addresses that it was sent to, the surest first. */
  readonly sentTo: readonly string[];
  /** Account of its mailbox, where there is one. */
  readonly account: string | null;
  /** In Drafts of a mailbox here: saved again, it may be replaced. */
  readonly draft: boolean;
  /** Address of its mailbox; '' where it is in none. */
  readonly mailbox: string;
}

/** Octets of a header that are read. */
const headerOctets = 1_048_576;

/** Throws MailError `not-found`. */
export async function readSource(mail: Mail, id: string): Promise<SourceMessage> {
  const view = await mail.calls['message.open']({ id, charset: null });
  const { fields } = await readBeginning(await mail.fileOf(id), headerOctets);
  const head = headOf(fields);
  const named = (name: string) => parseAddresses(firstField(fields, name) ?? '');
  const boxes = await mail.calls['mailbox.list']({});
  const box = boxes.find(({ folders }) => folders.some((folder) => folder.id === view.envelope.folder));
  const role = box?.folders.find((folder) => folder.id === view.envelope.folder)?.role;
  const envelope = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap(named);
  return {
    id,
    view,
    head,
    fields,
    people: { ...head, followUp: named('mail-followup-to'), listPost: listPostOf(firstField(fields, 'list-post')) },
    answered: {
      messageId: head.messageId,
      references: head.references.filter((one) => one !== head.messageId),
      inReplyTo: [],
      subject: head.subject,
    },
    sentTo: [...head.to, ...head.cc, ...head.bcc, ...envelope].map(({ address }) => address),
    account: box?.account ?? null,
    draft: box?.kind === 'local' && role === 'drafts',
    mailbox: box?.address ?? '',
  };
}

/** The newest of its thread, without drafts and what was thrown away; itself where there is no other. */
export async function newestOfThread(mail: Mail, id: string): Promise<string> {
  const { envelope } = await mail.calls['message.open']({ id, charset: null });
  const away = (await mail.calls['mailbox.list']({}))
    .flatMap(({ folders }) => folders)
    .filter(({ role }) => role === 'trash' || role === 'junk')
    .map((folder) => folder.id);
  const thread = (await mail.calls['message.thread']({ thread: envelope.thread })).filter(
    ({ flags, folder }) => !flags.draft && !flags.trashed && !away.includes(folder),
  );
  const last = [...thread].sort((one, other) => (one.date ?? one.received).localeCompare(other.date ?? other.received)).at(-1);
  return last?.id ?? id;
}
