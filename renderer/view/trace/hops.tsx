// The hops, oldest first, with the line where trust starts and the station's own line explained.
import { Fragment } from 'react';
import type { Hop, Trace } from '../../../shared/trace.js';
import { hopText } from '../../../shared/trace-text.js';
import { formatExact } from '../../text/date.js';
import { formatClock, formatSpan } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';
import { type Bar, timeBars } from './time-bar.js';

const columns = 8;

export function Hops({ trace }: { trace: Trace }) {
  const t = useText();
  const bars = timeBars(trace.hops);
  return (
    <table className="hops">
      <colgroup>
        <col className="c-hop" />
        <col className="c-from" />
        <col className="c-by" />
        <col className="c-with" />
        <col className="c-tls" />
        <col className="c-for" />
        <col className="c-delay" />
        <col className="c-time" />
      </colgroup>
      <thead>
        <tr>
          <th aria-label={t('trace.hop')} />
          <th>{t('trace.from')}</th>
          <th>{t('trace.by')}</th>
          <th>{t('trace.with')}</th>
          <th>{t('trace.tls')}</th>
          <th>{t('trace.for')}</th>
          <th className="num">{t('trace.delay')}</th>
          <th className="c-time">
            <TimeScale total={trace.totalSeconds} />
          </th>
        </tr>
      </thead>
      <tbody>
        {trace.boundary === null ? <Boundary known={false} /> : null}
        {trace.hops.map((hop, index) => (
          <Fragment key={String(index)}>
            {trace.boundary === index ? <Boundary known /> : null}
            <HopRow hop={hop} number={index + 1} bar={bars[index]} />
            {hop.drop === null ? null : <Callout hop={hop} />}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function TimeScale({ total }: { total: number | null }) {
  const t = useText();
  if (total === null || total <= 0) return t('trace.time');
  return (
    <span className="row">
      <span>0:00</span>
      <span className="sp" />
      <span>{formatClock(total)}</span>
    </span>
  );
}

function Boundary({ known }: { known: boolean }) {
  const t = useText();
  return (
    <tr className={known ? 'bound' : 'bound none'}>
      <td colSpan={columns}>
        <div className="row">
          <Icon name={known ? 'boundary' : 'info'} />
          <span className="b nw">{t(known ? 'trace.boundary' : 'trace.noBoundary')}</span>
          <span className="t2 bound-text">{t(known ? 'trace.boundaryText' : 'trace.noBoundaryText')}</span>
        </div>
      </td>
    </tr>
  );
}

function HopRow({ hop, number, bar }: { hop: Hop; number: number; bar: Bar | undefined }) {
  const t = useText();
  const language = useLanguage();
  const delay =
    hop.delaySeconds === null ? '–' : `${hop.delaySeconds > 0 && number > 1 ? '+' : ''}${formatSpan(hop.delaySeconds, language)}`;
  const second = [hop.maker === 'unknown' ? '' : hop.maker, hop.id === null ? '' : t('trace.id', { id: hop.id })]
    .filter(Boolean)
    .join(', ');
  return (
    <tr className={`hop ${hop.drop === null ? '' : 'own nob'}`} title={`${t('trace.raw')}:\n${hop.raw}`}>
      <td className="t3">{number}</td>
      <Two first={hop.from} second={hop.fromIp} />
      <Two first={hop.by} second={second} />
      <td>{hop.with ?? '–'}</td>
      <td>
        <Tls hop={hop} />
      </td>
      <Two first={hop.for} second={null} />
      <td
        className={`num nw ${(hop.delaySeconds ?? 0) < 0 ? 'v-suspect' : ''}`}
        title={hop.date === null ? undefined : formatExact(new Date(hop.date), language)}
      >
        {delay}
      </td>
      <td className="c-time">{bar === undefined ? null : <TimeBar bar={bar} label={formatSpan(hop.delaySeconds ?? 0, language)} />}</td>
    </tr>
  );
}

function Two({ first, second }: { first: string | null; second: string | null }) {
  return (
    <td>
      <span className="el host select" title={first ?? undefined}>
        {first ?? <span className="t3">–</span>}
      </span>
      {second === null || second === '' ? null : (
        <span className="el t3 micro select" title={second}>
          {second}
        </span>
      )}
    </td>
  );
}

function Tls({ hop }: { hop: Hop }) {
  const t = useText();
  if (hop.tls === null) return <span className="t3">–</span>;
  const { version, cipher } = hop.tls;
  return (
    <span className="v t2" title={t('trace.tlsTip', { version: version ?? '?', cipher: cipher ?? '?' })}>
      <Icon name="lock" />
      {version?.replace(/^TLSv?/, '') ?? ''}
    </span>
  );
}

function TimeBar({ bar, label }: { bar: Bar; label: string }) {
  const t = useText();
  return (
    <div className="wf" role="img" aria-label={t(bar.kind === 'wait' ? 'trace.waitBar' : 'trace.travelBar', { span: label })}>
      <i className={bar.kind} style={{ left: `min(${bar.left}%, calc(100% - 2px))`, width: `${bar.width}%` }} />
    </div>
  );
}

/** What single-drop and multi-drop mean, right under the line that says so. */
function Callout({ hop }: { hop: Hop }) {
  const t = useText();
  const language = useLanguage();
  const [line = ''] = /with .*/s.exec(hop.raw.replace(/\s+/g, ' ')) ?? [];
  const [before = line, word, after = ''] = line.split(/(\((?:single|multi)-drop\))/);
  return (
    <tr className="own call">
      <td colSpan={columns}>
        <div className="callout select">
          <p className="mono">
            {before}
            {word === undefined ? null : <mark>{word}</mark>}
            {after}
          </p>
          <p>
            {hopText(hop, language)} {t(hop.drop === 'multi' ? 'trace.fetchedMulti' : 'trace.fetchedSingle')}
            {hop.delaySeconds !== null && hop.delaySeconds > 0
              ? ` ${t('trace.fetchedWait', { span: formatSpan(hop.delaySeconds, language) })}`
              : ''}
          </p>
        </div>
      </td>
    </tr>
  );
}
