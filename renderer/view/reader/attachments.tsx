// Attachments: name, type, size, what they are; saved, never opened.

import { Button as Bare } from 'react-aria-components';
import type { Attachment, MessageView } from '../../../shared/message.js';
import { formatOctets } from '../../text/number.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Icon, type IconName } from '../part/icon.js';
import { Tip } from '../part/tip.js';
import { verdictWord } from '../part/verdict.js';

const specials: Readonly<Record<NonNullable<Attachment['special']>, readonly [IconName, TextKey]>> = {
  message: ['mailbox', 'reader.specialMessage'],
  calendar: ['calendar', 'reader.specialCalendar'],
  contact: ['user', 'reader.specialContact'],
  smime: ['key', 'reader.specialSmime'],
  pgp: ['key', 'reader.specialPgp'],
  tnef: ['archive', 'reader.specialTnef'],
};

function iconOf({ type, special, executable }: Attachment): IconName {
  if (executable) return 'suspicious';
  if (special !== null) return specials[special][0];
  if (type.startsWith('image/')) return 'image';
  if (type === 'application/pdf') return 'pdf';
  return /zip|compressed|tar|rar|7z/.test(type) ? 'archive' : 'file';
}

/** Saving is the browser's own download: the station says the name and that it is not to be shown. */
export function savePart(view: MessageView, part: string, name: string): void {
  const link = document.createElement('a');
  link.href = `${view.partsUrl}/${part}?save`;
  link.download = name;
  link.click();
}

/** A file name from the subject. */
export function fileStem({ envelope }: MessageView): string {
  return (
    envelope.subject
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .slice(0, 60) || 'message'
  );
}

export function Attachments({ view }: { view: MessageView }) {
  const t = useText();
  const shown = view.attachments.filter((attachment) => !attachment.inline || attachment.contentId === null);
  if (shown.length === 0) return null;
  const nameOf = (attachment: Attachment) => attachment.name || t('reader.unnamed');
  return (
    <ul className="atts" aria-label={t('reader.attachments', { count: shown.length })}>
      {shown.map((attachment) => (
        <li key={attachment.part}>
          <AttachmentButton view={view} attachment={attachment} name={nameOf(attachment)} />
        </li>
      ))}
      {shown.length > 1 ? (
        <li>
          <Button small tone="ghost" icon="save" onPress={() => savePart(view, 'all', `${fileStem(view)}.zip`)}>
            {t('reader.saveAll')}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

function AttachmentButton({ view, attachment, name }: { view: MessageView; attachment: Attachment; name: string }) {
  const t = useText();
  const language = useLanguage();
  const kind = attachment.special === null ? attachment.type : t(specials[attachment.special][1]);
  const verdict = view.envelope.verdict;
  const size = formatOctets(attachment.octets, language);
  const facts = [name, kind, size, t(verdictWord(verdict)), attachment.executable ? t('reader.executable') : ''].filter(Boolean).join(', ');
  return (
    <Tip text={facts}>
      <Bare className={`att ${attachment.executable ? 'v-suspect' : ''}`} onPress={() => savePart(view, attachment.part, name)}>
        <Icon name={iconOf(attachment)} />
        <span className="vh">{t('reader.save')} </span>
        <span className="att-name">{name}</span>
        {attachment.special === null ? null : <span className="t3 el">{kind}</span>}
        <span className="t3">{size}</span>
        {attachment.executable ? <span>{t('reader.executable')}</span> : null}
        <AttachmentVerdict kind={verdict} />
        <span className="vh">{t(verdictWord(verdict))}</span>
        <Icon name="save" small className="att-save" />
      </Bare>
    </Tip>
  );
}

function AttachmentVerdict({ kind }: { kind: MessageView['envelope']['verdict'] }) {
  const look = { clean: ['clean', 'v-clean'], suspicious: ['suspicious', 'v-suspect'], infected: ['infected', 'v-infected'] } as const;
  const [icon, tone] =
    kind === 'clean' || kind === 'suspicious' || kind === 'infected' ? look[kind] : (['not-scanned', 'v-unscanned'] as const);
  return (
    <span className={tone}>
      <Icon name={icon} small />
    </span>
  );
}
