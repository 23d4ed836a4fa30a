// For ten seconds after sending: the way back. The message waits in the outbox so long, whatever happens to the window.
import type { OutboxRow } from '../../../shared/outbox.js';
import { useQuery } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { startWriting } from '../../state/writing.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { useNow } from '../part/time.js';

export function SentBar() {
  const rows = useQuery('outbox.list', {}).value ?? [];
  const undoable = rows.filter(({ state, kind, notBefore }) => state === 'queued' && kind === 'mail' && Date.parse(notBefore) > Date.now());
  const [row] = undoable;
  return row === undefined ? null : <Bar row={row} key={row.id} />;
}

/** Back to the sheet, as it was. */
export async function editAgain(id: string): Promise<void> {
  const taken = await act('outbox.settle', { id, how: 'edit' });
  if (taken?.message !== null && taken?.message !== undefined) await startWriting('draft', taken.message);
}

function Bar({ row }: { row: OutboxRow }) {
  const t = useText();
  const now = useNow(500);
  const seconds = Math.ceil((Date.parse(row.notBefore) - now.getTime()) / 1000);
  if (seconds <= 0) return null;
  return (
    <div className="undo sent-bar" role="status">
      <span className="sp">{t('compose.sending', { subject: row.subject || t('mail.noSubject'), seconds })}</span>
      <Button small tone="ghost" icon="undo" onPress={() => void editAgain(row.id)}>
        {t('compose.undoSend')}
      </Button>
      <Button small tone="ghost" icon="sent" onPress={() => void act('outbox.settle', { id: row.id, how: 'now' })}>
        {t('compose.sendNow')}
      </Button>
    </div>
  );
}
