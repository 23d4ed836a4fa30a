// What clamdtop shows: each clamd's threads, queue and memory, what is in scan, and the last hour in charts.
import { useEffect } from 'react';
import type { ScannerWatch, WatchedHost } from '../../../shared/scan.js';
import type { VerdictKind } from '../../../shared/verdict.js';
import { refresh, useQuery } from '../../state/query.js';
import { formatTime } from '../../text/date.js';
import { formatOctets } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Chart, type Series } from '../part/chart.js';
import { ErrorNote, Skeleton } from '../part/state.js';
import { verdictWord } from '../part/verdict.js';

const lookEvery = 2000;
const stack: readonly (readonly [kinds: readonly VerdictKind[], fill: string])[] = [
  [['clean'], 'kvc'],
  [['suspicious'], 'kvs'],
  [['infected'], 'kvi'],
  [['not-scanned', 'unavailable', 'unscannable'], 'kvu'],
];
const states = { ready: 'scan.hostReady', down: 'scan.hostDown', blind: 'scan.hostBlind', unknown: 'scan.hostUnknown' } as const;

export function Watch() {
  const t = useText();
  const { value, failure } = useQuery('scanner.watch', {});
  useEffect(() => {
    const timer = setInterval(() => refresh(['scanner.watch']), lookEvery);
    return () => clearInterval(timer);
  }, []);
  if (failure !== null) return <ErrorNote failure={failure} />;
  if (value === null) return <Skeleton rows={4} />;
  return (
    <>
      {value.hosts.length === 0 ? <p className="sec hint">{t('scan.noHost')}</p> : null}
      {value.hosts.map((host) => (
        <Host key={host.where} host={host} watch={value} />
      ))}
      <Numbers watch={value} />
      <Charts watch={value} />
    </>
  );
}

function Host({ host, watch }: { host: WatchedHost; watch: ScannerWatch }) {
  const t = useText();
  const to = useLanguage();
  const { stats } = host;
  const unknown = t('scan.unknown');
  const resident = watch.memory === null ? [] : [t('scan.resident', { octets: formatOctets(watch.memory, to) })];
  const pools = stats?.poolsUsed == null ? [] : [t('scan.memoryValue', { used: formatOctets(stats.poolsUsed, to) })];
  return (
    <section className="sec">
      <h2 className="b mono el">{host.where}</h2>
      <p className={`v ${host.state === 'ready' ? 'v-clean' : host.state === 'unknown' ? '' : 'v-infected'}`}>{t(states[host.state])}</p>
      {host.why === null ? null : <p className="hint">{host.why}</p>}
      <dl className="kv">
        <dt>{t('scan.threads')}</dt>
        <dd>{stats === null ? unknown : t('scan.threadsValue', { live: stats.live, idle: stats.idle, max: stats.maximum })}</dd>
        <dt>{t('scan.queue')}</dt>
        <dd>{t('scan.queueValue', { theirs: stats?.queue ?? 0, ours: watch.queued })}</dd>
        <dt>{t('scan.memory')}</dt>
        <dd>{[...resident, ...pools].join(t('common.separator')) || unknown}</dd>
        <dt>{t('scan.database')}</dt>
        <dd>{host.version ?? unknown}</dd>
        <dt>{t('scan.inScan')}</dt>
        <dd>
          {stats === null || stats.tasks.length === 0
            ? t('scan.inScanNone')
            : stats.tasks.map(({ what, seconds }) => (
                <span className="block" key={`${what} ${seconds}`}>
                  {t('scan.inScanValue', { what, seconds })}
                </span>
              ))}
        </dd>
      </dl>
    </section>
  );
}

function Numbers({ watch }: { watch: ScannerWatch }) {
  const t = useText();
  const { latency } = watch;
  const whole = latency === null ? null : Object.fromEntries(Object.entries(latency).map(([name, value]) => [name, Math.round(value)]));
  return (
    <section className="sec">
      <dl className="kv">
        <dt>{t('scan.perMinute')}</dt>
        <dd>{watch.perMinute}</dd>
        <dt>{t('scan.latency')}</dt>
        <dd>{whole === null ? t('scan.latencyNone') : t('scan.latencyValue', whole)}</dd>
      </dl>
    </section>
  );
}

function Charts({ watch: { minutes } }: { watch: ScannerWatch }) {
  const t = useText();
  const to = useLanguage();
  const common = { labels: minutes.map(({ minute }) => formatTime(new Date(minute), to)), labelEvery: 15, labelTitle: t('scan.minute') };
  const verdicts = stack.map(([kinds, fill]): Series => {
    const values = minutes.map((minute) => kinds.reduce((sum, kind) => sum + (minute.verdicts[kind] ?? 0), 0));
    return { label: t(verdictWord(kinds[0] ?? 'clean')), fill, values };
  });
  const times: readonly Series[] = [
    { label: t('scan.p50'), fill: 'ka', values: minutes.map(({ p50 }) => p50 ?? 0) },
    { label: t('scan.p95'), fill: 'k4', values: minutes.map(({ p95 }) => p95 ?? 0) },
    { label: t('scan.p99'), fill: 'kw', values: minutes.map(({ p99 }) => p99 ?? 0) },
  ];
  const last = (values: readonly number[]) => String(Math.round(values.at(-1) ?? 0));
  return (
    <>
      <div className="sec">
        <Chart {...common} title={t('scan.chartMinutes')} series={verdicts} height={120} />
      </div>
      <div className="sec">
        <Chart {...common} title={t('scan.chartLatency')} series={times} shape="lines" height={110} total={last} />
      </div>
    </>
  );
}
