// A station that polls without a pause until it is killed, or, with `until: 'empty'`, until a poll finds nothing new and fails nothing.
// Argument: JSON {home, shift, until}. `shift`: milliseconds by which its clock is wrong.
import { setTimeout as wait } from 'node:timers/promises';

const { home, shift, until } = JSON.parse(process.argv[2] ?? '{}');
const now = Date.now;
Date.now = () => now() + shift;

const { openStation } = await import('../../out/main/station.js');
const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
for (let quiet = 0; quiet < 2; ) {
  const reports = await running.station['fetch.now']({ id: null, check: false });
  const idle = reports.every(({ failure, delivered }) => failure === null && delivered === 0);
  quiet = until === 'empty' && idle ? quiet + 1 : 0;
  if (idle) await wait(20);
}
await running.close();
