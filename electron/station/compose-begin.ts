// What a message begins with, by its kind: recipients, subject, text, place in its topic, and files to bring along.
import { typedAddresses } from '../../shared/address-text.js';
import type { ComposeIdentity, ComposeKind } from '../../shared/compose.js';
import { withSignature } from '../../shared/compose.js';
import type { Address, Attachment } from '../../shared/message.js';
import type { Mailto } from '../message/compose-mailto.js';
import { forwardText, type Quoted, type QuoteLanguage, replyText } from '../message/compose-quote.js';
import { answerTo } from '../message/compose-recipients.js';
import { branchPlace, forwardSubject, type Place, replyPlace } from '../message/compose-thread.js';
import { identityFor, isOwn } from './compose-identities.js';
import type { SourceMessage } from './compose-source.js';
import type { Mark } from './outbox-rows.js';

export interface Beginning {
  readonly identity: ComposeIdentity;
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
  readonly place: Place;
  readonly text: string;
  readonly mark: Mark | null;
  /** Parts of the source; 'source': the whole of it, as it is. */
  readonly files: readonly Attachment[] | 'source';
}

const alone: Omit<Place, 'subject'> = { inReplyTo: null, references: [], branchedFrom: null };

export function beginNew(identity: ComposeIdentity, mailto: Mailto | null): Beginning {
  return {
    identity,
    to: typedAddresses(mailto?.to ?? []),
    cc: typedAddresses(mailto?.cc ?? []),
    bcc: typedAddresses(mailto?.bcc ?? []),
    place: { ...alone, subject: mailto?.subject ?? '', inReplyTo: mailto?.inReplyTo ?? null, references: idList(mailto?.inReplyTo) },
    text: withSignature(mailto?.text ?? '', identity.signature),
    mark: null,
    files: [],
  };
}

const idList = (id: string | null | undefined) => (id === null || id === undefined ? [] : [id]);

export function beginFrom(
  kind: Exclude<ComposeKind, 'new' | 'draft'>,
  source: SourceMessage,
  identities: readonly ComposeIdentity[],
  language: QuoteLanguage,
): Beginning | null {
  const own = (address: string) => isOwn(identities, address);
  const wrote = source.head.from.map(({ address }) => address).filter(own);
  const identity = identityFor(identities, [...wrote, ...source.sentTo, source.mailbox], source.account);
  if (identity === undefined) return null;
  const quoted: Quoted = { ...source.head, date: dateOf(source), text: source.view.text };
  const mark = (flag: Mark['flag']) => (source.head.messageId === null ? null : { messageId: source.head.messageId, flag });
  const people = (to: readonly Address[], cc: readonly Address[] = [], bcc: readonly Address[] = []) => ({
    to: typedAddresses(to),
    cc: typedAddresses(cc),
    bcc: typedAddresses(bcc),
  });
  const sign = (text: string) => withSignature(text, identity.signature);
  const whole = source.view.attachments.filter(({ part }) => !part.startsWith('u'));
  switch (kind) {
    case 'reply':
    case 'reply-all':
    case 'topic':
    case 'branch': {
      const { to, cc } = answerTo(kind !== 'reply', source.people, own);
      const place = kind === 'branch' ? namedLater(branchPlace(source.answered, '')) : replyPlace(source.answered);
      return { identity, ...people(to, cc), place, text: sign(replyText(quoted, language)), mark: mark('answered'), files: [] };
    }
    case 'forward':
      return {
        ...{ identity, ...people([]), place: { ...alone, subject: forwardSubject(source.head.subject) } },
        ...{ text: beforeForward(forwardText(quoted, language), identity.signature), mark: mark('forwarded'), files: whole },
      };
    case 'forward-attached':
      return {
        ...{ identity, ...people([]), place: { ...alone, subject: forwardSubject(source.head.subject) } },
        ...{ text: sign(''), mark: mark('forwarded'), files: 'source' },
      };
    case 'edit-as-new': {
      const { to, cc, bcc, subject } = source.head;
      return { identity, ...people(to, cc, bcc), place: { ...alone, subject }, text: source.view.text, mark: null, files: whole };
    }
    case 'resend':
      return { identity, ...people([]), place: { ...alone, subject: source.head.subject }, text: source.view.text, mark: null, files: [] };
  }
}

/** The new subject is written before the old one. */
function namedLater(place: Place): Place {
  return { ...place, subject: ` ${place.subject}` };
}

/** Above what is forwarded: below it nobody would look for a signature. */
function beforeForward(text: string, signature: string): string {
  return signature === '' ? text : `\n\n-- \n${signature}${text}`;
}

function dateOf({ view }: SourceMessage): Date | null {
  const said = view.envelope.date ?? view.envelope.received;
  return said === null ? null : new Date(said);
}
