// The last 24 hours in charts: messages, verdicts, scan time; each with its table.
import type { Hourly } from '../../../shared/station.js';
import type { VerdictKind } from '../../../shared/verdict.js';
import { useQuery } from '../../state/query.js';
import { formatTime } from '../../text/date.js';
import { useLanguage, useText } from '../../text/text.js';
import { Chart, type Series } from '../part/chart.js';
import { ErrorNote, Skeleton } from '../part/state.js';
import { verdictWord } from '../part/verdict.js';

const hours = 24;
/** Bottom to top, always in this order. */
const stack: readonly (readonly [kinds: readonly VerdictKind[], fill: string])[] = [
  [['clean'], 'kvc'],
  [['suspicious'], 'kvs'],
  [['infected'], 'kvi'],
  [['not-scanned', 'unavailable', 'unscannable'], 'kvu'],
];

export function verdictValues(rows: readonly Hourly[], kinds: readonly VerdictKind[]): readonly number[] {
  return rows.map(({ verdicts }) => kinds.reduce((sum, kind) => sum + (verdicts[kind] ?? 0), 0));
}

export function Charts() {
  const t = useText();
  const to = useLanguage();
  const { value: rows, failure } = useQuery('statistics.read', { hours });
  if (failure !== null) return <ErrorNote failure={failure} />;
  if (rows === null) return <Skeleton rows={3} />;
  if (rows.every(({ delivered, failures }) => delivered + failures === 0)) return <p className="sec hint">{t('station.chartEmpty')}</p>;
  const labels = rows.map(({ hour }) => formatTime(new Date(hour), to));
  const common = { labels, labelEvery: 6, labelTitle: t('station.chartHour') };
  const delivered: Series = { label: t('station.chartDelivered'), fill: 'ka', values: rows.map((row) => row.delivered) };
  const verdicts = stack.map(([kinds, fill]): Series => {
    const [first = 'clean'] = kinds;
    return { label: t(verdictWord(first)), fill, values: verdictValues(rows, kinds) };
  });
  const last = (values: readonly number[]) => String(Math.round(values.at(-1) ?? 0));
  const times: readonly Series[] = [
    { label: t('station.chartMedian'), fill: 'ka', values: rows.map(({ scanMedian }) => scanMedian ?? 0) },
    { label: t('station.chartP95'), fill: 'k4', values: rows.map(({ scanP95 }) => scanP95 ?? 0) },
  ];
  return (
    <>
      <div className="sec">
        <Chart {...common} title={t('station.chartMessages')} series={[delivered]} height={110} />
      </div>
      <div className="sec">
        <Chart {...common} title={t('station.chartVerdicts')} series={verdicts} height={110} />
      </div>
      <div className="sec">
        <Chart {...common} title={t('station.chartScanTime')} series={times} shape="lines" height={96} total={last} />
      </div>
    </>
  );
}
