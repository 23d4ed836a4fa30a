// One held message: why it is held, its headers and text, its hash, and what can be done.
import { useState } from 'react';
import type { QuarantineRow, QuarantineView } from '../../../shared/message.js';
import { useQuery } from '../../state/query.js';
import { formatLong } from '../../text/date.js';
import { formatOctets } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Segmented } from '../part/choice.js';
import { CopyButton } from '../part/copy.js';
import { Icon } from '../part/icon.js';
import { ErrorNote, Skeleton } from '../part/state.js';
import { Deeds } from './deeds.js';
import { foundName, heldClass, heldLooks } from './held.js';
import { useAccountName } from './list.js';
import { LookUp } from './look-up.js';

export function HeldDetail({ row }: { row: QuarantineRow }) {
  const { value, failure } = useQuery('quarantine.open', { id: row.id });
  return (
    <>
      <Reason row={row} />
      <Facts row={row} sha256={value?.sha256 ?? null} />
      {failure === null ? null : (
        <div className="sec">
          <ErrorNote failure={failure} />
        </div>
      )}
      {value === null ? failure === null ? <Skeleton rows={3} /> : null : <Preview view={value} />}
      <Deeds row={row} exported={value?.exported ?? null} />
      {value === null ? null : <LookUp view={value} />}
    </>
  );
}

function Reason({ row }: { row: QuarantineRow }) {
  const t = useText();
  const look = heldLooks[heldClass(row.reason)];
  const signature = foundName(row);
  const others = row.signatures.slice(1);
  return (
    <div className="sec">
      <div className="row held-head">
        <span className={`chip ${look.tone}`}>
          <Icon name={look.icon} />
          {t(look.word)}
        </span>
        {row.signatures.length === 0 ? null : (
          <h2 className="b el select" title={signature}>
            {signature}
          </h2>
        )}
      </div>
      <p className="say">{t(look.say, { signature, reason: signature })}</p>
      {others.length === 0 ? null : <p className="small t2 select">{t('quarantine.alsoFound', { names: others.join(', ') })}</p>}
    </div>
  );
}

function Facts({ row, sha256 }: { row: QuarantineRow; sha256: string | null }) {
  const t = useText();
  const to = useLanguage();
  const name = useAccountName();
  return (
    <div className="sec">
      <dl className="kv">
        <dt>{t('quarantine.from')}</dt>
        <dd>{row.from || t('quarantine.noSender')}</dd>
        <dt>{t('quarantine.to')}</dt>
        <dd>
          {row.mailbox || t('quarantine.nobody')}
          {row.account === '' ? '' : `${t('common.separator')}${name(row.account)}`}
        </dd>
        <dt>{t('quarantine.subject')}</dt>
        <dd>{row.subject || t('quarantine.noSubject')}</dd>
        <dt>{t('quarantine.size')}</dt>
        <dd>{formatOctets(row.octets, to)}</dd>
        {row.quarantined === '' ? null : (
          <>
            <dt>{t('quarantine.heldAt')}</dt>
            <dd>{formatLong(new Date(row.quarantined), to)}</dd>
          </>
        )}
        {row.scannedWith === '' ? null : (
          <>
            <dt>{t('quarantine.scannedWith')}</dt>
            <dd>{row.scannedWith}</dd>
          </>
        )}
        {sha256 === null ? null : <Hash sha256={sha256} />}
      </dl>
    </div>
  );
}

function Hash({ sha256 }: { sha256: string }) {
  const t = useText();
  return (
    <>
      <dt>{t('quarantine.sha256')}</dt>
      <dd className="row hash">
        <span className="mono">
          {sha256.slice(0, 32)}
          <wbr />
          {sha256.slice(32)}
        </span>
        <CopyButton text={sha256} label={t('quarantine.copyHash')} />
      </dd>
    </>
  );
}

function Preview({ view }: { view: QuarantineView }) {
  const t = useText();
  const [shown, setShown] = useState<'text' | 'headers'>('text');
  const headers = view.headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
  return (
    <div className="sec">
      <div className="row held-head">
        <h3 className="sp">{t('quarantine.preview')}</h3>
        <Segmented
          label={t('quarantine.preview')}
          value={shown}
          onChange={setShown}
          options={[
            { value: 'text', label: t('quarantine.previewText') },
            { value: 'headers', label: t('quarantine.previewHeaders') },
          ]}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre className={`held-text ${shown === 'headers' ? 'mono' : ''}`} tabIndex={0}>
        {shown === 'headers' ? headers : view.text.trim() || t('quarantine.previewEmpty')}
      </pre>
      <p className="hint">{t('quarantine.previewNote')}</p>
      {view.attachments.length === 0 ? null : <Attachments view={view} />}
    </div>
  );
}

function Attachments({ view }: { view: QuarantineView }) {
  const t = useText();
  const to = useLanguage();
  return (
    <>
      <h3 className="held-h">{t('quarantine.attachments')}</h3>
      <ul className="held-files">
        {view.attachments.map((file) => (
          <li key={file.part}>
            <Icon name="attachment" small />
            <span className="el select" title={file.name}>
              {file.name}
            </span>
            <span className="t3 nw">{formatOctets(file.octets, to)}</span>
            {file.executable ? <span className="v v-suspect">{t('quarantine.attachmentRuns')}</span> : null}
            <span className="sp" />
            <CopyButton text={file.sha256} label={`${t('quarantine.copyHash')}: ${file.name}`} />
          </li>
        ))}
      </ul>
    </>
  );
}
