// The scanner's counts: by the minute, for an hour, with percentiles by nearest rank.
import { expect, it } from 'vitest';
import { Meter } from '../../../electron/scanner/meter.js';

it('counts verdicts and times by the minute, and forgets after an hour', () => {
  let now = Date.UTC(2026, 10, 24, 12, 0, 30);
  const meter = new Meter(() => now);
  for (let n = 1; n <= 100; n += 1) meter.count(n === 1 ? { kind: 'infected', signatures: ['x'] } : { kind: 'clean' }, 10, n);
  const read = meter.read();
  expect(read.minutes).toHaveLength(60);
  expect(read.minutes.at(-1)).toEqual({
    minute: '2026-11-24T12:00:00.000Z',
    scans: 100,
    octets: 1000,
    verdicts: { clean: 99, infected: 1 },
    p50: 50,
    p95: 95,
    p99: 99,
  });
  expect(read).toMatchObject({ perMinute: 100, latency: { p50: 50, p95: 95, p99: 99, longest: 100 } });
  now += 60_001;
  expect(meter.read().perMinute).toBe(0);
  now += 3_600_000;
  expect(meter.read().latency).toBeNull();
});
