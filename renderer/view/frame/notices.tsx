// Bars above the screen: the station lost, a call that failed, and what the station wants known.
import { useState } from 'react';
import type { Notice } from '../../../shared/station.js';
import { linkState } from '../../state/link.js';
import { useQuery } from '../../state/query.js';
import { useStore } from '../../state/store.js';
import { trouble } from '../../state/trouble.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button, IconButton } from '../part/button.js';
import { useExplain } from '../part/explain.js';
import { Icon, type IconName } from '../part/icon.js';

const words: Readonly<Record<Notice['kind'], readonly [IconName, TextKey]>> = {
  'evaluation-runtime': ['info', 'frame.noticeRuntime'],
  'running-as-root': ['suspicious', 'frame.noticeRoot'],
  'weak-keyring': ['key', 'frame.noticeKeyring'],
  sample: ['info', 'frame.noticeSample'],
  'settings-restored': ['suspicious', 'frame.noticeRestored'],
  'settings-mode': ['suspicious', 'frame.noticeMode'],
  'catalog-rebuilding': ['fetch', 'frame.noticeCatalog'],
  'ledger-rebuilt': ['suspicious', 'frame.noticeLedger'],
};

export function Notices() {
  const link = useStore(linkState);
  const failure = useStore(trouble);
  return (
    <div className="notices">
      {link === 'lost' ? <Lost /> : null}
      {failure === null || link === 'lost' ? null : <Trouble />}
      <StationNotices />
    </div>
  );
}

function Lost() {
  const t = useText();
  return (
    <div className="notice bad" role="alert">
      <Icon name="problem" />
      <b>{t('common.unreachableTitle')}</b>
      <span className="el sp">{t('common.unreachableText')}</span>
    </div>
  );
}

function Trouble() {
  const t = useText();
  const explain = useExplain();
  const failure = useStore(trouble);
  if (failure === null) return null;
  const { what, next } = explain(failure);
  return (
    <div className="notice bad" role="alert">
      <Icon name="problem" />
      <span className="sp">
        {what} <span className="t3">{next}</span>
      </span>
      <IconButton small icon="close" label={t('common.dismiss')} onPress={() => trouble.set(null)} />
    </div>
  );
}

function StationNotices() {
  const t = useText();
  const [all, setAll] = useState(false);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const notices = (useQuery('status.read', {}).value?.notices ?? []).filter((notice) => !dismissed.has(notice.kind));
  const shown = all ? notices : notices.slice(0, 1);
  return shown.map((notice, index) => (
    <div className="notice" key={notice.kind} role="status">
      <Icon name={words[notice.kind][0]} />
      <span className="sp">{t(words[notice.kind][1])}</span>
      {index === 0 && notices.length > 1 && !all ? (
        <Button small tone="ghost" onPress={() => setAll(true)}>
          {t('frame.moreNotices', { count: notices.length - 1 })}
        </Button>
      ) : null}
      <IconButton small icon="close" label={t('common.dismiss')} onPress={() => setDismissed(new Set([...dismissed, notice.kind]))} />
    </div>
  ));
}
