// The rows of the bounces screen: one a recipient, newest first, linked to what is here.
import { expect, test } from 'vitest';
import { type BounceDeps, bounceCalls, type StoredReport } from '../../../electron/station/bounces.js';
import type { BounceRecipient } from '../../../shared/bounce.js';

const recipient = (final: string): BounceRecipient => ({
  final,
  original: null,
  action: 'failed',
  status: '5.1.1',
  statusDerived: false,
  smtpCode: 550,
  diagnostic: null,
  remoteMta: null,
  lastAttempt: null,
  reason: 'user-unknown',
  permanent: true,
});
const about = { messageId: '<1@home.test>', subject: 'x', from: null, to: null, date: null };
const report: StoredReport = {
  message: 'm1',
  when: '2026-11-24T01:00:00Z',
  account: 'a',
  kind: 'failed',
  reportingMta: 'mx.far.test',
  recipients: [recipient('a@far.test'), recipient('b@far.test')],
  original: about,
};

function deps(read: Set<string>, asked: string[]): BounceDeps {
  return {
    reports: async (since) => {
      asked.push(since);
      return [report, { ...report, message: 'm2', kind: 'feedback' }];
    },
    refusals: async () => [
      {
        id: 'r1',
        when: '2026-11-24T02:00:00Z',
        account: 'a',
        recipient: recipient('c@home.test'),
        about: null,
        message: 'm9',
        returned: null,
      },
    ],
    findByMessageId: async (ids) => new Map(ids.map((id) => [id, `sent of ${id}`])),
    readRows: async () => read,
    markRead: async (ids) => {
      for (const id of ids) read.add(id);
    },
    changed: () => asked.push('changed'),
    now: () => Date.parse('2026-11-24T03:00:00Z'),
  };
}

test('reports and refusals as rows; complaints are none', async () => {
  const asked: string[] = [];
  const calls = bounceCalls(deps(new Set(), asked));
  const rows = await calls['bounce.list']({ days: 1 });
  expect(rows.map((row) => [row.id, row.source, row.final, row.originalMessage, row.read])).toEqual([
    ['r1', 'station', 'c@home.test', 'm9', false],
    ['m1#0', 'report', 'a@far.test', 'sent of <1@home.test>', false],
    ['m1#1', 'report', 'b@far.test', 'sent of <1@home.test>', false],
  ]);
  expect(asked).toEqual(['2026-11-23T03:00:00.000Z']);
});

test('what was seen stays seen, and the window is told', async () => {
  const asked: string[] = [];
  const calls = bounceCalls(deps(new Set(), asked));
  await calls['bounce.read']({ ids: ['m1#1'] });
  expect((await calls['bounce.list']({ days: 30 })).map((row) => row.read)).toEqual([false, false, true]);
  expect(asked[0]).toBe('changed');
});
