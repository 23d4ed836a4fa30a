// A row in words: who, what, when, and its marks, for people who hear it.
import type { Address, Envelope } from '../../../shared/message.js';
import type { Translate } from '../../text/text.js';
import { verdictWord } from '../part/verdict.js';

export function addressName({ name, address }: Address): string {
  return name || address;
}

/** The sender; for what we wrote, the recipients. */
export function rowName(row: Envelope, t: Translate): string {
  if (row.flags.draft && row.to.length > 0) return t('mail.toWhom', { names: row.to.map(addressName).join(', ') });
  return row.from.map(addressName).join(', ') || t('mail.noSender');
}

export function rowLabel(row: Envelope, t: Translate, when: string): string {
  const marks = [
    row.flags.seen ? '' : t('mail.rowUnread'),
    row.flags.flagged ? t('mail.rowFlagged') : '',
    row.flags.answered ? t('mail.rowAnswered') : '',
    row.bounce ? t('mail.rowBounce') : '',
    row.attachments > 0 ? t('mail.rowFiles', { count: row.attachments }) : '',
    row.threadCount > 1 ? t('mail.rowThread', { count: row.threadCount }) : '',
    t(verdictWord(row.verdict)),
  ];
  return [rowName(row, t), row.subject || t('mail.noSubject'), when, ...marks].filter(Boolean).join(', ');
}
