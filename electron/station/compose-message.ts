// A draft's state as a message, and another program's draft as a state of ours.
import { randomUUID } from 'node:crypto';
import { parseTyped, typedAddresses } from '../../shared/address-text.js';
import type { ComposeContent, ComposeIdentity } from '../../shared/compose.js';
import { type Composed, newMessageId } from '../message/compose.js';
import type { DraftState } from './compose-draft.js';
import { identityFor } from './compose-identities.js';
import type { SourceMessage } from './compose-source.js';

/** What is no address yet is left out. */
export function composed(
  { place, messageId }: DraftState,
  content: ComposeContent,
  identities: readonly ComposeIdentity[],
  date: Date,
): Omit<Composed, 'files'> {
  const identity = identities.find(({ account, address }) => account === content.account && address === content.from);
  const people = (text: string) => parseTyped(text).addresses;
  return {
    from: { name: identity?.name ?? '', address: content.from },
    replyTo: people(content.replyTo),
    to: people(content.to),
    cc: people(content.cc),
    bcc: people(content.bcc),
    place: { ...place, subject: content.subject.replace(/\s+/g, ' ').trim() },
    text: content.text,
    html: null,
    date,
    messageId,
    japanese: content.japanese,
  };
}

/** What the fields of another program's draft say. Its Message-ID is not used again: the other may have sent it. */
export function foreignDraft(
  { head, fields, answered, mailbox, account }: SourceMessage,
  identities: readonly ComposeIdentity[],
): DraftState {
  const identity = identityFor(identities, [...head.from.map(({ address }) => address), mailbox], account);
  const branched = fields.find(({ name }) => name === 'x-todoku-branched-from')?.value ?? null;
  const replied = fields.find(({ name }) => name === 'in-reply-to')?.value ?? null;
  const inReplyTo = /<[^<>\s]+>/.exec(replied ?? '')?.[0] ?? null;
  const from = identity?.address ?? '';
  return {
    id: randomUUID(),
    revision: 0,
    files: [],
    messageId: newMessageId(from),
    mark: inReplyTo === null ? null : { messageId: inReplyTo, flag: 'answered' },
    place: { inReplyTo, references: [...answered.references], branchedFrom: branched },
    content: {
      ...{ account: identity?.account ?? '', from, subject: head.subject, japanese: false },
      ...{ to: typedAddresses(head.to), cc: typedAddresses(head.cc), bcc: typedAddresses(head.bcc), replyTo: typedAddresses(head.replyTo) },
    },
  };
}
