// The selected account: its run while it runs, else its last result; and its transcript below.
import type { FetchStep } from '../../../shared/fetch.js';
import type { AccountState } from '../../../shared/station.js';
import { type Run, runs, secondsLeft, withStep } from '../../state/run-progress.js';
import { useStore } from '../../state/store.js';
import { act } from '../../state/trouble.js';
import { formatTime } from '../../text/date.js';
import { formatOctets, formatSpan } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Progress } from '../part/progress.js';
import { AccountActions } from './account-actions.js';
import { LastRun } from './last-run.js';
import { Phases } from './phases.js';
import { Transcript } from './transcript.js';

export function SelectedAccount({ state }: { state: AccountState }) {
  const live = useStore(runs).get(state.account.id);
  const run = state.state === 'fetching' ? (live ?? fromStep(state.step)) : (live ?? null);
  return (
    <section className="pane run" data-pane="account" aria-label={state.account.name}>
      {run === null ? <LastRun state={state} /> : <RunNow state={state} run={run} />}
      <Transcript account={state.account.id} key={state.account.id} />
    </section>
  );
}

function fromStep(step: FetchStep | null): Run | null {
  return step === null ? null : withStep(undefined, step, Date.now());
}

function RunNow({ state, run }: { state: AccountState; run: Run }) {
  const t = useText();
  const { account } = state;
  return (
    <div className="sec tight">
      <div className="row">
        <span className="b el">{account.name}</span>
        <RunLine run={run} />
        <span className="sp" />
        <Button small onPress={() => void act('fetch.stop', { id: account.id })}>
          {t('station.stop')}
        </Button>
        <AccountActions state={state} />
      </div>
      {run.of === null || run.of === 0 ? null : (
        <div className="run-bars">
          <Progress done={run.passed.deliver} of={run.of} label={t('station.runProgressMessages')} />
          <Progress done={run.octets} of={run.ofOctets} label={t('station.runProgressOctets')} />
        </div>
      )}
      <Phases run={run} account={account} />
    </div>
  );
}

function RunLine({ run }: { run: Run }) {
  const t = useText();
  const to = useLanguage();
  const parts = [t('station.runLine', { time: formatTime(new Date(run.started), to) })];
  if (run.of !== null && run.of > 0) {
    parts.push(t('station.runMessage', { done: Math.min(run.of, Math.max(1, run.passed.retrieve)), of: run.of }));
    parts.push(t('station.runOctets', { done: formatOctets(run.octets, to), of: formatOctets(run.ofOctets, to) }));
  }
  const left = secondsLeft(run);
  if (left !== null && left > 1) parts.push(t('station.runLeft', { time: formatSpan(left, to) }));
  const text = parts.join(t('common.separator'));
  return (
    <span className="small t3 el" title={text}>
      {text}
    </span>
  );
}
