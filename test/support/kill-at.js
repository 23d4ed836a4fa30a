// Wraps node:fs/promises so that this program kills itself (SIGKILL) before or after its n-th file operation: production code needs
// no hook. Imported and called before what is tested is loaded.
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/**
 * `calls` are functions of fs/promises, `handles` methods of the file that its open() gives. `kill` is {call, after} or null; call
 * counts from 1, and only while `armed`. Returns what is counted; set `armed` when the job begins.
 */
export function killAt({ calls, handles, kill }) {
  const state = { armed: false, count: 0 };
  const counted =
    (work) =>
    async (...parameters) => {
      const call = state.armed ? ++state.count : 0;
      const mine = kill !== null && call === kill.call;
      if (mine && !kill.after) process.kill(process.pid, 'SIGKILL');
      try {
        return await work(...parameters);
      } finally {
        // Also after an operation that failed: a missing folder is one of the moments.
        if (mine && kill.after) process.kill(process.pid, 'SIGKILL');
      }
    };
  for (const name of calls) fsp[name] = counted(fsp[name].bind(fsp));
  const open = fsp.open.bind(fsp);
  fsp.open = counted(async (...parameters) => {
    const file = await open(...parameters);
    for (const name of handles) file[name] = counted(file[name].bind(file));
    return file;
  });
  syncBuiltinESMExports();
  return state;
}
