// One run of a station in a program of its own, ended by kill -9 at the wanted moment. Production code needs no hook: the steps
// announce themselves, and this program, which is a composition root like any other, listens.
// Argument: JSON {home, kill: {step, message} | {event, nth} | null}. Prints the report when it lives.
import { openStation } from '../../out/main/station.js';

const { home, kill } = JSON.parse(process.argv[2] ?? '{}');
const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
let events = 0;
running.subscribe((name, body) => {
  if (kill !== null && name === kill.event && ++events === kill.nth) process.kill(process.pid, 'SIGKILL');
  if (kill === null || name !== 'fetch.step' || body.step !== kill.step) return;
  if (kill.message === null || body.message === kill.message) process.kill(process.pid, 'SIGKILL');
});
const reports = await running.station['fetch.now']({ id: null, check: false });
process.stdout.write(`${JSON.stringify(reports)}\n`);
await running.close();
