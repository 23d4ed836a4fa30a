// A station in a program of its own: fetches once, says ready, fetches again when told, prints by how many octets its peak grew.
import { readFileSync, writeFileSync } from 'node:fs';
import { openStation } from '../../out/main/station.js';

const memory = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'latin1'))?.[1]) * 1024;

const running = await openStation({ home: process.argv[2] ?? '', keyring: null, sample: false, schedule: false, notices: [] });
const fetch = () => running.station['fetch.now']({ id: null, check: false });
await fetch();
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('end', resolve).resume());
// Resets VmHWM to what it is now (proc(5), clear_refs).
writeFileSync('/proc/self/clear_refs', '5');
const before = memory('VmRSS');
await fetch();
process.stdout.write(`${memory('VmHWM') - before}\n`);
await running.close();
