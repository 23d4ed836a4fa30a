// `todoku ARGS` in a program of its own that kills itself (SIGKILL) before its n-th file operation. node:fs/promises is wrapped here,
// so production code needs no hook. Arguments: JSON {args, kill: number | null}. Prints how many operations it took, last.
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { args, kill } = JSON.parse(process.argv[2] ?? '{}');
let calls = 0;

function counted(work) {
  return async (...parameters) => {
    calls += 1;
    if (calls === kill) process.kill(process.pid, 'SIGKILL');
    return work(...parameters);
  };
}
for (const name of ['link', 'unlink', 'rename', 'rm', 'mkdir', 'utimes']) fsp[name] = counted(fsp[name].bind(fsp));
const open = fsp.open.bind(fsp);
fsp.open = counted(async (...parameters) => {
  const file = await open(...parameters);
  for (const name of ['sync', 'writev', 'writeFile', 'close']) file[name] = counted(file[name].bind(file));
  return file;
});
syncBuiltinESMExports();

process.argv = [process.execPath, 'todoku', ...args];
await import('../../out/main/cli.js');
process.stdout.write(`\n${calls}\n`);
