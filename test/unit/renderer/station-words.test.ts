// The station screen without its drawing: results in words, a run from its steps, signatures' age, lines each once.
import { describe, expect, test } from 'vitest';
import { secondsLeft, withStep } from '../../../renderer/state/run-progress.js';
import { translator } from '../../../renderer/text/text.js';
import { moved } from '../../../renderer/view/station/account-actions.js';
import { nextText, reportText, resultText } from '../../../renderer/view/station/account-state.js';
import { verdictValues } from '../../../renderer/view/station/charts.js';
import { standingOf } from '../../../renderer/view/station/phases.js';
import { ageOf, newest } from '../../../renderer/view/station/signatures.js';
import { joinLines, transcriptText } from '../../../renderer/view/station/transcript.js';
import type { FetchStep } from '../../../shared/fetch.js';
import type { AccountState } from '../../../shared/station.js';
import { makeAccounts, makeHours, makeSignatures } from '../../support/fake-accounts.js';

const t = translator('en');
const accounts = makeAccounts();
const named = (id: string): AccountState => {
  const found = accounts.find(({ account }) => account.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const good = named('kumiai');

describe('a result in words', () => {
  test.each([
    [{ delivered: 0, quarantined: 0 }, 'Nothing new'],
    [{ delivered: 3, quarantined: 0, verdicts: { clean: 3 } }, '3 new, all clean'],
    [{ delivered: 3, quarantined: 1, verdicts: { clean: 3, infected: 1 } }, '3 new, 1 held in quarantine'],
    [{ delivered: 2, quarantined: 0, verdicts: { clean: 1, 'not-scanned': 1 } }, '2 new'],
    [{ delivered: 0, quarantined: 0, deferred: 2, left: 5 }, '2 deferred to the next run, 5 left for the next run'],
  ])('%j is %s', (change, expected) => {
    expect(reportText({ ...(good.last as NonNullable<AccountState['last']>), verdicts: {}, ...change }, t)).toBe(expected);
  });
  test('a failure names neither account nor step again, and says how often', () => {
    const text = resultText(named('daigaku'), null, { t, to: 'en' });
    expect(text).toMatch(/^mail\.daigaku\.example refused the password of ayumi\..*Failed 3 times in a row\.$/);
  });
  test('never fetched', () => {
    expect(resultText(named('fastline'), null, { t, to: 'en' })).toBe('Not fetched yet');
  });
  const now = new Date('2026-01-01T00:00:00Z');
  test.each([
    ['waiting', '2026-01-01T00:01:42Z', false, 'in 1:42'],
    ['waiting', '2026-01-01T00:00:00Z', false, 'in a moment'],
    ['waiting', null, true, 'polling is paused'],
    ['fetching', null, false, 'running'],
    ['failed', null, false, 'stopped until you act'],
    ['paused', null, false, '–'],
    ['needs-secret', null, false, 'after the password'],
  ] as const)('next poll of %s at %s, paused %s: %s', (state, next, paused, expected) => {
    expect(nextText({ ...good, state, next }, paused, now, t)).toBe(expected);
  });
});

describe('a run from its steps', () => {
  const step = (change: Partial<FetchStep>): FetchStep => ({ account: 'a', run: 1, step: 'begin', milliseconds: 0, ...change });
  const of = { of: 2, ofOctets: 1000 };
  const steps: readonly FetchStep[] = [
    step({}),
    step({ step: 'connect', milliseconds: 14 }),
    step({ step: 'login', milliseconds: 62 }),
    step({ step: 'list', milliseconds: 70, of: 2 }),
    step({ step: 'retrieve', message: 1, octets: 0, ...of, milliseconds: 80 }),
    step({ step: 'spool', message: 1, octets: 0, ...of, milliseconds: 90 }),
    step({ step: 'scan', message: 1, verdict: 'infected', octets: 0, ...of, milliseconds: 95 }),
    step({ step: 'record', message: 1, octets: 400, ...of, milliseconds: 100 }),
  ];
  const run = steps.reduce<ReturnType<typeof withStep> | undefined>((before, one) => withStep(before, one, 1000), undefined);
  test('counts what has passed each phase, and what was held', () => {
    expect(run).toMatchObject({
      passed: { retrieve: 1, scan: 1, deliver: 1, delete: 0 },
      held: 1,
      of: 2,
      octets: 400,
      at: { connect: 14, login: 62 },
    });
  });
  test('the phases of the run are done, those of its messages under way', () => {
    if (run === undefined) throw new Error('no run');
    expect(['connect', 'list', 'retrieve', 'deliver', 'delete'].map((phase) => standingOf(phase as 'connect', run))).toEqual([
      'done',
      'done',
      'now',
      'now',
      'wait',
    ]);
  });
  test('says how long it will take once a tenth is done', () => {
    if (run === undefined) throw new Error('no run');
    expect(secondsLeft(run)).toBeCloseTo(0.15);
    expect(secondsLeft({ ...run, octets: 99 })).toBeNull();
  });
  test('a window that opens in the middle counts what a position says', () => {
    const late = withStep(undefined, step({ step: 'scan', message: 12, octets: 1, of: 40, ofOctets: 2 }), 0);
    expect(late.passed).toMatchObject({ retrieve: 12, scan: 12, deliver: 11 });
  });
  test('another run begins anew', () => {
    expect(withStep(run, step({ run: 2, step: 'connect' }), 0).passed.deliver).toBe(0);
  });
});

describe('signatures', () => {
  const now = Date.parse('2026-01-10T00:00:00Z');
  test.each([
    ['2026-01-07T01:00:00Z', 'fresh'],
    ['2026-01-06T23:00:00Z', 'old'],
    ['2026-01-03T01:00:00Z', 'old'],
    ['2026-01-02T23:00:00Z', 'stale'],
    ['2026-01-10T20:00:00Z', 'fresh'],
    ['2026-01-12T00:00:00Z', 'future'],
  ])('built %s are %s', (built, expected) => {
    expect(ageOf(built, now)).toBe(expected);
  });
  test('the newest database counts', () => {
    expect(newest(makeSignatures())?.name).toBe('daily');
    expect(newest({ ...makeSignatures(), databases: [] })).toBeNull();
  });
});

describe('lines and charts', () => {
  const line = (time: string, text: string) => ({ account: 'a', time, side: 'client' as const, text });
  test('a line that was read and announced is there once', () => {
    const read = [line('2026-01-01T00:00:01.000Z', 'CAPA')];
    const joined = joinLines(read, [...read, line('2026-01-01T00:00:02.000Z', 'QUIT')]);
    expect(joined.map(({ text }) => text)).toEqual(['CAPA', 'QUIT']);
    expect(transcriptText(joined).split('\n')).toHaveLength(2);
  });
  test('verdicts of several kinds add up', () => {
    const [hour] = makeHours(1);
    const rows = [{ ...hour, verdicts: { 'not-scanned': 2, unavailable: 1, clean: 5 } }] as ReturnType<typeof makeHours>;
    expect(verdictValues(rows, ['not-scanned', 'unavailable', 'unscannable'])).toEqual([3]);
  });
  test('an account moves one place, and not over the edge', () => {
    expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
  });
});
