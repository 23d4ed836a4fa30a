// A row in words: whose it is, and its marks for people who hear it.
import type { Address, Envelope } from '../../../shared/message.js';
import type { Translate } from '../../text/text.js';

export function addressName({ name, address }: Address): string {
  return name || address;
}

/** The sender; for what we wrote, the recipients. */
export function rowName(row: Envelope, t: Translate): string {
  if (row.flags.draft && row.to.length > 0) return t('mail.toWhom', { names: row.to.map(addressName).join(', ') });
  return row.from.map(addressName).join(', ') || t('mail.noSender');
}

/** What the row shows by shape and colour only. The verdict says its own word. */
export function rowMarks(row: Envelope, t: Translate): string {
  const marks = [
    row.flags.seen ? '' : t('mail.rowUnread'),
    row.flags.flagged ? t('mail.rowFlagged') : '',
    row.flags.answered ? t('mail.rowAnswered') : '',
    row.bounce ? t('mail.rowBounce') : '',
    row.attachments > 0 ? t('mail.rowFiles', { count: row.attachments }) : '',
    row.threadCount > 1 ? t('mail.rowThread', { count: row.threadCount }) : '',
  ];
  return marks.filter(Boolean).join(', ');
}
