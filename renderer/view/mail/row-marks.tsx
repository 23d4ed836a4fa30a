// What a row shows by icons. Their words are in row-label.ts; the verdict says its own.
import type { Envelope } from '../../../shared/message.js';
import { Icon } from '../part/icon.js';
import { VerdictMark } from '../part/verdict.js';

export function RowMarks({ row }: { row: Envelope }) {
  return (
    <span className="mk">
      {row.bounce ? <Icon name="bounce" /> : null}
      {row.flags.answered ? <Icon name="reply" /> : null}
      {row.attachments > 0 ? <Icon name="attachment" /> : null}
      {row.flags.flagged ? <Icon name="flag-set" className="fl" /> : null}
      <VerdictMark kind={row.verdict} />
    </span>
  );
}
