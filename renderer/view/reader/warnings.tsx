// What must be said before a message is read: the scanner's doubt, a part that could not be parsed, a delivery report.
import type { MessageView, Protection } from '../../../shared/message.js';
import { go } from '../../state/place.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Icon } from '../part/icon.js';

const protections: Readonly<Record<Protection, TextKey>> = {
  'smime-signed': 'reader.smimeSigned',
  'smime-encrypted': 'reader.smimeEncrypted',
  'pgp-signed': 'reader.pgpSigned',
  'pgp-encrypted': 'reader.pgpEncrypted',
};

export function Warnings({ view }: { view: MessageView }) {
  const t = useText();
  const { verdict } = view;
  return (
    <>
      {verdict.kind === 'suspicious' || verdict.kind === 'infected' ? (
        <p className="note warn">
          <Icon name={verdict.kind === 'infected' ? 'infected' : 'suspicious'} />
          <span>{t('reader.suspiciousText', { signature: verdict.signatures.join(', ') })}</span>
        </p>
      ) : null}
      {verdict.kind === 'not-scanned' || verdict.kind === 'unavailable' || verdict.kind === 'unscannable' ? (
        <p className="note">
          <Icon name="not-scanned" />
          <span>{verdict.reason === '' ? t('reader.notScannedBareText') : t('reader.notScannedText', { reason: verdict.reason })}</span>
        </p>
      ) : null}
      {view.unparsable === null ? null : (
        <p className="note warn">
          <Icon name="problem" />
          <span>{t('reader.unparsable', { reason: view.unparsable })}</span>
        </p>
      )}
      {view.protection === null ? null : (
        <p className="note">
          <Icon name="key" />
          <span>{t(protections[view.protection])}</span>
        </p>
      )}
      {view.envelope.bounce ? (
        <p className="note">
          <Icon name="bounce" />
          <span className="sp">{t('reader.bounceText')}</span>
          <Button small onPress={() => go('bounces')}>
            {t('reader.bounceOpen')}
          </Button>
        </p>
      ) : null}
    </>
  );
}
