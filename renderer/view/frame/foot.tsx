// The status at the sidebar's foot: what is being fetched, the next poll, the scanner and its signatures.
import type { ScannerState, StationStatus } from '../../../shared/station.js';
import { overall, steps } from '../../state/progress.js';
import { useQuery } from '../../state/query.js';
import { useStore } from '../../state/store.js';
import { formatRelative, formatTime } from '../../text/date.js';
import { formatClock } from '../../text/number.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Icon, type IconName } from '../part/icon.js';
import { Progress } from '../part/progress.js';
import { useNow } from '../part/time.js';

export function Foot() {
  const t = useText();
  const status = useQuery('status.read', {}).value;
  if (status === null) return null;
  return (
    <section className="foot" aria-label={t('frame.status')}>
      <Fetching />
      <NextPoll status={status} />
      <Scanner scanner={status.scanner} />
      <Signatures status={status} />
      {status.indexing === null ? null : <Line icon="search">{t('frame.indexing', status.indexing)}</Line>}
    </section>
  );
}

function Line({ icon, children, aside, bad = false }: { icon: IconName; children: string; aside?: string; bad?: boolean }) {
  return (
    <p className={bad ? 'v-suspect' : ''}>
      <Icon name={icon} small />
      <span className="el" title={children}>
        {children}
      </span>
      <span className="sp" />
      {aside === undefined ? null : <span className="el aside">{aside}</span>}
    </p>
  );
}

function Fetching() {
  const t = useText();
  const accounts = useQuery('account.list', {}).value ?? [];
  const all = overall(useStore(steps));
  const failed = accounts.filter(({ state }) => state === 'failed').length;
  if (all === null) {
    return failed === 0 ? null : (
      <Line icon="problem" bad>
        {t('frame.fetchFailed', { count: failed })}
      </Line>
    );
  }
  const name = accounts.find(({ account }) => account.id === all.accounts[0])?.account.name;
  const label = all.of > 0 ? t('frame.fetchingOf', { done: all.done, of: all.of }) : t('frame.fetching');
  return (
    <>
      <Progress done={all.done} of={all.of} label={label} />
      <Line icon="fetch" {...(name === undefined ? {} : { aside: name })}>
        {label}
      </Line>
    </>
  );
}

function NextPoll({ status }: { status: StationStatus }) {
  const t = useText();
  const to = useLanguage();
  const now = useNow(1000);
  if (status.paused) {
    const text =
      status.pausedUntil === null ? t('frame.paused') : t('frame.pausedUntil', { time: formatTime(new Date(status.pausedUntil), to) });
    return <Line icon="pause">{text}</Line>;
  }
  if (status.next === null) return <Line icon="clock">{t('frame.noPoll')}</Line>;
  const seconds = (new Date(status.next).getTime() - now.getTime()) / 1000;
  return <Line icon="clock">{seconds < 1 ? t('frame.nextPollSoon') : t('frame.nextPoll', { time: formatClock(seconds) })}</Line>;
}

const scannerWords: Readonly<Record<ScannerState['state'], readonly [IconName, TextKey, boolean]>> = {
  ready: ['clean', 'frame.scannerReady', false],
  starting: ['pending', 'frame.scannerStarting', false],
  down: ['suspicious', 'frame.scannerDown', true],
  blind: ['suspicious', 'frame.scannerBlind', true],
  off: ['not-scanned', 'frame.scannerOff', false],
  missing: ['not-scanned', 'frame.scannerMissing', true],
};

function Scanner({ scanner }: { scanner: ScannerState }) {
  const t = useText();
  const [icon, key, bad] = scannerWords[scanner.state];
  const waiting = scanner.queued + scanner.scanning;
  return (
    <Line icon={icon} bad={bad} {...(waiting > 0 ? { aside: t('frame.waiting', { count: waiting }) } : {})}>
      {t(key)}
    </Line>
  );
}

function Signatures({ status }: { status: StationStatus }) {
  const t = useText();
  const to = useLanguage();
  const now = useNow(60_000);
  if (status.scanner.state === 'off' || status.scanner.state === 'missing') return null;
  if (status.signatures.state === 'updating') return <Line icon="save">{t('frame.signaturesUpdating')}</Line>;
  const built = status.scanner.databaseDate ?? status.signatures.databases[0]?.built ?? null;
  if (built === null) return <Line icon="file">{t('frame.signaturesUnknown')}</Line>;
  const age = formatRelative(new Date(built), to, now) ?? t('common.justNow');
  return (
    <Line icon="file" bad={status.signatures.state === 'stale' || status.signatures.state === 'old'}>
      {t('frame.signaturesFresh', { age })}
    </Line>
  );
}
