// Sentences that freshclam has said, and what a person is told instead.
import { expect, it } from 'vitest';
import { explainRun, plainLine, readProgress, somethingChanged } from '../../../electron/scanner/freshclam-says.js';

const day = new Date('2026-11-25T04:05:52Z');
const table: readonly (readonly [string, number | null, Date | null, string, RegExp])[] = [
  ["ERROR: Can't open /var/log/clamav/freshclam.log in append mode (check permissions!).", 62, null, 'not-writable', /freshclam\.log/],
  ['ERROR: Failed to open log file /var/log/clamav/freshclam.log: Permission denied', 2, null, 'not-writable', /freshclam\.log/],
  ['ERROR: Problem with internal logger (UpdateLogFile = /var/log/clamav/freshclam.log).', 62, null, 'not-writable', /freshclam\.log/],
  ['LibClamAV Warning: ***      Virus database timestamp in the future!   ***', 0, null, 'io', /clock/],
  ["ERROR: Download failed (6)  Message: Couldn't resolve host name", 5, null, 'dns', /no network/],
  ["ERROR: Download failed (7)  Message: Couldn't connect to server", 5, null, 'unreachable', /no network/],
  ['ERROR: Download failed (28)  Message: Timeout was reached', 5, null, 'timeout', /in time/],
  ['ERROR: Download failed (60)  Message: SSL peer certificate or SSH remote key was not OK', 5, null, 'tls', /safe/],
  [
    'WARNING: FreshClam received error code 403 from the ClamAV Content Delivery Network (CDN).',
    17,
    day,
    'server-refused',
    /403.*2026-11-25/,
  ],
  ['WARNING: FreshClam received error code 429 from the ClamAV Content Delivery Network (CDN).', 0, day, 'server-busy', /429.*2026-11-25/],
  ['WARNING: FreshClam previously received error code 429 or 403', 0, day, 'server-busy', /429.*2026-11-25/],
  ['ERROR: Database update process failed: HTTP GET failed', 11, day, 'server-busy', /403 or 429/],
  ['ERROR: Database update process failed: HTTP GET failed', 11, null, 'server-permanent', /refuses/],
  ['ERROR: Database test FAILED.', 8, null, 'protocol', /broken/],
  ['ERROR: cdiff: write failed: No space left on device', 9, null, 'disk-full', /room/],
  ['ERROR: something new', 99, null, 'io', /something new/],
  ['', null, null, 'io', /signal/],
];
for (const [said, exit, coolDown, code, text] of table) {
  it(`${said || 'nothing'} (${exit}) is ${code}`, () => {
    const failure = explainRun({ exit, said: [said], coolDown });
    expect(failure?.code).toBe(code);
    expect(failure?.message).toMatch(text);
    expect(failure?.temporary).toBe(true);
  });
}

it('a good run needs no explanation', () => {
  expect(explainRun({ exit: 0, said: ['daily.cld database is up-to-date'], coolDown: null })).toBeNull();
});

it('progress, time stamps, control sequences', () => {
  expect(readProgress('\x1b[?7lTime:    0.0s, ETA:    0.0s [========>        ]       27B/54B')).toBe(0.5);
  expect(readProgress('Time:    1.0s, ETA:    3.0s [=====>           ]   14.25MiB/57.00MiB')).toBe(0.25);
  expect(readProgress('Time: 0s [>] 5B/0B')).toBeNull();
  expect(readProgress('daily.cvd updated (version: 1, sigs: 2)')).toBeNull();
  expect(plainLine('ERROR: Tue Nov 24 04:06:12 2026 -> Update failed.')).toBe('ERROR: Update failed.');
  expect(plainLine('\x1b[?7hTue Nov  4 04:05:52 2026 -> Database test passed.')).toBe('Database test passed.');
  expect(somethingChanged(['daily.cvd updated (version: 27813, sigs: 2075000, f-level: 90, builder: raynman)'])).toBe(true);
  expect(somethingChanged(['daily.cvd database is up-to-date (version: 27813)'])).toBe(false);
});
