// A station in a program of its own that is told to release, rescan or deliver a held message, to hold one, or to save or send a
// draft, and kills itself (SIGKILL) before or after the n-th file operation.
// Argument: JSON {home, job, id, kill: {call, after} | null}. Prints how many file operations the job took.
import { killAt } from './kill-at.js';

const { home, job, id, kill } = JSON.parse(process.argv[2] ?? '{}');
const state = killAt({ calls: ['link', 'unlink', 'rename', 'rm', 'mkdir'], handles: ['sync', 'writev', 'writeFile', 'close'], kill });

const { openStation } = await import('../../out/main/station.js');
const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
/** The infected lines of a scan of all mail: what `hold` is told to put away. */
async function scanMail() {
  const { id: scan } = await running.station['scan.start']({ places: ['mail'], exclude: [], followLinks: false, otherDevices: true });
  await new Promise((resolve) => {
    const look = async () => ((await running.station['scan.read']({})).mail?.state === 'done' ? resolve() : setTimeout(look, 10));
    void look();
  });
  const { lines } = await running.station['scan.list']({ scan, list: 'infected', offset: 0, limit: 10 });
  return { scan, lines: lines.map((line) => line.id) };
}
const found = job === 'hold' ? await scanMail() : null;
const writing = job === 'save' || job === 'send' ? JSON.parse(id) : null;
// What is read before the first change is not what is looked at.
if (writing !== null) await running.station['compose.open']({ draft: writing.draft });
const jobs = {
  save: () => running.station['compose.save'](writing),
  send: () => running.station['compose.send'](writing),
  release: () => running.station['quarantine.release']({ id }),
  rescan: () => running.station['quarantine.rescan']({ ids: [id] }),
  hold: () => running.station['scan.settle']({ scan: found.scan, lines: found.lines, how: 'quarantine', to: null }),
  deliver: () => running.station['problem.settle']({ id, how: 'deliver' }),
};
state.armed = true;
if (found === null || found.lines.length > 0) await jobs[job]();
state.armed = false;
process.stdout.write(`${state.count}\n`);
await running.close();
