// What is odd about the way, in words.
import type { AnomalyKind, Trace } from '../../../shared/trace.js';
import { describeAnomaly } from '../../../shared/trace-text.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';

const words: Readonly<Record<AnomalyKind, TextKey>> = {
  'clock-skew': 'trace.clockSkew',
  'negative-delay': 'trace.negativeDelay',
  'long-delay': 'trace.longDelay',
  'private-address': 'trace.privateAddress',
  forged: 'trace.forged',
  loop: 'trace.loop',
  'no-date': 'trace.noDate',
  future: 'trace.future',
  unparsed: 'trace.unparsed',
  'helo-mismatch': 'trace.heloMismatch',
  'too-many-hops': 'trace.tooManyHops',
  derived: 'trace.derived',
};
/** Usual on laptops and inside networks: said, not warned of. */
const harmless: ReadonlySet<AnomalyKind> = new Set(['private-address', 'helo-mismatch', 'unparsed', 'no-date', 'derived']);

export function Anomalies({ trace }: { trace: Trace }) {
  const t = useText();
  const language = useLanguage();
  const list = trace.anomalies;
  return (
    <section className="sec">
      <h3>{t('trace.anomalies', { count: list.length })}</h3>
      {list.length === 0 ? <p className="small t2">{t('trace.anomaliesNone')}</p> : null}
      <ul className="anom select">
        {list.map((anomaly, index) => (
          <li key={String(index)}>
            <span className={harmless.has(anomaly.kind) ? 't3' : 'v-suspect'}>
              <Icon name={harmless.has(anomaly.kind) ? 'info' : 'suspicious'} small />
            </span>
            <span>
              <b className="b">{t(words[anomaly.kind])}</b>
              {anomaly.hop === null ? '' : ` (${t('trace.atHop', { hop: anomaly.hop + 1 })})`}: {describeAnomaly(anomaly, trace, language)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
