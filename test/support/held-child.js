// A station in a program of its own that is told to release, rescan or deliver a held message, or to save or send a draft, or to hold one, and kills itself (SIGKILL) before
// or after the n-th file operation. node:fs/promises is wrapped here, so production code needs no hook.
// Argument: JSON {home, job, id, kill: {call, after} | null}. Prints how many file operations the job took.
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { home, job, id, kill } = JSON.parse(process.argv[2] ?? '{}');
let calls = 0;
let armed = false;

function counted(work) {
  return async (...parameters) => {
    const call = armed ? ++calls : 0;
    const mine = kill !== null && call === kill.call;
    if (mine && !kill.after) process.kill(process.pid, 'SIGKILL');
    try {
      return await work(...parameters);
    } finally {
      // Also after an operation that failed: a missing folder is one of the moments.
      if (mine && kill.after) process.kill(process.pid, 'SIGKILL');
    }
  };
}
for (const name of ['link', 'unlink', 'rename', 'rm', 'mkdir']) fsp[name] = counted(fsp[name].bind(fsp));
const open = fsp.open.bind(fsp);
fsp.open = counted(async (...parameters) => {
  const file = await open(...parameters);
  for (const name of ['sync', 'writev', 'writeFile', 'close']) file[name] = counted(file[name].bind(file));
  return file;
});
syncBuiltinESMExports();

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
armed = true;
if (found === null || found.lines.length > 0) await jobs[job]();
armed = false;
process.stdout.write(`${calls}\n`);
await running.close();
