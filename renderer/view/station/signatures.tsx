// The signatures: how old, how many, updated when; updated now, with freshclam's own log.
import type { SignaturesState } from '../../../shared/station.js';
import { useQuery } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { formatDate, formatRelative, formatShort, formatTime } from '../../text/date.js';
import { formatCount } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Icon } from '../part/icon.js';
import { Progress } from '../part/progress.js';
import { ErrorNote } from '../part/state.js';

const day = 86_400_000;
export type Age = 'fresh' | 'old' | 'stale' | 'future';

/** Amber after 3 days, red after 7. Younger than the clock by more than a day: the clock is wrong, and the age says nothing. */
export function ageOf(built: string, now: number): Age {
  const days = (now - Date.parse(built)) / day;
  if (days < -1) return 'future';
  return days > 7 ? 'stale' : days > 3 ? 'old' : 'fresh';
}

const advice = { old: 'station.signaturesOld', stale: 'station.signaturesStale', future: 'station.signaturesFuture' } as const;

/** The database that changes daily is the one whose age counts. */
export function newest(signatures: SignaturesState): SignaturesState['databases'][number] | null {
  const built = signatures.databases.filter((database) => database.built !== null);
  return [...built].sort((a, b) => (b.built ?? '').localeCompare(a.built ?? ''))[0] ?? null;
}

export function Signatures() {
  const t = useText();
  const { value, failure } = useQuery('signatures.read', {});
  if (failure !== null) return <ErrorNote failure={failure} />;
  if (value === null) return null;
  const busy = value.state === 'updating';
  return (
    <section className="sec">
      <div className="row scanner-head">
        <h2 className="b">{t('station.signatures')}</h2>
        <span className="sp" />
        <Button small isDisabled={busy || value.state === 'cooling'} onPress={() => void act('signatures.update', {})}>
          {t(busy ? 'station.updating' : 'station.update')}
        </Button>
      </div>
      {busy ? <Updating progress={value.progress} /> : null}
      {value.failure === null ? null : <ErrorNote failure={value.failure} />}
      <AgeLine signatures={value} />
      <Facts signatures={value} />
      <UpdateLog lines={value.log} />
    </section>
  );
}

function Updating({ progress }: { progress: number | null }) {
  const t = useText();
  const percent = Math.round((progress ?? 0) * 100);
  return (
    <div className="row small t3 updating">
      <div className="sp">
        <Progress done={percent} of={100} label={t('station.updating')} />
      </div>
      {progress === null ? null : t('station.updateProgress', { percent })}
    </div>
  );
}

function AgeLine({ signatures }: { signatures: SignaturesState }) {
  const t = useText();
  const to = useLanguage();
  const database = newest(signatures);
  if (database?.built == null) return <p className="small t2">{t('station.signaturesUnknown')}</p>;
  const age = ageOf(database.built, Date.now());
  const value = t('station.signaturesValue', {
    name: database.name,
    version: database.version ?? 0,
    age: formatRelative(new Date(database.built), to, new Date()) ?? t('common.justNow'),
  });
  const count = signatures.databases.reduce((sum, one) => sum + (one.signatures ?? 0), 0);
  return (
    <>
      <p className={`v small ${age === 'fresh' ? '' : age === 'stale' ? 'v-infected' : 'v-suspect'}`}>
        {age === 'fresh' ? null : <Icon name="problem" />}
        {value}
        {count === 0 ? '' : `${t('common.separator')}${t('station.signaturesCount', { count: formatCount(count, to) })}`}
      </p>
      {age === 'fresh' ? null : <p className="hint">{t(advice[age])}</p>}
    </>
  );
}

function Facts({ signatures }: { signatures: SignaturesState }) {
  const t = useText();
  const to = useLanguage();
  const time = (iso: string | null, otherwise: string) => (iso === null ? otherwise : formatShort(new Date(iso), to, new Date()));
  return (
    <dl className="kv signature-facts">
      <dt>{t('station.lastUpdate')}</dt>
      <dd>{time(signatures.lastRun, t('station.never'))}</dd>
      <dt>{t('station.nextUpdate')}</dt>
      <dd>{time(signatures.nextRun, t('station.notPlanned'))}</dd>
      {signatures.coolDownUntil === null ? null : (
        <>
          <dt className="v-suspect">{t('station.coolDown')}</dt>
          <dd>{t('station.coolDownValue', { time: formatTime(new Date(signatures.coolDownUntil), to) })}</dd>
        </>
      )}
      {signatures.databases.map((database) => (
        <Database key={database.name} database={database} />
      ))}
    </dl>
  );
}

function Database({ database }: { database: SignaturesState['databases'][number] }) {
  const t = useText();
  const to = useLanguage();
  const date = database.built === null ? '?' : formatDate(new Date(database.built), to);
  return (
    <>
      <dt className="mono">{database.name}</dt>
      <dd className="t2">{t('station.databaseBuilt', { version: String(database.version ?? '?'), date })}</dd>
    </>
  );
}

function UpdateLog({ lines }: { lines: readonly string[] }) {
  const t = useText();
  return (
    <details className="more-log">
      <summary className="small t2">{t('station.updateLog')}</summary>
      {lines.length === 0 ? <p className="hint">{t('station.updateLogEmpty')}</p> : <pre className="mono">{lines.join('\n')}</pre>}
    </details>
  );
}
