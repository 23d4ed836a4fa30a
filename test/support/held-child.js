// A station in a program of its own that is told to release, rescan or deliver a held message, and kills itself (SIGKILL) before
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
const jobs = {
  release: () => running.station['quarantine.release']({ id }),
  rescan: () => running.station['quarantine.rescan']({ ids: [id] }),
  deliver: () => running.station['problem.settle']({ id, how: 'deliver' }),
};
armed = true;
await jobs[job]();
armed = false;
process.stdout.write(`${calls}\n`);
await running.close();
