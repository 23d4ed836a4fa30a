// A message's head: from, to, when, what the scanner said.
import type { Address, MessageView } from '../../../shared/message.js';
import type { SuspiciousClass, Verdict } from '../../../shared/verdict.js';
import { formatExact, formatLong } from '../../text/date.js';
import { type TextKey, type Translate, useLanguage, useText } from '../../text/text.js';
import { VerdictChip } from '../part/verdict.js';

export function Head({ view }: { view: MessageView }) {
  const t = useText();
  const language = useLanguage();
  const { envelope } = view;
  const date = new Date(envelope.date ?? envelope.received);
  const [sender] = envelope.from;
  return (
    <header className="mh select">
      <div className="row">
        <span className="b">{sender?.name || sender?.address || t('mail.noSender')}</span>
        <span className="small t3 el">{sender?.name ? sender.address : ''}</span>
        <span className="sp" />
        <time className="small t3 nw" dateTime={date.toISOString()} title={formatExact(date, language)}>
          {formatLong(date, language)}
        </time>
      </div>
      <Recipients label="reader.to" list={envelope.to} empty={t('reader.noRecipient')} />
      {view.cc.length === 0 ? null : <Recipients label="reader.cc" list={view.cc} />}
      {differs(view) ? <Recipients label="reader.replyTo" list={view.replyTo} /> : null}
      <div className="chips">
        <VerdictChip kind={view.verdict.kind}>{verdictText(view.verdict, t)}</VerdictChip>
      </div>
    </header>
  );
}

const differs = ({ replyTo, envelope }: MessageView) => replyTo.length > 0 && replyTo[0]?.address !== envelope.from[0]?.address;

function Recipients({ label, list, empty = '' }: { label: TextKey; list: readonly Address[]; empty?: string }) {
  const t = useText();
  return (
    <p className="small t2 who">
      <span className="t3">{t(label)}</span>
      <span>
        {list.length === 0 ? empty : null}
        {list.map(({ name, address }, index) => (
          <span key={String(index)} title={address}>
            {name || address}
            {index < list.length - 1 ? ', ' : ''}
          </span>
        ))}
      </span>
    </p>
  );
}

const classes: Readonly<Record<SuspiciousClass, TextKey>> = {
  encrypted: 'reader.classEncrypted',
  macro: 'reader.classMacro',
  phishing: 'reader.classPhishing',
  limits: 'reader.classLimits',
  unwanted: 'reader.classUnwanted',
};

export function verdictText(verdict: Verdict, t: Translate): string {
  switch (verdict.kind) {
    case 'clean':
      return t('reader.clean');
    case 'suspicious':
      return t('reader.suspicious', { class: t(classes[verdict.class]) });
    case 'infected':
      return t('reader.infected', { signature: verdict.signatures.join(', ') });
    case 'unscannable':
      return t('reader.unscannable', { reason: verdict.reason });
    case 'unavailable':
    case 'not-scanned':
      return verdict.reason === '' ? t('reader.notScannedBare') : t('reader.notScanned', { reason: verdict.reason });
  }
}
