// Failed recipients in a chart: by day stacked by group, or counted by reason or domain.
import { useState } from 'react';
import { reasonWord } from '../../../shared/bounce-text.js';
import type { BounceRow } from '../../../shared/station.js';
import { formatDay } from '../../text/date.js';
import { formatCount } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Chart } from '../part/chart.js';
import { Segmented } from '../part/choice.js';
import { byDay, domainOf, groups, groupWords, tally } from './counts.js';

type By = 'day' | 'reason' | 'domain';

export function BounceChart({ rows, days }: { rows: readonly BounceRow[]; days: number }) {
  const t = useText();
  const to = useLanguage();
  const [by, setBy] = useState<By>('day');
  return (
    <section className="bounce-chart">
      <Segmented
        label={t('bounces.chartBy')}
        value={by}
        onChange={setBy}
        options={[
          { value: 'day', label: t('bounces.byDay') },
          { value: 'reason', label: t('bounces.byReason') },
          { value: 'domain', label: t('bounces.byDomain') },
        ]}
      />
      {by === 'day' ? <Days rows={rows} days={days} /> : null}
      {by === 'reason' ? <Ranks title={t('bounces.chartReasons')} ranks={tally(rows.map(({ reason }) => reasonWord(reason, to)))} /> : null}
      {by === 'domain' ? <Ranks title={t('bounces.chartDomains')} ranks={tally(rows.map(domainOf).filter(Boolean))} /> : null}
    </section>
  );
}

function Days({ rows, days }: { rows: readonly BounceRow[]; days: number }) {
  const t = useText();
  const to = useLanguage();
  const list = byDay(rows, days, new Date());
  return (
    <Chart
      title={t('bounces.chartDays')}
      labelTitle={t('bounces.chartDay')}
      height={112}
      labels={list.map(({ start }) => formatDay(start, to))}
      labelEvery={Math.max(1, Math.ceil(list.length / 6))}
      series={groups.map((group, index) => ({
        label: t(groupWords[group]),
        fill: `k${index + 1}`,
        values: list.map(({ counts }) => counts[group]),
      }))}
    />
  );
}

const mostRanks = 12;

/** Bars that are a table already: name, count, length. */
function Ranks({ title, ranks }: { title: string; ranks: readonly (readonly [string, number])[] }) {
  const t = useText();
  const to = useLanguage();
  const top = ranks[0]?.[1] ?? 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="ranks" tabIndex={0} aria-label={title}>
      <table aria-label={title}>
        <thead>
          <tr>
            <th>{title}</th>
            <th className="num">{t('bounces.count')}</th>
            <th>&nbsp;</th>
          </tr>
        </thead>
        <tbody>
          {ranks.slice(0, mostRanks).map(([name, count]) => (
            <tr key={name}>
              <td title={name}>{name}</td>
              <td className="num">{formatCount(count, to)}</td>
              <td aria-hidden="true">
                <span className="rank" style={{ width: `${(count / top) * 100}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
