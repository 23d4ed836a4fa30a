// One found file moved, copied or removed in a program of its own, which kills itself (SIGKILL) before or after the n-th file
// operation. Argument: JSON {bundle, path, how, folder, kill: {call, after} | null}. Prints how many operations it took.
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { bundle, path, how, folder, kill } = JSON.parse(process.argv[2] ?? '{}');
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
      if (mine && kill.after) process.kill(process.pid, 'SIGKILL');
    }
  };
}
for (const name of ['link', 'unlink', 'rm', 'mkdir', 'copyFile', 'utimes']) fsp[name] = counted(fsp[name].bind(fsp));
const open = fsp.open.bind(fsp);
fsp.open = counted(async (...parameters) => {
  const file = await open(...parameters);
  for (const name of ['sync', 'close']) file[name] = counted(file[name].bind(file));
  return file;
});
syncBuiltinESMExports();

const { FoundFiles } = await import(bundle);
const found = new FoundFiles();
const bytes = Buffer.from(path);
const entry = found.add('infected', path, 'Test', {
  path: bytes,
  scanned: await fsp.lstat(bytes),
  verdict: { kind: 'infected', signatures: ['Test'] },
});
armed = true;
const [line] = await found.settle([entry.id], () => (how === 'remove' ? { kind: 'remove' } : { kind: how, folder }));
armed = false;
process.stdout.write(JSON.stringify({ calls, line }));
