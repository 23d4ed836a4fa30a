// An account's state and last result, in words.
import type { Failure } from '../../../shared/error.js';
import { explain } from '../../../shared/failure-text.js';
import type { FetchReport, FetchStep } from '../../../shared/fetch.js';
import type { AccountState } from '../../../shared/station.js';
import type { Language } from '../../state/settings.js';
import { formatTime } from '../../text/date.js';
import { formatClock } from '../../text/number.js';
import type { TextKey, Translate } from '../../text/text.js';
import type { IconName } from '../part/icon.js';

type Look = readonly [icon: IconName, tone: string, word: TextKey];
export const stateLooks: Readonly<Record<AccountState['state'], Look>> = {
  waiting: ['ok', '', 'station.stateWaiting'],
  fetching: ['fetch', '', 'station.stateFetching'],
  failed: ['problem', 'v-infected', 'station.stateFailed'],
  paused: ['pause', 't3', 'station.statePaused'],
  'needs-secret': ['key', 'v-suspect', 'station.stateSecret'],
  offline: ['pending', 't3', 'station.stateOffline'],
};

interface Said {
  readonly t: Translate;
  readonly to: Language;
}

/** The sentence without the account and the step, which the row names already. */
export function failureSentence(failure: Failure, to: Language): string {
  const { account: _account, step: _step, ...rest } = failure;
  return explain(rest, to).what;
}

export function resultText(state: AccountState, step: FetchStep | null, { t, to }: Said): string {
  if (state.state === 'fetching' || step !== null) return runText(step ?? state.step, t);
  const { last } = state;
  if (last === null) return t('station.resultNone');
  if (last.failure === null) return t('station.resultAt', { text: reportText(last, t), time: formatTime(endOf(last), to) });
  const text = failureSentence(last.failure, to);
  return state.failures > 1 ? t('station.failedTimes', { text, count: state.failures }) : text;
}

function runText(step: FetchStep | null, t: Translate): string {
  if (step?.message === undefined || step.of === undefined) return t('station.resultStarting');
  return t('station.resultOf', { done: step.message, of: step.of });
}

/** What a run did: what came, and everything that did not simply arrive. */
export function reportText(report: FetchReport, t: Translate): string {
  const counts: readonly (readonly [TextKey, number])[] = [
    ['station.resultDelivered', report.delivered],
    ['station.resultAdopted', report.adopted],
    ['station.resultHeld', report.quarantined],
    ['station.resultRefused', report.refused],
    ['station.resultDeferred', report.deferred],
    ['station.resultParked', report.parked],
    ['station.resultOversized', report.oversized],
    ['station.resultLeft', report.left],
  ];
  const parts = counts.filter(([, count]) => count > 0).map(([key, count]) => t(key, { count }));
  if (parts.length === 0) return t('station.resultNothing');
  if (allClean(report)) parts.splice(1, 0, t('station.resultAllClean'));
  return parts.join(t('common.separator'));
}

function allClean(report: FetchReport): boolean {
  return report.delivered > 0 && report.verdicts.clean === report.delivered && report.quarantined === 0;
}

function endOf(report: FetchReport): Date {
  return new Date(Date.parse(report.started) + report.milliseconds);
}

export function nextText(state: AccountState, paused: boolean, now: Date, t: Translate): string {
  if (state.state === 'fetching') return t('station.nextRunning');
  if (state.state === 'paused') return t('station.nextNone');
  if (state.state === 'needs-secret') return t('station.nextSecret');
  if (paused) return t('station.nextPaused');
  if (state.next === null) return t(state.state === 'failed' ? 'station.nextStopped' : 'station.nextNone');
  const seconds = (Date.parse(state.next) - now.getTime()) / 1000;
  return seconds < 1 ? t('station.nextSoon') : t('station.nextIn', { time: formatClock(seconds) });
}
