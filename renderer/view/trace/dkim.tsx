// DKIM verified when it is asked for: the only look-up of this view that leaves the machine.
import { useState } from 'react';
import type { DkimReason, DkimReport, DkimSignature } from '../../../shared/dkim.js';
import { act } from '../../state/trouble.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Icon } from '../part/icon.js';

const words: Readonly<Record<DkimReason, TextKey>> = {
  verified: 'trace.dkimVerified',
  'body-changed': 'trace.dkimBodyChanged',
  'bad-signature': 'trace.dkimBadSignature',
  'no-key': 'trace.dkimNoKey',
  'bad-key': 'trace.dkimBadKey',
  'weak-key': 'trace.dkimWeakKey',
  expired: 'trace.dkimExpired',
  dns: 'trace.dkimDns',
  unsupported: 'trace.dkimUnsupported',
};

export function Dkim({ id }: { id: string }) {
  const t = useText();
  const [report, setReport] = useState<DkimReport | null>(null);
  const [asking, setAsking] = useState(false);
  const verify = async () => {
    setAsking(true);
    const answer = await act('message.dkim', { id });
    if (answer !== null) setReport(answer);
    setAsking(false);
  };
  return (
    <section className="sec">
      <p className="row">
        <Button small isDisabled={asking} onPress={() => void verify()}>
          {t('trace.dkimVerify')}
        </Button>
        <span className="small t3">{t('trace.dkimHint')}</span>
      </p>
      <div aria-live="polite">{report === null ? null : <Signatures signatures={report.signatures} />}</div>
    </section>
  );
}

function Signatures({ signatures }: { signatures: readonly DkimSignature[] }) {
  const t = useText();
  if (signatures.length === 0) return <p className="small t2">{t('trace.dkimNone')}</p>;
  return (
    <ul className="anom select">
      {signatures.map((signature, index) => (
        <li key={String(index)}>
          <span className={signature.pass ? 'v-clean' : 'v-suspect'}>
            <Icon name={signature.pass ? 'ok' : 'suspicious'} small />
          </span>
          <span>
            <b className="b">{signature.domain ?? t('trace.dkimUnnamed')}</b>: {t(words[signature.reason])}
            {signature.pass && !signature.aligned ? ` ${t('trace.dkimNotAligned')}` : ''}
          </span>
        </li>
      ))}
    </ul>
  );
}
