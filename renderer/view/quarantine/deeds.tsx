// What can be done with held messages, each with what it does.
import type { QuarantineRow, QuarantineView } from '../../../shared/message.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { CopyButton } from '../part/copy.js';
import { release, remove, rescan } from './act.js';

export function Deeds({ row, exported }: { row: QuarantineRow; exported: QuarantineView['exported'] | null }) {
  const t = useText();
  return (
    <div className="sec">
      <h3>{t('quarantine.actions')}</h3>
      <div className="deeds">
        <Button icon="fetch" onPress={() => void rescan([row])}>
          {t('quarantine.rescan')}
        </Button>
        <p>{t('quarantine.rescanText')}</p>
        <Button icon="inbox" isDisabled={row.mailbox === ''} onPress={() => void release(row)}>
          {t('quarantine.releaseAction')}
        </Button>
        <p>{row.mailbox === '' ? t('quarantine.nobody') : t('quarantine.releaseText', { mailbox: row.mailbox })}</p>
        {exported === null ? null : (
          <>
            <Button icon="save" onPress={() => save(exported)}>
              {t('quarantine.exportAction')}
            </Button>
            <p>
              {t('quarantine.exportText', { password: exported.password })}
              <CopyButton text={exported.password} label={t('quarantine.exportCopy')} />
            </p>
          </>
        )}
        <Button tone="bad" icon="trash" onPress={() => void remove([row])}>
          {t('quarantine.deleteAction')}
        </Button>
        <p>{t('quarantine.deleteText')}</p>
      </div>
    </div>
  );
}

/** The station's own download: it says the name. */
function save({ url, name }: QuarantineView['exported']): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

export function ManyDeeds({ rows }: { rows: readonly QuarantineRow[] }) {
  const t = useText();
  return (
    <div className="sec">
      <p className="b">{t('quarantine.selected', { count: rows.length })}</p>
      <p className="t2 many-text">{t('quarantine.selectedText')}</p>
      <div className="acts">
        <Button icon="fetch" onPress={() => void rescan(rows)}>
          {t('quarantine.rescan')}
        </Button>
        <Button tone="bad" icon="trash" onPress={() => void remove(rows)}>
          {t('quarantine.deleteAction')}
        </Button>
      </div>
    </div>
  );
}
