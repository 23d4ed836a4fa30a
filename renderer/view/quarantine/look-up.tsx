// Public look-ups. They are links: nothing is sent before one is clicked, and the shell asks first.
import type { QuarantineView } from '../../../shared/message.js';
import { useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';
import { falseAlarmAddress, virusTotalAddress } from './held.js';

export function LookUp({ view }: { view: QuarantineView }) {
  const t = useText();
  return (
    <div className="sec">
      <h3>{t('quarantine.lookUp')}</h3>
      <ul className="held-links">
        <Outside address={virusTotalAddress(view.sha256)}>{t('quarantine.lookUpVirusTotal')}</Outside>
        {view.attachments.map((file) => (
          <Outside key={file.part} address={virusTotalAddress(file.sha256)}>
            {t('quarantine.lookUpAttachment', { name: file.name })}
          </Outside>
        ))}
        <Outside address={falseAlarmAddress}>{t('quarantine.reportFalse')}</Outside>
      </ul>
      <p className="hint">{t('quarantine.lookUpNote')}</p>
    </div>
  );
}

function Outside({ address, children }: { address: string; children: string }) {
  return (
    <li>
      <a className="link" href={address} target="_blank" rel="noreferrer">
        {children}
      </a>
      <Icon name="external" small />
    </li>
  );
}
