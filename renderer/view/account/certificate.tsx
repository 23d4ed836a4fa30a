// The certificate that was not trusted: its fingerprint first, then what it says, and how to trust it anyway.
import type { Certificate } from '../../../shared/station.js';
import { formatDate } from '../../text/date.js';
import { useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { CopyButton } from '../part/copy.js';
import { fingerprintLines } from './receiving.js';

export function CertificateCard({ certificate, onTrust }: { certificate: Certificate; onTrust: () => void }) {
  const t = useText();
  const to = useLanguage();
  const day = (iso: string) => formatDate(new Date(iso), to);
  return (
    <div className="cert">
      <div className="row">
        <span className="micro t3">SHA-256</span>
        <span className="sp" />
        <CopyButton text={certificate.fingerprint} />
      </div>
      <pre className="mono">{fingerprintLines(certificate.fingerprint).join('\n')}</pre>
      <dl className="kv">
        <dt>{t('account.certificateName')}</dt>
        <dd>{certificate.names.length > 0 ? certificate.names.join(', ') : certificate.subject}</dd>
        <dt>{t('account.certificateIssuer')}</dt>
        <dd>{certificate.issuer}</dd>
        <dt>{t('account.certificateValid')}</dt>
        <dd>{t('account.certificateRange', { from: day(certificate.from), to: day(certificate.to) })}</dd>
      </dl>
      <p className="hint">{t('account.certificateCompare')}</p>
      <Button small onPress={onTrust}>
        {t('account.trust')}
      </Button>
    </div>
  );
}
