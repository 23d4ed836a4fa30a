// What is odd about the way, in words.
import type { Anomaly, AnomalyKind } from '../../../shared/trace.js';
import { type TextKey, useText } from '../../text/text.js';
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
};
/** Usual on laptops and inside networks: said, not warned of. */
const harmless: ReadonlySet<AnomalyKind> = new Set(['private-address', 'helo-mismatch', 'unparsed', 'no-date']);

export function Anomalies({ list }: { list: readonly Anomaly[] }) {
  const t = useText();
  return (
    <section className="sec">
      <h3>{t('trace.anomalies', { count: list.length })}</h3>
      {list.length === 0 ? <p className="small t2">{t('trace.anomaliesNone')}</p> : null}
      <ul className="anom select">
        {list.map(({ kind, hop, detail }, index) => (
          <li key={String(index)}>
            <span className={harmless.has(kind) ? 't3' : 'v-suspect'}>
              <Icon name={harmless.has(kind) ? 'info' : 'suspicious'} small />
            </span>
            <span>
              <b className="b">{t(words[kind])}</b>
              {hop === null ? '' : ` (${t('trace.atHop', { hop: hop + 1 })})`}: {detail}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
