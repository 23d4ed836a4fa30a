// The seven phases of a run side by side, each with what it has done so far.
import type { Account } from '../../../shared/account.js';
import { type Phase, phases, type Run } from '../../state/run-progress.js';
import { type TextKey, type Translate, useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';

const names: Readonly<Record<Phase, TextKey>> = {
  connect: 'station.phaseConnect',
  login: 'station.phaseLogin',
  list: 'station.phaseList',
  retrieve: 'station.phaseRetrieve',
  scan: 'station.phaseScan',
  deliver: 'station.phaseDeliver',
  delete: 'station.phaseDelete',
};
type Standing = 'done' | 'now' | 'wait';

export function Phases({ run, account }: { run: Run; account: Account }) {
  const t = useText();
  return (
    <ol className="steps">
      {phases.map((phase) => {
        const standing = standingOf(phase, run);
        return (
          <li key={phase} className={`st ${standing}`} aria-current={standing === 'now' ? 'step' : undefined}>
            {standing === 'done' ? <Icon name="ok" /> : <span className="dot" />}
            <b>{t(names[phase])}</b>
            <span className="t3 el">{detailOf(phase, run, account, t)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** The phases of one message overlap: while any message is in them, all three are under way. */
export function standingOf(phase: Phase, run: Run): Standing {
  const at = phases.indexOf(phase);
  const here = phases.indexOf(run.phase);
  if (at < 3) return at < here || (run.at[phase] !== undefined && at <= here) ? 'done' : at === here ? 'now' : 'wait';
  if (here < 3) return 'wait';
  if (phase === 'delete') return run.passed.delete > 0 || run.phase === 'delete' ? 'now' : 'wait';
  const done = run.of !== null && run.passed[phase as 'retrieve'] >= run.of;
  return done ? 'done' : 'now';
}

function detailOf(phase: Phase, run: Run, account: Account, t: Translate): string {
  if (phase === 'connect' || phase === 'login') return spent(run, phase, t);
  if (phase === 'list') return listed(run, t);
  if (phase === 'delete') return deletion(run, account, t);
  if (run.of === null) return '';
  const done = run.passed[phase];
  if (phase === 'scan' && run.held > 0) return t('station.phaseScanned', { done, held: run.held });
  return t('station.phaseOf', { done, of: run.of });
}

function spent(run: Run, phase: 'connect' | 'login', t: Translate): string {
  const at = run.at[phase];
  if (at === undefined) return run.phase === phase ? t('station.phaseNow') : '';
  return t('station.phaseMilliseconds', { count: Math.round(at - (phase === 'login' ? (run.at.connect ?? 0) : 0)) });
}

function listed(run: Run, t: Translate): string {
  if (run.of === null) return run.phase === 'list' ? t('station.phaseNow') : '';
  return run.of === 0 ? t('station.phaseNothingNew') : t('station.phaseNew', { count: run.of });
}

function deletion(run: Run, account: Account, t: Translate): string {
  const { retention } = account.fetch;
  if (run.passed.delete > 0) return t('station.phaseDone', { count: run.passed.delete });
  if (retention.kind === 'keep') return t('station.phaseKeep');
  return retention.kind === 'days' ? t('station.phaseLater') : '';
}
