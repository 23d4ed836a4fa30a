// The scanner: its state, where clamd is, its memory and queue; tested with EICAR, restarted.
import { useState } from 'react';
import type { ScannerState } from '../../../shared/station.js';
import { confirm } from '../../state/overlay.js';
import { go } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { formatRelative } from '../../text/date.js';
import { formatOctets } from '../../text/number.js';
import { say, type TextKey, useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Icon, type IconName } from '../part/icon.js';
import { ErrorNote, Skeleton } from '../part/state.js';

type Look = readonly [icon: IconName, tone: string, word: TextKey];
const looks: Readonly<Record<ScannerState['state'], Look>> = {
  ready: ['clean', 'v-clean', 'station.scannerReady'],
  starting: ['pending', 't3', 'station.scannerStarting'],
  down: ['problem', 'v-infected', 'station.scannerDown'],
  blind: ['problem', 'v-infected', 'station.scannerBlind'],
  off: ['not-scanned', 'v-unscanned', 'station.scannerOff'],
  missing: ['problem', 'v-suspect', 'station.scannerMissing'],
};

export function Scanner() {
  const t = useText();
  const { value: scanner, failure } = useQuery('scanner.read', {});
  if (failure !== null) return <ErrorNote failure={failure} />;
  if (scanner === null) return <Skeleton rows={3} />;
  const [icon, tone, word] = looks[scanner.state];
  const running = scanner.state !== 'off' && scanner.state !== 'missing';
  return (
    <section className="sec">
      <div className="row scanner-head">
        <h2 className="b">{t('station.scanner')}</h2>
        <span className={`v ${tone}`}>
          <Icon name={icon} />
          {t(word)}
        </span>
      </div>
      <Meaning scanner={scanner} />
      {running ? <Facts scanner={scanner} /> : null}
      <Actions scanner={scanner} />
    </section>
  );
}

function Meaning({ scanner }: { scanner: ScannerState }) {
  const t = useText();
  if (scanner.state === 'off') return <p className="hint">{t('station.scannerOffText')}</p>;
  const waits: TextKey = scanner.mode === 'required' ? 'station.scannerRequiredText' : 'station.scannerOptionalText';
  return (
    <>
      {scanner.state === 'missing' ? <p className="hint">{t('station.scannerMissingText')}</p> : null}
      {scanner.failure === null ? null : <ErrorNote failure={scanner.failure} title={t(looks[scanner.state][2])} />}
      {scanner.state === 'ready' || scanner.failure !== null ? null : <p className="hint">{t(waits)}</p>}
    </>
  );
}

function Facts({ scanner }: { scanner: ScannerState }) {
  const t = useText();
  const to = useLanguage();
  const now = new Date();
  const owner = scanner.managed ? t('station.clamdOurs', { pid: String(scanner.pid ?? '') }) : t('station.clamdTheirs');
  return (
    <dl className="kv">
      <dt>{t('station.clamd')}</dt>
      <dd>
        {scanner.engine === null ? '' : `${scanner.engine}${t('common.separator')}`}
        <span className="mono">{scanner.where}</span>
        <span className="t3 block">{owner}</span>
      </dd>
      <dt>{t('station.memory')}</dt>
      <dd>{scanner.memory === null ? t('station.memoryUnknown') : formatOctets(scanner.memory, to)}</dd>
      <dt>{t('station.queue')}</dt>
      <dd>{t('station.queueValue', { queued: scanner.queued, scanning: scanner.scanning })}</dd>
      <dt>{t('station.canary')}</dt>
      <dd>
        {scanner.canary === null ? t('station.canaryNever') : (formatRelative(new Date(scanner.canary), to, now) ?? t('common.justNow'))}
      </dd>
    </dl>
  );
}

function Actions({ scanner }: { scanner: ScannerState }) {
  const t = useText();
  const [testing, setTesting] = useState(false);
  const [result, setResult] = useState<'found' | 'not' | null>(null);
  const test = async () => {
    setTesting(true);
    setResult(null);
    const after = await act('scanner.test', {});
    setTesting(false);
    if (after !== null) setResult(after.state === 'ready' ? 'found' : 'not');
  };
  return (
    <>
      <div className="acts scanner-acts">
        {scanner.state === 'off' || scanner.state === 'missing' ? null : (
          <Button small isDisabled={testing} onPress={() => void test()}>
            {t(testing ? 'station.testing' : 'station.test')}
          </Button>
        )}
        {scanner.managed ? (
          <Button small onPress={() => void restart()}>
            {t('station.restart')}
          </Button>
        ) : null}
        <Button small tone="ghost" onPress={() => go('settings', ['scanner'])}>
          {t('station.scannerSettings')}
        </Button>
      </div>
      {result === null ? null : (
        <p role="status" className={`v ${result === 'found' ? 'v-clean' : 'v-infected'} scanner-result`}>
          <Icon name={result === 'found' ? 'ok' : 'failed'} />
          {t(result === 'found' ? 'station.testFound' : 'station.testFailed')}
        </p>
      )}
    </>
  );
}

async function restart(): Promise<void> {
  const yes = await confirm({
    title: say('station.restartTitle'),
    text: say('station.restartText'),
    verb: say('station.restart'),
    destructive: false,
  });
  if (yes) await act('scanner.restart', {});
}
